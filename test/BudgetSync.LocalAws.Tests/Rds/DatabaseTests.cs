using System.Collections.Immutable;
using System.Xml.Linq;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Rds;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Rds;

public sealed class DatabaseTests : IDisposable
{
    private const string Account = "111122223333";

    private readonly FakeTimeProvider clock = new(Api.Start);
    private readonly LocalCloud cloud;
    private readonly Api administrator;

    public DatabaseTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        administrator = new Api(cloud, Account);
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task A_database_is_stopped_and_started_through_the_states_between()
    {
        var database = cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "orders"));
        Assert.Equal("available", database.Status);
        Assert.Equal("InvalidDBInstanceState", (await Api.RefusedAsync(() => CallAsync("StartDBInstance"))).Code);

        Assert.Equal("stopping", (await CallAsync("StopDBInstance")).Descendants("DBInstanceStatus").Single().Value);
        Assert.Equal("InvalidDBInstanceState", (await Api.RefusedAsync(() => CallAsync("StartDBInstance"))).Code);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("stopped", database.Status);
        Assert.Equal("InvalidDBInstanceState", (await Api.RefusedAsync(() => CallAsync("StopDBInstance"))).Code);

        Assert.Equal("starting", (await CallAsync("StartDBInstance")).Descendants("DBInstanceStatus").Single().Value);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("available", database.Status);
    }

    [Fact]
    public async Task What_was_stopped_is_started_by_AWS_after_seven_days()
    {
        var database = cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "orders"));
        await CallAsync("StopDBInstance");
        Assert.Equal("2026-05-27T10:30:00Z", (await DescribeAsync()).Descendants("AutomaticRestartTime").Single().Value);

        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal("stopped", database.Status);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("starting", database.Status);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("available", database.Status);
        Assert.Empty((await DescribeAsync()).Descendants("AutomaticRestartTime"));
    }

    [Fact]
    public async Task What_cannot_be_stopped_is_refused()
    {
        cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "source"));
        cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "replica") { ReplicaOf = "source" });
        cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "sql") { Engine = "sqlserver-se", IsMultiAz = true });
        cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "member") { Cluster = "aurora" });

        foreach (var name in new[] { "source", "replica", "sql" })
            Assert.Equal("InvalidDBInstanceState", (await Api.RefusedAsync(() => CallAsync("StopDBInstance", name))).Code);
        Assert.Equal("InvalidParameterCombination", (await Api.RefusedAsync(() => CallAsync("StopDBInstance", "member"))).Code);
        Assert.Equal("replica", (await DescribeAsync()).Descendants("ReadReplicaDBInstanceIdentifier").Single().Value);
    }

    [Fact]
    public async Task Databases_of_the_account_and_region_come_in_pages()
    {
        for (var number = 10; number < 32; number++) cloud.Rds.PutDatabase(new DatabaseDefinition(Account, $"db-{number}"));
        cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "there") { Region = "eu-west-1" });
        cloud.Rds.PutDatabase(new DatabaseDefinition("222222222222", "other"));

        var first = await DescribeAsync(("MaxRecords", "20"));
        var second = await DescribeAsync(("MaxRecords", "20"), ("Marker", first.Element("Marker")!.Value));

        Assert.Equal((20, 2), (first.Descendants("DBInstance").Count(), second.Descendants("DBInstance").Count()));
        Assert.Null(second.Element("Marker"));
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => DescribeAsync(("Marker", "db-10")))).Code);
        Assert.Single((await DescribeAsync(("DBInstanceIdentifier", "db-10"))).Descendants("DBInstance"));
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => DescribeAsync(("MaxRecords", "19")))).Code);
        foreach (var name in new[] { "there", "other" })
            Assert.Equal(("DBInstanceNotFound", 404), Told(await Api.RefusedAsync(() => CallAsync("StopDBInstance", name))));
    }

    [Fact]
    public async Task Tags_are_written_and_taken_off()
    {
        var database = cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "orders"));
        await TagAsync(administrator, database, "team", "payments");

        Assert.Equal("payments", (await DescribeAsync()).Descendants("TagList").Single().Elements("Tag").Single().Element("Value")!.Value);
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => TagAsync(administrator, database, "aws:x", "y"))).Code);
        await administrator.QueryAsync("rds", "RemoveTagsFromResource", ("ResourceName", database.Arn), ("TagKeys.member.1", "team"));
        Assert.Empty(database.Tags);
    }

    [Fact]
    public async Task IAM_is_told_the_tags_of_the_database_and_of_the_request()
    {
        var orders = cloud.Rds.PutDatabase(new DatabaseDefinition(Account, "orders"));
        cloud.Rds.PutDatabase(
            new DatabaseDefinition(Account, "kept") { Tags = ImmutableDictionary<string, string>.Empty.Add("keep", "true") });
        const string conditions = """
            "Effect":"Allow","Condition":{"StringNotEquals":{"aws:ResourceTag/keep":"true"},"ForAllValues:StringEquals":{"aws:TagKeys":["mark"]} }
            """;
        var role = cloud.Iam.PutRole(
            Account, Policies.Role("Worker", Policies.Allow("rds:*").Replace("\"Effect\":\"Allow\"", conditions, StringComparison.Ordinal)));
        cloud.Callers.Add("ASIAWORKER", "token", new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/Worker/s"), Api.Start.AddHours(1));
        using var worker = new Api(cloud.CreateHandler(), "ASIAWORKER", "token");

        await worker.QueryAsync("rds", "StopDBInstance", ("DBInstanceIdentifier", "orders"));
        Assert.Equal(
            ("AccessDenied", 403), Told(await Api.RefusedAsync(() => worker.QueryAsync("rds", "StopDBInstance", ("DBInstanceIdentifier", "kept")))));
        await TagAsync(worker, orders, "mark", "x");
        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => TagAsync(worker, orders, "keep", "true"))).Code);
    }

    private static (string Code, int Status) Told(ApiException refused) => (refused.Code, refused.Status);

    private static Task<XElement> TagAsync(Api api, Database database, string key, string value) => api.QueryAsync(
        "rds", "AddTagsToResource", ("ResourceName", database.Arn), ("Tags.Tag.1.Key", key), ("Tags.Tag.1.Value", value));

    private Task<XElement> CallAsync(string operation, string name = "orders") => administrator.QueryAsync("rds", operation, ("DBInstanceIdentifier", name));

    private Task<XElement> DescribeAsync(params (string Name, string Value)[] parameters) =>
        administrator.QueryAsync("rds", "DescribeDBInstances", parameters);
}
