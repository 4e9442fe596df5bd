using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Ecs;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Ecs;

public sealed class ContainerServiceTests : IDisposable
{
    private const string Account = "111122223333";
    private const string Target = "AmazonEC2ContainerServiceV20141113";

    private readonly LocalCloud cloud = new(new LocalCloudOptions { Time = new FakeTimeProvider(Api.Start) });
    private readonly Api administrator;

    public ContainerServiceTests() => administrator = new Api(cloud, Account);

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task A_service_gets_the_size_that_it_is_given_and_one_of_daemons_has_none()
    {
        var web = Put("web");
        Put("agent", daemon: true);

        Assert.Equal("0", (await UpdateAsync(administrator, "web", 0))["service"]!["desiredCount"]!.ToString());
        Assert.Equal(0, web.Desired);
        var refused = await Api.RefusedAsync(() => UpdateAsync(administrator, "agent", 0));
        Assert.Equal("InvalidParameterException", refused.Code);
        Assert.StartsWith("The daemon scheduling strategy does not support a desired count", refused.Text, StringComparison.Ordinal);
        Assert.Equal("InvalidParameterException", (await Api.RefusedAsync(() => UpdateAsync(administrator, "web", -1))).Code);
        Assert.Equal("ServiceNotFoundException", (await Api.RefusedAsync(() => UpdateAsync(administrator, "nobody", 1))).Code);
        Assert.Equal("ClusterNotFoundException", (await Api.RefusedAsync(() => UpdateAsync(administrator, "web", 1, "other"))).Code);
    }

    [Fact]
    public async Task Clusters_and_services_of_the_account_and_region_come_in_pages_and_ten_are_described_at_once()
    {
        for (var number = 10; number < 22; number++) Put($"s-{number}");
        cloud.Ecs.PutService(new ContainerServiceDefinition(Account, "there", "web") { Region = "eu-west-1" });
        cloud.Ecs.PutService(new ContainerServiceDefinition("222222222222", "other", "web"));

        Assert.EndsWith(":cluster/main", (await CallAsync("ListClusters", "{}"))["clusterArns"]!.AsArray().Single()!.ToString(), StringComparison.Ordinal);
        var first = await CallAsync("ListServices", """{"cluster":"main"}""");
        Put("s-00");
        // What comes between two pages doubles nothing on the second.
        var second = await CallAsync("ListServices", $$"""{"cluster":"main","nextToken":"{{first["nextToken"]}}"}""");
        Assert.Equal((10, 2), (first["serviceArns"]!.AsArray().Count, second["serviceArns"]!.AsArray().Count));

        var described = await DescribeAsync(first["serviceArns"]!);
        Assert.Equal(("s-10", "1"), (described["services"]![0]!["serviceName"]!.ToString(), described["services"]![0]!["desiredCount"]!.ToString()));
        var eleven = first["serviceArns"]!.DeepClone().AsArray();
        eleven.Add("web");
        Assert.Equal("InvalidParameterException", (await Api.RefusedAsync(() => DescribeAsync(eleven))).Code);
        Assert.Equal("MISSING", (await DescribeAsync(new JsonArray("web")))["failures"]![0]!["reason"]!.ToString());
        Assert.Equal("InvalidParameterException", (await Api.RefusedAsync(() => CallAsync("ListClusters", """{"maxResults":101}"""))).Code);
    }

    [Fact]
    public async Task Tags_are_told_where_they_are_asked_for_and_an_old_ARN_takes_none()
    {
        var web = Put("web");
        var old = cloud.Ecs.PutService(new ContainerServiceDefinition(Account, "main", "old") { HasOldArn = true });
        await TagAsync(administrator, web, "team");

        Assert.Equal("team", (await DescribeAsync(new JsonArray("web"), tags: true))["services"]![0]!["tags"]![0]!["key"]!.ToString());
        Assert.Null((await DescribeAsync(new JsonArray("web")))["services"]![0]!["tags"]);
        Assert.Equal("Long arn format must be used for tagging operations", (await Api.RefusedAsync(() => TagAsync(administrator, old, "team"))).Text);
        Assert.Equal("InvalidParameterException", (await Api.RefusedAsync(() => TagAsync(administrator, web, "aws:x"))).Code);
        await CallAsync("UntagResource", $$"""{"resourceArn":"{{web.Arn}}","tagKeys":["team"]}""");
        Assert.Empty(web.Tags);
    }

    [Fact]
    public async Task IAM_is_told_the_tags_of_the_service_and_of_the_request()
    {
        var web = Put("web");
        cloud.Ecs.PutService(new ContainerServiceDefinition(Account, "main", "kept") { Tags = ImmutableDictionary<string, string>.Empty.Add("keep", "true") });
        const string conditions = """
            "Effect":"Allow","Condition":{"StringNotEquals":{"aws:ResourceTag/keep":"true"},"ForAllValues:StringEquals":{"aws:TagKeys":["mark"]} }
            """;
        var role = cloud.Iam.PutRole(
            Account, Policies.Role("Worker", Policies.Allow("ecs:*").Replace("\"Effect\":\"Allow\"", conditions, StringComparison.Ordinal)));
        cloud.Callers.Add("ASIAWORKER", "token", new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/Worker/s"), Api.Start.AddHours(1));
        using var worker = new Api(cloud.CreateHandler(), "ASIAWORKER", "token");

        await UpdateAsync(worker, "web", 0);
        Assert.Equal("AccessDeniedException", (await Api.RefusedAsync(() => UpdateAsync(worker, "kept", 0))).Code);
        await TagAsync(worker, web, "mark");
        Assert.Equal("AccessDeniedException", (await Api.RefusedAsync(() => TagAsync(worker, web, "keep"))).Code);
    }

    private static Task<JsonObject> TagAsync(Api api, ContainerService service, string key) => api.JsonAsync($"{Target}.TagResource", new JsonObject
    {
        ["resourceArn"] = service.Arn,
        ["tags"] = new JsonArray(new JsonObject { ["key"] = key, ["value"] = "x" }),
    });

    private static Task<JsonObject> UpdateAsync(Api api, string service, int desired, string cluster = "main") => api.JsonAsync(
        $"{Target}.UpdateService", new JsonObject { ["cluster"] = cluster, ["service"] = service, ["desiredCount"] = desired });

    private ContainerService Put(string name, bool daemon = false) =>
        cloud.Ecs.PutService(new ContainerServiceDefinition(Account, "main", name) { IsDaemon = daemon });

    private Task<JsonObject> DescribeAsync(JsonNode services, bool tags = false) => administrator.JsonAsync($"{Target}.DescribeServices", new JsonObject
    {
        ["cluster"] = "main",
        ["services"] = services.DeepClone(),
        ["include"] = tags ? new JsonArray("TAGS") : new JsonArray(),
    });

    private Task<JsonObject> CallAsync(string operation, string input) => administrator.JsonAsync($"{Target}.{operation}", JsonNode.Parse(input)!.AsObject());
}
