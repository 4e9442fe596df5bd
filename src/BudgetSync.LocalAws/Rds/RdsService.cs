using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Rds;

/// <summary>
/// Amazon RDS just enough for instances and clusters to be found, tagged, stopped and started. They come by <see cref="PutDatabase"/> and
/// <see cref="PutCluster"/>.
/// </summary>
public sealed partial class RdsService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Database> databases = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DatabaseCluster> clusters = new(StringComparer.Ordinal);

    internal RdsService(LocalCloud cloud)
        : base("rds", WireProtocol.Query)
    {
        this.cloud = cloud;
        Operation(
            "DescribeDBInstances",
            RdsShapes.Describe,
            call => [new IamRequest("rds:DescribeDBInstances", ArnOf(call, call.Input.Text("DBInstanceIdentifier") ?? "*"))],
            Describe);
        Operation("StopDBInstance", RdsShapes.One, call => [On(call, ArnOf(call))], Stop);
        Operation("StartDBInstance", RdsShapes.One, call => [On(call, ArnOf(call))], Start);
        Operation(
            "DescribeDBClusters",
            RdsShapes.DescribeClusters,
            call => [new IamRequest("rds:DescribeDBClusters", ClusterArn(call, call.Input.Text("DBClusterIdentifier") ?? "*"))],
            DescribeClusters);
        Operation("StopDBCluster", RdsShapes.OneCluster, call => [On(call, ClusterArn(call))], StopCluster);
        Operation("StartDBCluster", RdsShapes.OneCluster, call => [On(call, ClusterArn(call))], StartCluster);
        Operation("AddTagsToResource", RdsShapes.AddTags, call => [On(call, Resource(call)).WithRequestTags(TagsOf(call))], AddTags);
        Operation("RemoveTagsFromResource", RdsShapes.RemoveTags, call => [On(call, Resource(call)).WithTagKeys(call.Input.Texts("TagKeys"))], RemoveTags);
    }

    public override string ValidationCode => "ValidationError";

    public override string XmlNamespace => "http://rds.amazonaws.com/doc/2014-10-31/";

    /// <summary>Creates a database instance, which is available at once. One of a cluster comes after its cluster.</summary>
    public Database PutDatabase(DatabaseDefinition definition)
    {
        lock (gate)
        {
            var region = definition.Region ?? cloud.Options.Region;
            var cluster = definition.Cluster is { } name ? clusters.GetValueOrDefault($"arn:aws:rds:{region}:{definition.AccountId}:cluster:{name}") : null;
            var database = new Database(cloud, region, definition, cluster);
            databases.Add(database.Arn, database);
            return database;
        }
    }

    private static string ArnOf(AwsCall call, string identifier) => $"arn:aws:rds:{call.Region}:{call.AccountId}:db:{identifier}";

    private static string ArnOf(AwsCall call) => ArnOf(call, call.Input.RequiredText("DBInstanceIdentifier"));

    private static string Resource(AwsCall call) => call.Input.RequiredText("ResourceName");

    private static ImmutableSortedDictionary<string, string> TagsOf(AwsCall call) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .SetItems(call.Input.Structures("Tags").Select(tag => KeyValuePair.Create(tag.Text("Key") ?? "", tag.Text("Value") ?? "")));

    private IamRequest On(AwsCall call, string arn)
    {
        lock (gate) return new IamRequest($"rds:{call.Operation}", arn).WithResourceTags(ResourceOf(arn)?.Tags);
    }

    private DatabaseResource? ResourceOf(string arn) => (DatabaseResource?)databases.GetValueOrDefault(arn) ?? clusters.GetValueOrDefault(arn);

    private Database Existing(AwsCall call, string arn) =>
        databases.TryGetValue(arn, out var database) && database.AccountId == call.AccountId && database.Region == call.Region
            ? database
            : throw new AwsException("DBInstanceNotFound", $"DBInstance {arn[(arn.LastIndexOf(':') + 1)..]} not found.", 404);

    private JsonObject Stop(AwsCall call)
    {
        lock (gate)
        {
            var database = Existing(call, ArnOf(call));
            var (definition, name) = (database.Definition, database.Definition.Identifier);
            if (definition.Cluster is not null) throw WrongCombination($"{name} belongs to the cluster {definition.Cluster}; stop the cluster instead.");
            var replicas = databases.Values.Any(other => other.Definition.ReplicaOf == name && other.Region == database.Region);
            if (definition.ReplicaOf is not null || replicas) throw WrongState($"{name} is a read replica or has one, and cannot be stopped.");
            if (definition.IsMultiAz && definition.Engine.StartsWith("sqlserver", StringComparison.Ordinal))
                throw WrongState($"{name} is SQL Server in a Multi-AZ deployment, and cannot be stopped.");
            if (database.Status != "available") throw WrongState($"Instance {name} is not in available state.");
            database.Become(running: false);
            return new JsonObject { ["DBInstance"] = Write(database) };
        }
    }

    private JsonObject Start(AwsCall call)
    {
        lock (gate)
        {
            var database = Existing(call, ArnOf(call));
            if (database.Status != "stopped") throw WrongState($"Instance {database.Definition.Identifier} is not stopped.");
            database.Become(running: true);
            return new JsonObject { ["DBInstance"] = Write(database) };
        }
    }

    private DatabaseResource Tagged(AwsCall call)
    {
        var arn = Resource(call);
        return arn.Contains(":cluster:", StringComparison.Ordinal) ? ExistingCluster(call, arn) : Existing(call, arn);
    }

    private JsonObject AddTags(AwsCall call)
    {
        lock (gate)
        {
            var database = Tagged(call);
            var tags = database.Tags.SetItems(TagsOf(call));
            if (tags.Keys.FirstOrDefault(IsWrong) is { } bad)
                throw new AwsException("InvalidParameterValue", $"The tag key \"{bad}\" is not allowed.");
            if (tags.Count > AwsLimits.Ec2.TagsPerResource) throw new AwsException("InvalidParameterValue", "A resource has 50 tags at most.");
            database.Tags = tags;
            return [];
        }
    }

    private JsonObject RemoveTags(AwsCall call)
    {
        lock (gate)
        {
            var database = Tagged(call);
            database.Tags = database.Tags.RemoveRange(call.Input.Texts("TagKeys"));
            return [];
        }
    }

    private static Paginator Page(AwsCall call)
    {
        var size = call.Input.Whole("MaxRecords") ?? AwsLimits.Rds.Page;
        return size is >= AwsLimits.Rds.SmallestPage and <= AwsLimits.Rds.Page
            ? new Paginator($"{call.Operation} {call.AccountId} {call.Region}", AwsLimits.Rds.Page, "InvalidParameterValue")
            {
                SizeMember = "MaxRecords",
                TokenMember = "Marker",
            }
            : throw new AwsException("InvalidParameterValue", $"Invalid value {size} for MaxRecords. Must be between 20 and 100");
    }

    private JsonObject Describe(AwsCall call)
    {
        lock (gate)
        {
            var all = call.Input.Text("DBInstanceIdentifier") is { } name
                ? [Existing(call, ArnOf(call, name))]
                : databases.Values.Where(one => one.Definition.AccountId == call.AccountId && one.Region == call.Region);
            var (page, marker) = Page(call).Page(call.Input, all.OrderBy(one => one.Identifier, StringComparer.Ordinal), one => one.Identifier);
            var answer = new JsonObject { ["DBInstances"] = QueryProtocol.List("DBInstance", page.Select(Write)) };
            if (marker is not null) answer["Marker"] = marker;
            return answer;
        }
    }

    private JsonObject Write(Database database)
    {
        var replicas = databases.Values
            .Where(other => other.Definition.ReplicaOf == database.Definition.Identifier && other.Region == database.Region)
            .Select(other => JsonValue.Create(other.Definition.Identifier));
        var written = new JsonObject
        {
            ["DBInstanceIdentifier"] = database.Definition.Identifier,
            ["DBInstanceArn"] = database.Arn,
            ["DBInstanceStatus"] = database.Status,
            ["Engine"] = database.Definition.Engine,
            ["MultiAZ"] = database.Definition.IsMultiAz,
            ["ReadReplicaDBInstanceIdentifiers"] = new JsonObject { ["*ReadReplicaDBInstanceIdentifier"] = new JsonArray([.. replicas]) },
            ["TagList"] = TagList(database),
        };
        if (database.Definition.ReplicaOf is { } source) written["ReadReplicaSourceDBInstanceIdentifier"] = source;
        if (database.Definition.Cluster is { } cluster) written["DBClusterIdentifier"] = cluster;
        if (database.RestartsAt is { } due) written["AutomaticRestartTime"] = due.ToUtcSeconds();
        return written;
    }

    private static JsonObject TagList(DatabaseResource resource) => QueryProtocol.List(
        "Tag",
        resource.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }));

    private static bool IsWrong(string key) =>
        key.Length is 0 or > AwsLimits.Ec2.TagKey || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    private static AwsException WrongState(string message) => new("InvalidDBInstanceState", message);

    private static AwsException WrongCombination(string message) => new("InvalidParameterCombination", message);
}
