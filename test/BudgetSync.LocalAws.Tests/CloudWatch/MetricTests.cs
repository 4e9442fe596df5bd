using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.CloudWatch;

public sealed class MetricTests : IDisposable
{
    private const string Account = "111122223333";
    private const string Target = "GraniteServiceVersion20100801.GetMetricStatistics";

    private readonly FakeTimeProvider clock = new(Api.Start);
    private readonly LocalCloud cloud;
    private readonly Api administrator;

    public MetricTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        administrator = new Api(cloud, Account);
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task Values_are_added_up_by_periods()
    {
        foreach (var value in new[] { 1, 4 })
        {
            cloud.CloudWatch.Publish(Account, "us-east-1", "Team", "Tokens", value);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        clock.Advance(TimeSpan.FromMinutes(3));
        cloud.CloudWatch.Publish(Account, "us-east-1", "Team", "Tokens", 7);
        clock.Advance(TimeSpan.FromMinutes(5));
        cloud.CloudWatch.Publish(Account, "us-east-1", "Team", "Tokens", 100);

        var points = await PointsAsync(Request(Api.Start.AddSeconds(30), Api.Start.AddMinutes(10), 300, "Sum", "Average", "Minimum", "Maximum", "SampleCount"));

        Assert.Equal(
            [(1779273000m, 5, 2.5, 1, 4, 2), (1779273300m, 7, 7, 7, 7, 1)],
            points.Select(one => (
                one["Timestamp"]!.GetValue<decimal>(), Number(one, "Sum"), Number(one, "Average"), Number(one, "Minimum"), Number(one, "Maximum"),
                Number(one, "SampleCount"))));
    }

    [Fact]
    public async Task A_metric_is_of_its_account_region_and_dimensions()
    {
        cloud.CloudWatch.Publish(Account, "us-east-1", "Team", "Tokens", 1);
        cloud.CloudWatch.Publish(Account, "us-east-1", "Team", "Tokens", 2, ("Model", "m"), ("Project", "p"));
        cloud.CloudWatch.Publish(Account, "eu-west-1", "Team", "Tokens", 4);
        cloud.CloudWatch.Publish("444455556666", "us-east-1", "Team", "Tokens", 8);
        var request = Request(Api.Start, Api.Start.AddMinutes(1), 60, "Sum");

        Assert.Equal([1], (await PointsAsync(request)).Select(one => Number(one, "Sum")));
        request["Dimensions"] = new JsonArray(Dimension("Project", "p"), Dimension("Model", "m"));
        Assert.Equal([2], (await PointsAsync(request)).Select(one => Number(one, "Sum")));
        request["Dimensions"] = new JsonArray(Dimension("Model", "m"));
        Assert.Empty(await PointsAsync(request));
        request.Remove("Dimensions");
        request["Unit"] = "Bytes";
        Assert.Empty(await PointsAsync(request));
    }

    [Fact]
    public async Task What_cannot_be_answered_is_refused()
    {
        async Task<string> CodeAsync(JsonObject request) => (await Api.RefusedAsync(() => administrator.JsonAsync(Target, request))).Code;

        Assert.Equal("InvalidParameterValueException", await CodeAsync(Request(Api.Start, Api.Start, 60, "Sum")));
        Assert.Equal("InvalidParameterValueException", await CodeAsync(Request(Api.Start, Api.Start.AddHours(1), 90, "Sum")));
        Assert.Equal("InvalidParameterCombinationException", await CodeAsync(Request(Api.Start, Api.Start.AddHours(1), 60)));
        Assert.Equal("InvalidParameterCombinationException", await CodeAsync(Request(Api.Start, Api.Start.AddMinutes(1441), 60, "Sum")));
        Assert.Empty(await PointsAsync(Request(Api.Start, Api.Start.AddMinutes(1440), 60, "Sum")));
    }

    [Fact]
    public async Task IAM_is_asked_for_the_call_on_everything()
    {
        var role = cloud.Iam.PutRole(Account, Policies.Role("Worker", Policies.Allow("bedrock:*")));
        cloud.Callers.Add("ASIAWORKER", "token", new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/Worker/s"), Api.Start.AddHours(1));
        using var worker = new Api(cloud.CreateHandler(), "ASIAWORKER", "token");
        var request = Request(Api.Start, Api.Start.AddMinutes(1), 60, "Sum");

        Assert.Equal("AccessDeniedException", (await Api.RefusedAsync(() => worker.JsonAsync(Target, request))).Code);
        cloud.Iam.PutRole(Account, Policies.Role("Worker", Policies.Allow("cloudwatch:GetMetricStatistics")));
        await worker.JsonAsync(Target, request);
    }

    [Fact]
    public async Task A_call_through_mantle_leaves_metrics_at_four_levels_and_no_record()
    {
        var user = cloud.Iam.PutUser(Account, "alice", Policies.Document(Policies.Allow("bedrock-mantle:CreateInference")));
        var bob = cloud.Iam.PutUser(Account, "bob", Policies.Document(Policies.Allow("bedrock:*")));
        var request = Request(Api.Start, Api.Start.AddMinutes(1), 60, "Sum");
        request["Namespace"] = "AWS/BedrockMantle";

        cloud.Bedrock.InvokeMantle(new Caller(Account, user.Arn, user.Arn), "xai.grok-4", 1200, 300);

        Assert.Throws<AwsException>(() => cloud.Bedrock.InvokeMantle(new Caller(Account, bob.Arn, bob.Arn), "xai.grok-4", 1, 1));
        foreach (var (metric, sum) in new[] { ("TotalInputTokens", 1200), ("TotalOutputTokens", 300), ("Inferences", 1) })
        {
            request["MetricName"] = metric;
            JsonObject[][] levels =
                [[], [Dimension("Project", "default")], [Dimension("Model", "xai.grok-4")],
                [Dimension("Project", "default"), Dimension("Model", "xai.grok-4")]];
            foreach (var level in levels)
            {
                request["Dimensions"] = new JsonArray([.. level]);
                Assert.Equal([sum], (await PointsAsync(request)).Select(one => Number(one, "Sum")));
            }
        }
    }

    private async Task<List<JsonObject>> PointsAsync(JsonObject request) =>
        [.. (await administrator.JsonAsync(Target, request))["Datapoints"]!.AsArray().Select(one => one!.AsObject())];

    private static double Number(JsonObject point, string name) => point[name]!.GetValue<double>();

    private static JsonObject Dimension(string name, string value) => new() { ["Name"] = name, ["Value"] = value };

    private static JsonObject Request(DateTimeOffset start, DateTimeOffset end, int period, params string[] statistics)
    {
        var request = new JsonObject
        {
            ["Namespace"] = "Team",
            ["MetricName"] = "Tokens",
            ["StartTime"] = start.ToUnixTimeSeconds(),
            ["EndTime"] = end.ToUnixTimeSeconds(),
            ["Period"] = period,
        };
        if (statistics.Length > 0) request["Statistics"] = new JsonArray([.. statistics]);
        return request;
    }
}
