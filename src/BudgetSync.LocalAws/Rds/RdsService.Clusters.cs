using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Rds;

/// <content>Clusters, which stop and start all of their instances.</content>
public sealed partial class RdsService
{
    /// <summary>Creates a cluster, which is available at once.</summary>
    public DatabaseCluster PutCluster(DatabaseClusterDefinition definition)
    {
        lock (gate)
        {
            var cluster = new DatabaseCluster(cloud, definition.Region ?? cloud.Options.Region, definition);
            clusters.Add(cluster.Arn, cluster);
            return cluster;
        }
    }

    private static string ClusterArn(AwsCall call, string identifier) => $"arn:aws:rds:{call.Region}:{call.AccountId}:cluster:{identifier}";

    private static string ClusterArn(AwsCall call) => ClusterArn(call, call.Input.RequiredText("DBClusterIdentifier"));

    private DatabaseCluster ExistingCluster(AwsCall call, string arn) =>
        clusters.TryGetValue(arn, out var cluster) && cluster.AccountId == call.AccountId && cluster.Region == call.Region
            ? cluster
            : throw new AwsException("DBClusterNotFoundFault", $"DBCluster {arn[(arn.LastIndexOf(':') + 1)..]} not found.", 404);

    private JsonObject StopCluster(AwsCall call)
    {
        lock (gate)
        {
            var cluster = ExistingCluster(call, ClusterArn(call));
            if (cluster.CannotStop is { } why) throw WrongClusterState($"The DB cluster {cluster.Identifier} {why}, and cannot be stopped.");
            if (cluster.Status != "available") throw WrongClusterState($"DbCluster {cluster.Identifier} is not in available state.");
            cluster.Become(running: false);
            return new JsonObject { ["DBCluster"] = Write(cluster) };
        }
    }

    private JsonObject StartCluster(AwsCall call)
    {
        lock (gate)
        {
            var cluster = ExistingCluster(call, ClusterArn(call));
            if (cluster.Status != "stopped") throw WrongClusterState($"DbCluster {cluster.Identifier} is not in stopped state.");
            cluster.Become(running: true);
            return new JsonObject { ["DBCluster"] = Write(cluster) };
        }
    }

    private JsonObject DescribeClusters(AwsCall call)
    {
        lock (gate)
        {
            var all = call.Input.Text("DBClusterIdentifier") is { } name
                ? [ExistingCluster(call, ClusterArn(call, name))]
                : clusters.Values.Where(one => one.AccountId == call.AccountId && one.Region == call.Region);
            var (page, marker) = Page(call).Page(call.Input, all.OrderBy(one => one.Identifier, StringComparer.Ordinal), one => one.Identifier);
            var answer = new JsonObject { ["DBClusters"] = QueryProtocol.List("DBCluster", page.Select(Write)) };
            if (marker is not null) answer["Marker"] = marker;
            return answer;
        }
    }

    private JsonObject Write(DatabaseCluster cluster)
    {
        var members = databases.Values
            .Where(database => database.Definition.Cluster == cluster.Identifier && database.Region == cluster.Region)
            .Where(database => database.AccountId == cluster.AccountId)
            .Select(database => new JsonObject { ["DBInstanceIdentifier"] = database.Identifier });
        var written = new JsonObject
        {
            ["DBClusterIdentifier"] = cluster.Identifier,
            ["DBClusterArn"] = cluster.Arn,
            ["Status"] = cluster.Status,
            ["Engine"] = cluster.Definition.Engine,
            ["EngineMode"] = cluster.Definition.EngineMode,
            ["DBClusterMembers"] = QueryProtocol.List("DBClusterMember", members),
            ["TagList"] = TagList(cluster),
        };
        if (cluster.Definition.GlobalCluster is { } global) written["GlobalClusterIdentifier"] = global;
        if (cluster.Definition.HasReplicaElsewhere)
        {
            written["ReadReplicaIdentifiers"] = new JsonObject
            {
                ["*ReadReplicaIdentifier"] = new JsonArray($"arn:aws:rds:eu-central-1:{cluster.AccountId}:cluster:{cluster.Identifier}"),
            };
        }

        if (cluster.RestartsAt is { } due) written["AutomaticRestartTime"] = due.ToUtcSeconds();
        return written;
    }

    private static AwsException WrongClusterState(string message) => new("InvalidDBClusterStateFault", message);
}
