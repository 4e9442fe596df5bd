using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>The operations on buses, rules and targets as they come over the wire.</summary>
internal sealed partial class EventBridgeOperations(EventBridgeService service, EventBuses buses)
{
    public void Declare(Action<string, Shape, Func<AwsCall, IEnumerable<IamRequest>>, Func<AwsCall, JsonObject>> operation)
    {
        operation("CreateEventBus", EventBridgeShapes.OneBus, NeedsBus("Name"), call => new JsonObject
        {
            ["EventBusArn"] = service.CreateBus(call.AccountId, call.Input.RequiredText("Name"), call.Region),
        });
        operation("DescribeEventBus", EventBridgeShapes.DescribeEventBus, NeedsBus("Name"), DescribeEventBus);
        operation("DeleteEventBus", EventBridgeShapes.OneBus, NeedsBus("Name"), call => Done(() => buses.Delete(BusArn(call, "Name"))));
        operation("PutPermission", EventBridgeShapes.PutPermission, NeedsBus("EventBusName"), PutPermission);
        operation("RemovePermission", EventBridgeShapes.RemovePermission, NeedsBus("EventBusName"), RemovePermission);
        operation("PutRule", EventBridgeShapes.PutRule, NeedsRule("Name"), PutRule);
        operation("DescribeRule", EventBridgeShapes.OneRule, NeedsRule("Name"), call => RuleShape.Of(Rule(call, "Name")));
        operation("ListRules", EventBridgeShapes.ListRules, NeedsBus("EventBusName"), ListRules);
        operation("DeleteRule", EventBridgeShapes.DeleteRule, NeedsRule("Name"), DeleteRule);
        operation("PutTargets", EventBridgeShapes.PutTargets, NeedsRule("Rule"), PutTargets);
        operation("RemoveTargets", EventBridgeShapes.RemoveTargets, NeedsRule("Rule"), RemoveTargets);
        operation("ListTargetsByRule", EventBridgeShapes.ListTargetsByRule, NeedsRule("Rule"), ListTargetsByRule);
    }

    private JsonObject DescribeEventBus(AwsCall call)
    {
        var bus = buses.Existing(BusArn(call, "Name"));
        var answer = new JsonObject { ["Name"] = bus.Name, ["Arn"] = bus.Arn };
        if (bus.PolicyText is { } policy) answer["Policy"] = policy;
        return answer;
    }

    private JsonObject PutPermission(AwsCall call)
    {
        var bus = buses.Existing(BusArn(call, "EventBusName"));
        if (call.Input.Text("Policy") is { } policy)
        {
            if (call.Input.Has("StatementId") || call.Input.Has("Action") || call.Input.Has("Principal") || call.Input.Has("Condition"))
                throw Invalid("Policy cannot be given together with StatementId, Action, Principal or Condition.");
            bus.Replace(Iam.PolicyDocument.Parse(policy));
            return [];
        }

        var (statementId, action, principal) = (Needed(call, "StatementId"), Needed(call, "Action"), Needed(call, "Principal"));
        var statement = new JsonObject
        {
            ["Sid"] = statementId,
            ["Effect"] = "Allow",
            ["Principal"] = principal == "*" ? "*" : new JsonObject { ["AWS"] = $"arn:aws:iam::{principal}:root" },
            ["Action"] = action,
            ["Resource"] = bus.Arn,
        };
        if (call.Input.Structure("Condition") is { } condition)
            statement["Condition"] = new JsonObject
            {
                [condition.RequiredText("Type")] = new JsonObject { [condition.RequiredText("Key")] = condition.RequiredText("Value") }
            };
        bus.Permit(statementId, statement);
        return [];
    }

    private JsonObject RemovePermission(AwsCall call)
    {
        var bus = buses.Existing(BusArn(call, "EventBusName"));
        if (call.Input.Flag("RemoveAllPermissions") == true)
        {
            bus.Replace(null);
            return [];
        }

        return bus.Forbid(Needed(call, "StatementId"))
            ? []
            : throw new AwsException("ResourceNotFoundException", "Statement with the provided id does not exist.");
    }

    /// <summary>The bus that a rule is on. AWS lets a bus's policy allow rules of other accounts; that is not here.</summary>
    private EventBus OwnBus(AwsCall call)
    {
        var bus = buses.Existing(BusArn(call, "EventBusName"));
        return bus.AccountId == call.AccountId && bus.Region == call.Region
            ? bus
            : throw Invalid($"LocalAws does not know rules on buses of another account or region: {bus.Arn}; BEHAVIOUR.md lists what it knows.");
    }

    private static Paginator Page(AwsCall call) =>
        new(
            $"{call.Operation} {call.AccountId} {call.Region} {call.Input.Text("EventBusName")} {call.Input.Text("Rule")}",
            AwsLimits.EventBridge.Page,
            "ValidationException")
        {
            SizeMember = "Limit",
        };

    private static string Needed(AwsCall call, string member) => call.Input.Text(member) ?? throw Invalid($"Parameter {member} must be specified.");

    private static string BusArn(AwsCall call, string member) => EventBuses.Arn(call.AccountId, call.Region, call.Input.Text(member));

    private static Func<AwsCall, IEnumerable<IamRequest>> NeedsBus(string member) => call => [new IamRequest($"events:{call.Operation}", BusArn(call, member))];

    private static AwsException Invalid(string message) => new("ValidationException", message);

    private static JsonObject Done(Action act)
    {
        act();
        return [];
    }
}
