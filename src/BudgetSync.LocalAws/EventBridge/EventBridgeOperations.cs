using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>The operations on buses, rules and targets as they come over the wire.</summary>
internal sealed class EventBridgeOperations(EventBridgeService service, LocalCloud cloud)
{
    public void Declare(Action<string, Shape, Func<AwsCall, IEnumerable<IamRequest>>, Func<AwsCall, JsonObject>> operation)
    {
        operation("CreateEventBus", EventBridgeShapes.OneBus, NeedsBus("Name"), call => new JsonObject { ["EventBusArn"] = service.PutBus(call.AccountId, call.Input.RequiredText("Name")) });
        operation("DescribeEventBus", EventBridgeShapes.DescribeEventBus, NeedsBus("Name"), DescribeEventBus);
        operation("DeleteEventBus", EventBridgeShapes.OneBus, NeedsBus("Name"), call => Done(() => service.DeleteBus(call.AccountId, call.Input.RequiredText("Name"))));
        operation("PutPermission", EventBridgeShapes.PutPermission, NeedsBus("EventBusName"), PutPermission);
        operation("RemovePermission", EventBridgeShapes.RemovePermission, NeedsBus("EventBusName"), RemovePermission);
        operation("PutRule", EventBridgeShapes.PutRule, NeedsRule("Name"), PutRule);
        operation("DescribeRule", EventBridgeShapes.OneRule, NeedsRule("Name"), call => RuleShape.Of(Rule(call, "Name"), cloud.Options.Region));
        operation("ListRules", EventBridgeShapes.ListRules, NeedsBus("EventBusName"), ListRules);
        operation("DeleteRule", EventBridgeShapes.OneRule, NeedsRule("Name"), DeleteRule);
        operation("PutTargets", EventBridgeShapes.PutTargets, NeedsRule("Rule"), PutTargets);
        operation("RemoveTargets", EventBridgeShapes.RemoveTargets, NeedsRule("Rule"), RemoveTargets);
        operation("ListTargetsByRule", EventBridgeShapes.ListTargetsByRule, NeedsRule("Rule"), call => new JsonObject { ["Targets"] = new JsonArray([.. Rule(call, "Rule").Targets.Select(RuleShape.Of)]) });
    }

    private JsonObject DescribeEventBus(AwsCall call)
    {
        var bus = service.Existing(service.BusArn(call.AccountId, call.Input.Text("Name")));
        var answer = new JsonObject { ["Name"] = bus.Name, ["Arn"] = bus.Arn };
        if (bus.PolicyText is { } policy) answer["Policy"] = policy;
        return answer;
    }

    private JsonObject PutPermission(AwsCall call)
    {
        var bus = service.Existing(service.BusArn(call.AccountId, call.Input.Text("EventBusName")));
        if (call.Input.Text("Policy") is { } policy)
        {
            bus.Replace(Iam.PolicyDocument.Parse(policy));
            return [];
        }

        var principal = call.Input.RequiredText("Principal");
        var statement = new JsonObject
        {
            ["Sid"] = call.Input.RequiredText("StatementId"),
            ["Effect"] = "Allow",
            ["Principal"] = principal == "*" ? "*" : new JsonObject { ["AWS"] = $"arn:aws:iam::{principal}:root" },
            ["Action"] = call.Input.RequiredText("Action"),
            ["Resource"] = bus.Arn,
        };
        if (call.Input["Condition"] is JsonObject condition)
            statement["Condition"] = new JsonObject { [condition.RequiredText("Type")] = new JsonObject { [condition.RequiredText("Key")] = condition.RequiredText("Value") } };
        bus.Permit(call.Input.RequiredText("StatementId"), statement);
        return [];
    }

    private JsonObject RemovePermission(AwsCall call)
    {
        var bus = service.Existing(service.BusArn(call.AccountId, call.Input.Text("EventBusName")));
        if (!bus.Forbid(call.Input.RequiredText("StatementId"))) throw new AwsException("ResourceNotFoundException", $"Statement {call.Input.Text("StatementId")} does not exist in the policy of bus {bus.Name}.");
        return [];
    }

    private JsonObject PutRule(AwsCall call)
    {
        var rule = Find(call, "Name") ?? new Rule(call.AccountId, BusName(call), call.Input.RequiredText("Name"));
        var arn = service.PutRule(rule with
        {
            Pattern = call.Input.Text("EventPattern") is { } pattern ? EventPattern.Parse(pattern) : null,
            Schedule = call.Input.Text("ScheduleExpression"),
            Enabled = call.Input.Text("State") != "DISABLED",
            Description = call.Input.Text("Description"),
        });
        return new JsonObject { ["RuleArn"] = arn };
    }

    private JsonObject ListRules(AwsCall call)
    {
        var prefix = call.Input.Text("NamePrefix") ?? "";
        var rules = service.Rules(call.AccountId, BusName(call)).Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal));
        return new JsonObject { ["Rules"] = new JsonArray([.. rules.Select(rule => RuleShape.Of(rule, cloud.Options.Region))]) };
    }

    private JsonObject DeleteRule(AwsCall call)
    {
        if (Find(call, "Name") is { Targets.Length: > 0 }) throw new AwsException("ValidationException", "Rule can't be deleted since it has targets.");
        service.DeleteRule(call.AccountId, BusName(call), call.Input.RequiredText("Name"));
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
        var gone = call.Input.Texts("Ids").ToHashSet(StringComparer.Ordinal);
        service.PutRule(rule with { Targets = [.. rule.Targets.Where(target => !gone.Contains(target.Id))] });
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    private Rule Rule(AwsCall call, string member) =>
        Find(call, member) ?? throw new AwsException("ResourceNotFoundException", $"Rule {call.Input.RequiredText(member)} does not exist on EventBus {BusName(call)}.");

    private Rule? Find(AwsCall call, string member) => service.FindRule(call.AccountId, BusName(call), call.Input.RequiredText(member));

    private string BusName(AwsCall call) => service.Existing(service.BusArn(call.AccountId, call.Input.Text("EventBusName"))).Name;

    private Func<AwsCall, IEnumerable<IamRequest>> NeedsBus(string member) =>
        call => [new IamRequest($"events:{call.Operation}", service.BusArn(call.AccountId, call.Input.Text(member)))];

    private Func<AwsCall, IEnumerable<IamRequest>> NeedsRule(string member) => call =>
        [new IamRequest($"events:{call.Operation}", new Rule(call.AccountId, BusName(call), call.Input.RequiredText(member)).ArnIn(cloud.Options.Region))];

    private static JsonObject Done(Action act)
    {
        act();
        return [];
    }
}
