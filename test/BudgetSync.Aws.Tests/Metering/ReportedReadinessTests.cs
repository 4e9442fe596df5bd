using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Metering;
using BudgetSync.Core.Ai;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>Where many things change at once, IAM's calls are left to what is decided.</summary>
public sealed class ReportedReadinessTests : IAsyncDisposable
{
    private const string Account = MeteredWorld.Account;

    private readonly ImmediateClock clock = new(new DateTimeOffset(2026, 11, 29, 23, 50, 0, TimeSpan.Zero));
    private readonly LocalCloud cloud;
    private readonly AwsClients clients;
    private readonly ReportedReadiness readiness;

    public ReportedReadinessTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        clients = new AwsClients(
            new Dictionary<string, string>
            {
                ["AWS_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = Account,
                ["AWS_SECRET_ACCESS_KEY"] = "x",
                ["AWS_ENDPOINT_URL"] = "http://aws.localhost",
            },
            cloud.CreateHandler());
        var caller = new AwsCaller(clock, new Random(1), JsonLog.Silent);
        readiness = new ReportedReadiness(
            new PolicyRoom(clients.Identities, caller, JsonLog.Silent), new MantleUse(clients.Metrics, caller, JsonLog.Silent), caller);
        cloud.Iam.PutUser(Account, "alice", PolicyDocument.Parse(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock-mantle:*","Resource":"*"}}"""));
    }

    public ValueTask DisposeAsync()
    {
        clients.Dispose();
        return cloud.DisposeAsync();
    }

    [Fact]
    public async Task What_was_asked_is_told_again_for_a_quarter_of_an_hour_and_no_use_of_yesterday_as_todays()
    {
        var arn = $"arn:aws:iam::{Account}:user/alice";
        cloud.Bedrock.InvokeMantle(new Caller(Account, arn, arn), "xai.grok-4", 100, 20);
        Assert.Equal((120, 1), await AskAsync());
        Assert.Equal((2, 1), Calls());

        cloud.Bedrock.InvokeMantle(new Caller(Account, arn, arn), "xai.grok-4", 100, 20);
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal((120, 1), await AskAsync());
        Assert.Equal((2, 1), Calls());

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((0, 1), await AskAsync());
        Assert.Equal((4, 1), Calls());

        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal((0, 1), await AskAsync());
        Assert.Equal((6, 2), Calls());
    }

    private (int Metrics, int Rooms) Calls() =>
        (cloud.Calls.Count("monitoring", "GetMetricStatistics"), cloud.Calls.Count("iam", "ListAttachedUserPolicies"));

    private async Task<(long? Tokens, int? Asked)> AskAsync()
    {
        var report = new AiReport(clock.GetUtcNow()) { Regions = [new AiRegion("us-east-1", AiLog.Own, "")] };
        var told = await readiness.AddedAsync(report, [AiPrincipal.OfUser("alice")], CancellationToken.None);
        return (Assert.Single(told.Regions).MantleTokens, told.PolicyQuota?.Asked);
    }
}
