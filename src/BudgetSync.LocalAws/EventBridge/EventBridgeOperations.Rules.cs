using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <content>Rules and their targets.</content>
internal sealed partial class EventBridgeOperations
{
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
}
