using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>The operations on buses, rules and targets as they come over the wire.</summary>
internal sealed class EventBridgeOperations(EventBridgeService service, EventBuses buses)
{
    private const int DefaultPage = 100;

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

    private JsonObject PutRule(AwsCall call)
    {
        var bus = OwnBus(call);
        var rule = bus.Rules.GetValueOrDefault(call.Input.RequiredText("Name"))
            ?? new Rule(bus.AccountId, bus.Name, call.Input.RequiredText("Name")) { Region = bus.Region };
        // What an update leaves out is gone, except the targets.
        var arn = service.PutRule(rule with
        {
            Pattern = call.Input.Text("EventPattern") is { Length: > 0 } pattern ? EventPattern.Parse(pattern) : null,
            Schedule = call.Input.Text("ScheduleExpression") is { Length: > 0 } schedule ? schedule : null,
            Enabled = call.Input.Text("State") != "DISABLED",
            Description = call.Input.Text("Description"),
        });
        return new JsonObject { ["RuleArn"] = arn };
    }

    private JsonObject ListRules(AwsCall call)
    {
        var prefix = call.Input.Text("NamePrefix") ?? "";
        var rules = OwnBus(call).Rules.Values.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(rule => rule.Name, StringComparer.Ordinal);
        return Page(call).Answer(call.Input, "Rules", rules, rule => rule.Name, RuleShape.Of);
    }

    private JsonObject ListTargetsByRule(AwsCall call) =>
        Page(call).Answer(
            call.Input,
            "Targets",
            Rule(call, "Rule").Targets.OrderBy(target => target.Id, StringComparer.Ordinal),
            target => target.Id,
            RuleShape.Of);

    private JsonObject DeleteRule(AwsCall call)
    {
        var bus = OwnBus(call);
        var name = call.Input.RequiredText("Name");
        if (bus.Rules.GetValueOrDefault(name) is { Targets.Length: > 0 }) throw Invalid("Rule can't be deleted since it has targets.");
        service.DeleteRule(bus.AccountId, bus.Name, name, bus.Region);
        return [];
    }

    private JsonObject PutTargets(AwsCall call)
    {
        var rule = Rule(call, "Rule");
        var added = call.Input.Structures("Targets").Select(RuleShape.ReadTarget).ToList();
        var kept = rule.Targets.Where(target => added.TrueForAll(other => other.Id != target.Id));
        service.PutRule(rule with { Targets = [.. kept, .. added] });
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    private JsonObject RemoveTargets(AwsCall call)
    {
        var rule = Rule(call, "Rule");
        var failed = new JsonArray();
        foreach (var id in call.Input.Texts("Ids").Where(id => rule.Targets.All(target => target.Id != id)))
        {
            failed.Add(new JsonObject
            {
                ["TargetId"] = id,
                ["ErrorCode"] = "ResourceNotFoundException",
                ["ErrorMessage"] = $"Rule {rule.Name} does not have a target with the Id {id}.",
            });
        }

        var gone = call.Input.Texts("Ids").ToHashSet(StringComparer.Ordinal);
        service.PutRule(rule with { Targets = [.. rule.Targets.Where(target => !gone.Contains(target.Id))] });
        return new JsonObject { ["FailedEntryCount"] = failed.Count, ["FailedEntries"] = failed };
    }

    private Rule Rule(AwsCall call, string member) =>
        OwnBus(call) is var bus && bus.Rules.GetValueOrDefault(call.Input.RequiredText(member)) is { } rule
            ? rule
            : throw new AwsException("ResourceNotFoundException", $"Rule {call.Input.RequiredText(member)} does not exist on EventBus {bus.Name}.");

    /// <summary>The bus that a rule is on. AWS lets a bus's policy allow rules of other accounts; that is not here.</summary>
    private EventBus OwnBus(AwsCall call)
    {
        var bus = buses.Existing(BusArn(call, "EventBusName"));
        return bus.AccountId == call.AccountId && bus.Region == call.Region
            ? bus
            : throw Invalid($"LocalAws does not know rules on buses of another account or region: {bus.Arn}; BEHAVIOUR.md lists what it knows.");
    }

    private static Paginator Page(AwsCall call) =>
        new($"{call.Operation} {call.AccountId} {call.Region} {call.Input.Text("EventBusName")} {call.Input.Text("Rule")}", DefaultPage, "ValidationException")
        {
            SizeMember = "Limit",
        };

    private static string Needed(AwsCall call, string member) => call.Input.Text(member) ?? throw Invalid($"Parameter {member} must be specified.");

    private static string BusArn(AwsCall call, string member) => EventBuses.Arn(call.AccountId, call.Region, call.Input.Text(member));

    private static Func<AwsCall, IEnumerable<IamRequest>> NeedsBus(string member) => call => [new IamRequest($"events:{call.Operation}", BusArn(call, member))];

    private static Func<AwsCall, IEnumerable<IamRequest>> NeedsRule(string member) => call =>
    {
        var bus = BusArn(call, "EventBusName");
        var rule = new Rule(
            Arn.AccountOf(bus),
            bus[(bus.LastIndexOf('/') + 1)..],
            call.Input.RequiredText(member))
        { Region = Arn.TryParse(bus, out var arn) ? arn.Region : call.Region };
        return [new IamRequest($"events:{call.Operation}", rule.Arn)];
    };

    private static AwsException Invalid(string message) => new("ValidationException", message);

    private static JsonObject Done(Action act)
    {
        act();
        return [];
    }
}
