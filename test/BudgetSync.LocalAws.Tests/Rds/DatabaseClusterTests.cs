using System.Collections.Immutable;
using System.Xml.Linq;
using BudgetSync.LocalAws.Rds;

namespace BudgetSync.LocalAws.Tests.Rds;

public sealed class DatabaseClusterTests : IDisposable
{
    private const string Account = "111122223333";

    private readonly FakeTimeProvider clock = new(Api.Start);
    private readonly LocalCloud cloud;
    private readonly Api administrator;

    public DatabaseClusterTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        administrator = new Api(cloud, Account);
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task A_cluster_stops_and_starts_with_all_of_its_instances()
    {
        var cluster = cloud.Rds.PutCluster(new DatabaseClusterDefinition(Account, "aurora"));
        var member = cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "one") { Cluster = "aurora", Engine = "aurora-postgresql" });
        Assert.Equal(("InvalidDBClusterStateFault", 400), Told(await Api.RefusedAsync(() => CallAsync("StartDBCluster"))));

        Assert.Equal("stopping", (await CallAsync("StopDBCluster")).Descendants("Status").Single().Value);
        Assert.Equal("InvalidDBClusterStateFault", (await Api.RefusedAsync(() => CallAsync("StartDBCluster"))).Code);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("stopped", "stopped"), (cluster.Status, member.Status));
        Assert.Equal("InvalidDBClusterStateFault", (await Api.RefusedAsync(() => CallAsync("StopDBCluster"))).Code);

        await CallAsync("StartDBCluster");
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("available", "available"), (cluster.Status, member.Status));
    }

    [Fact]
    public async Task AWS_starts_a_cluster_after_seven_days()
    {
        var cluster = cloud.Rds.PutCluster(new DatabaseClusterDefinition(Account, "aurora"));
        await CallAsync("StopDBCluster");
        Assert.Equal("2026-05-27T10:30:00Z", (await DescribeAsync()).Descendants("AutomaticRestartTime").Single().Value);

        clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal("starting", cluster.Status);
    }

    [Fact]
    public async Task What_is_no_plain_Aurora_cluster_is_not_stopped()
    {
        cloud.Rds.PutCluster(new DatabaseClusterDefinition(Account, "serverless") { EngineMode = "serverless" });
        cloud.Rds.PutCluster(new DatabaseClusterDefinition(Account, "world") { GlobalCluster = "all" });
        cloud.Rds.PutCluster(new DatabaseClusterDefinition(Account, "copied") { HasReplicaElsewhere = true });
        cloud.Rds.PutCluster(new DatabaseClusterDefinition(Account, "three") { Engine = "postgres" });

        foreach (var name in new[] { "serverless", "world", "copied", "three" })
            Assert.Equal("InvalidDBClusterStateFault", (await Api.RefusedAsync(() => CallAsync("StopDBCluster", name))).Code);
    }

    [Fact]
    public async Task Clusters_come_in_pages_with_their_instances_and_tags()
    {
        for (var number = 10; number < 31; number++) cloud.Rds.PutCluster(new DatabaseClusterDefinition(Account, $"c-{number}"));
        cloud.Rds.PutCluster(new DatabaseClusterDefinition(Account, "there") { Region = "eu-west-1" });
        cloud.Rds.PutCluster(new DatabaseClusterDefinition("222222222222", "other"));
        var tagged = cloud.Rds.PutCluster(
            new DatabaseClusterDefinition(Account, "tagged") { Tags = ImmutableDictionary<string, string>.Empty.Add("team", "payments") });
        cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "one") { Cluster = "tagged" });

        var first = await DescribeAsync(("MaxRecords", "20"));
        var second = await DescribeAsync(("MaxRecords", "20"), ("Marker", first.Element("Marker")!.Value));

        Assert.Equal((20, 2), (first.Descendants("DBCluster").Count(), second.Descendants("DBCluster").Count()));
        var last = second.Descendants("DBCluster").Last();
        Assert.Equal("one", last.Descendants("DBInstanceIdentifier").Single().Value);
        Assert.Equal("payments", last.Descendants("Tag").Single().Element("Value")!.Value);
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => DescribeAsync(("MaxRecords", "19")))).Code);
        foreach (var name in new[] { "there", "other" })
            Assert.Equal(("DBClusterNotFoundFault", 404), Told(await Api.RefusedAsync(() => CallAsync("StopDBCluster", name))));
        await administrator.QueryAsync("rds", "RemoveTagsFromResource", ("ResourceName", tagged.Arn), ("TagKeys.member.1", "team"));
        Assert.Empty(tagged.Tags);
    }

    private static (string Code, int Status) Told(ApiException refused) => (refused.Code, refused.Status);

    private Task<XElement> CallAsync(string operation, string name = "aurora") => administrator.QueryAsync("rds", operation, ("DBClusterIdentifier", name));

    private Task<XElement> DescribeAsync(params (string Name, string Value)[] parameters) =>
        administrator.QueryAsync("rds", "DescribeDBClusters", parameters);
}
