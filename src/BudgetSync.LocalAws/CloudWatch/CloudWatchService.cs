using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CloudWatch;

/// <summary>CloudWatch's metrics just enough to be read: what a service of this cloud, a test or a local run published.</summary>
public sealed class CloudWatchService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly Lock adding = new();
    private readonly Dictionary<Metric, List<(DateTimeOffset At, double Value)>> published = [];

    internal CloudWatchService(LocalCloud cloud)
        : base("monitoring", WireProtocol.Json10, "GraniteServiceVersion20100801")
    {
        this.cloud = cloud;
        Operation(
            "GetMetricStatistics",
            CloudWatchShapes.GetMetricStatistics,
            _ => [new IamRequest("cloudwatch:GetMetricStatistics", "*")],
            GetStatistics);
    }

    /// <summary>One value of a metric, now. What has other dimensions is another metric.</summary>
    public void Publish(string accountId, string region, string space, string metric, double value, params (string Name, string Value)[] dimensions)
    {
        var key = new Metric(accountId, region, space, metric, Key(dimensions));
        lock (adding)
        {
            if (!published.TryGetValue(key, out var values)) published[key] = values = [];
            values.Add((cloud.Time.GetUtcNow(), value));
        }
    }

    private JsonObject GetStatistics(AwsCall call)
    {
        var input = call.Input;
        var statistics = input.Texts("Statistics").ToList();
        if (statistics.Count == 0) throw Invalid("InvalidParameterCombinationException", "Must specify either Statistics or ExtendedStatistics.");
        var (start, end) = (Minute(input.Moment("StartTime")!.Value), input.Moment("EndTime")!.Value); // The shape requires both.
        if (start >= end)
            throw Invalid("InvalidParameterValueException", "The parameter StartTime must be less than the parameter EndTime.");
        var period = TimeSpan.FromSeconds(input.Whole("Period")!.Value); // Required too.
        if (period.Ticks % TimeSpan.TicksPerMinute != 0)
            throw Invalid("InvalidParameterValueException", "The parameter Period must be a multiple of 60.");
        var points = (long)Math.Ceiling((end - start) / period);
        if (points > AwsLimits.CloudWatch.Datapoints)
        {
            throw Invalid(
                "InvalidParameterCombinationException",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"You have requested up to {points:#,0} datapoints, which exceeds the limit of {AwsLimits.CloudWatch.Datapoints:#,0}."));
        }

        var dimensions = input.Structures("Dimensions").Select(one => (one.RequiredText("Name"), one.RequiredText("Value")));
        var metric = new Metric(call.AccountId, call.Region, input.RequiredText("Namespace"), input.RequiredText("MetricName"), Key(dimensions));
        var unit = input.Text("Unit") ?? Unit;
        var found = Of(metric).Where(one => unit == Unit && one.At >= start && one.At < end)
            .GroupBy(one => start + (((one.At - start).Ticks / period.Ticks) * period))
            .Select(group => Point(group.Key, [.. group.Select(one => one.Value)], statistics));
        return new JsonObject { ["Label"] = metric.Name, ["Datapoints"] = new JsonArray([.. found]) };
    }

    /// <summary>Of all that is published here.</summary>
    private const string Unit = "Count";

    private List<(DateTimeOffset At, double Value)> Of(Metric metric)
    {
        lock (adding) return [.. published.GetValueOrDefault(metric) ?? []];
    }

    private static JsonObject Point(DateTimeOffset at, List<double> values, List<string> statistics)
    {
        var point = new JsonObject { ["Timestamp"] = at.ToEpochSeconds(), ["Unit"] = Unit };
        foreach (var statistic in statistics)
        {
            point[statistic] = statistic switch
            {
                "SampleCount" => values.Count,
                "Average" => values.Average(),
                "Sum" => values.Sum(),
                "Minimum" => values.Min(),
                _ => values.Max(),
            };
        }

        return point;
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static string Key(IEnumerable<(string Name, string Value)> dimensions) =>
        string.Join('\n', dimensions.Select(one => $"{one.Name}={one.Value}").Order(StringComparer.Ordinal));

    private static AwsException Invalid(string code, string message) => new(code, message);

    private sealed record Metric(string AccountId, string Region, string Space, string Name, string Dimensions);
}
