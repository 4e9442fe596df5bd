using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ec2;

/// <content>DescribeInstances: each instance in a reservation of its own, in the order of their ids.</content>
public sealed partial class Ec2Service
{
    private JsonObject Describe(AwsCall call)
    {
        lock (gate)
        {
            Throttle(call, AwsLimits.Ec2.ReadsPerSecond, AwsLimits.Ec2.ReadsBurst);
            var (ids, size) = (call.Input.Texts("InstanceId").ToList(), call.Input.Whole("MaxResults"));
            if (ids.Count > 0 && size is not null)
                throw new AwsException("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
            if (size is not null and (< AwsLimits.Ec2.SmallestPage or > AwsLimits.Ec2.LargestPage))
                throw Ec2Errors.Invalid($"Value ( {size} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.");
            IEnumerable<Ec2Instance> all = ids.Count > 0 ? Named(call, "InstanceId") : instances.Values;
            var filters = call.Input.Structures("Filter").Select(Filter).ToList();
            var found = all
                .Where(instance => instance.Region == call.Region && instance.Definition.AccountId == call.AccountId)
                .Where(instance => filters.TrueForAll(filter => filter(instance)));
            var (page, token) = new Paginator($"DescribeInstances {call.AccountId} {call.Region}", AwsLimits.Ec2.LargestPage, "InvalidParameterValue")
            {
                InvalidTokenMessage = "Unable to parse pagination token",
            }.Page(call.Input, found.OrderBy(instance => instance.Id, StringComparer.Ordinal), instance => instance.Id);
            var answer = new JsonObject { ["reservationSet"] = new JsonArray([.. page.Select(Reservation)]) };
            if (token is not null) answer["nextToken"] = token;
            return answer;
        }
    }

    /// <summary>Of the filters, the few that are needed here; any value of one is enough, and all filters must hold.</summary>
    private static Func<Ec2Instance, bool> Filter(JsonObject filter)
    {
        var name = filter.Text("Name") ?? "";
        var values = filter.Texts("Value").ToList();
        if (values.Count == 0) throw new AwsException("MissingParameter", "The request must contain the parameter Value");
        return name switch
        {
            "instance-state-name" => instance => Any(Name(instance.State)),
            "tag-key" => instance => instance.Tags.Keys.Any(Any),
            _ when name.StartsWith("tag:", StringComparison.Ordinal) => instance => instance.Tags.TryGetValue(name[4..], out var value) && Any(value),
            _ => throw Ec2Errors.Invalid($"The filter '{name}' is invalid"),
        };

        bool Any(string value) => values.Exists(wanted => Wildcard.Matches(wanted, value));
    }

    private static JsonObject Reservation(Ec2Instance instance)
    {
        var written = new JsonObject
        {
            ["instanceId"] = instance.Id,
            ["instanceState"] = Write(instance.State),
            ["reason"] = instance.TransitionReason,
            ["instanceType"] = "m5.large",
            ["launchTime"] = instance.LaunchedAt.ToUtcSeconds(),
            ["rootDeviceType"] = instance.Definition.IsOnInstanceStore ? "instance-store" : "ebs",
            ["tagSet"] = new JsonArray(
            [
                .. instance.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)
                    .Select(tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value }),
            ]),
        };
        // Of others the member is absent.
        if (instance.Definition.IsSpot) written["instanceLifecycle"] = "spot";
        return new JsonObject
        {
            ["reservationId"] = $"r-{instance.Id[2..]}",
            ["ownerId"] = instance.Definition.AccountId,
            ["instancesSet"] = new JsonArray(written),
        };
    }

    private static JsonObject Write(InstanceState state) => new() { ["code"] = (int)state, ["name"] = Name(state) };

    private static string Name(InstanceState state) => state == InstanceState.ShuttingDown ? "shutting-down" : state.ToString().ToLowerInvariant();
}
