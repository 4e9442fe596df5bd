using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.ComputeOptimizer;

public sealed class IdleTests : IDisposable
{
    private const string Account = "111122223333";
    private const string Target = "ComputeOptimizerService.GetIdleRecommendations";

    private readonly LocalCloud cloud = new(new LocalCloudOptions { Time = new FakeTimeProvider(Api.Start) });
    private readonly Api administrator;

    public IdleTests() => administrator = new Api(cloud, Account);

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task An_account_that_has_not_opted_in_is_refused()
    {
        Assert.Equal("OptInRequiredException", (await Api.RefusedAsync(() => administrator.JsonAsync(Target, []))).Code);
        cloud.ComputeOptimizer.Enroll(Account);
        Assert.Empty((await administrator.JsonAsync(Target, []))["idleRecommendations"]!.AsArray());
    }

    [Fact]
    public async Task Findings_of_the_account_and_region_are_filtered_and_come_in_pages()
    {
        cloud.ComputeOptimizer.Enroll(Account);
        foreach (var id in new[] { "i-1", "i-2", "i-3" }) cloud.ComputeOptimizer.FindIdle(Arn(id), "EC2Instance");
        cloud.ComputeOptimizer.FindIdle(Arn("i-4", "eu-west-1"), "EC2Instance");
        cloud.ComputeOptimizer.FindIdle(Arn("i-5", account: "222222222222"), "EC2Instance");
        cloud.ComputeOptimizer.FindIdle($"arn:aws:rds:us-east-1:{Account}:db:one", "RDSDBInstance");
        var filter = new JsonArray(new JsonObject { ["name"] = "ResourceType", ["values"] = new JsonArray("EC2Instance") });

        var first = await administrator.JsonAsync(Target, new JsonObject { ["maxResults"] = 2, ["filters"] = filter });
        var second = await administrator.JsonAsync(
            Target, new JsonObject { ["maxResults"] = 2, ["filters"] = filter.DeepClone(), ["nextToken"] = first["nextToken"]!.ToString() });
        cloud.ComputeOptimizer.Forget(Arn("i-1"));
        var named = await administrator.JsonAsync(Target, new JsonObject { ["resourceArns"] = new JsonArray(Arn("i-1"), Arn("i-3")) });

        Assert.Equal([Arn("i-1"), Arn("i-2")], Arns(first));
        Assert.Equal([Arn("i-3")], Arns(second));
        Assert.Equal([Arn("i-3")], Arns(named));
        var last = second["idleRecommendations"]![0]!;
        Assert.Equal(("Idle", 1779273000m), (last["finding"]!.ToString(), last["lastRefreshTimestamp"]!.GetValue<decimal>()));
        Assert.False(second.ContainsKey("nextToken"));
        Assert.Equal(
            "InvalidParameterValueException", (await Api.RefusedAsync(() => administrator.JsonAsync(Target, new JsonObject { ["nextToken"] = "?" }))).Code);
    }

    [Fact]
    public async Task IAM_is_asked_for_the_call_on_everything()
    {
        cloud.ComputeOptimizer.Enroll(Account);
        var role = cloud.Iam.PutRole(Account, Policies.Role("Worker", Policies.Allow("ec2:*")));
        cloud.Callers.Add("ASIAWORKER", "token", new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/Worker/s"), Api.Start.AddHours(1));
        using var worker = new Api(cloud.CreateHandler(), "ASIAWORKER", "token");

        Assert.Equal("AccessDeniedException", (await Api.RefusedAsync(() => worker.JsonAsync(Target, []))).Code);
        cloud.Iam.PutRole(Account, Policies.Role("Worker", Policies.Allow("compute-optimizer:GetIdleRecommendations")));
        await worker.JsonAsync(Target, []);
    }

    private static string Arn(string id, string region = "us-east-1", string account = Account) => $"arn:aws:ec2:{region}:{account}:instance/{id}";

    private static List<string> Arns(JsonObject answer) =>
        [.. answer["idleRecommendations"]!.AsArray().Select(one => one!["resourceArn"]!.ToString())];
}
