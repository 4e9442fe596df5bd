using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Ecs;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Rds;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>What runs in the accounts of a world: some plain, some of a sandbox, some protected, in the two regions that the spokes' stacks name.</summary>
internal sealed class RunningResources
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;
    private static readonly ImmutableDictionary<string, string> Sandbox = None.Add("environment", "sandbox");
    private static readonly ImmutableDictionary<string, string> Kept = None.Add("budgetsync:protect", "true");

    private readonly LocalCloud cloud;
    private readonly ManualCalls manual;
    private readonly List<RunningResource> all = [];

    public RunningResources(LocalCloud cloud, ManualCalls manual, IEnumerable<string> accounts)
    {
        (this.cloud, this.manual) = (cloud, manual);
        foreach (var account in accounts)
        {
            foreach (var tags in new[] { None, Sandbox, Kept }) AddInstance(account, tags);
            AddGroup(account, "web", None);
            AddGroup(account, "kept", Kept);
            Add(account, StoppableKind.Database, cloud.Rds.PutDatabase(new DatabaseDefinition(account, "orders") { Tags = Sandbox }));
            Add(account, StoppableKind.DatabaseCluster, cloud.Rds.PutCluster(new DatabaseClusterDefinition(account, "aurora")));
            AddNotebook(account, "open", Sandbox);
            AddNotebook(account, "kept", Kept);
            AddService(account, "web", None);
            AddService(account, "kept", Kept);
        }
    }

    public IReadOnlyList<RunningResource> All => all;

    /// <summary>AWS looks at what runs, as it does once a day: what nobody uses is idle, and nothing is said of what is stopped.</summary>
    public void FindIdle()
    {
        foreach (var resource in all.Where(resource => resource.TypeOfIdle is not null))
        {
            var isIdle = resource is { Runs: true, UnusedSince: not null };
            resource.FoundAt = isIdle ? cloud.Time.GetUtcNow() : null;
            if (isIdle) cloud.ComputeOptimizer.FindIdle(resource.Arn, resource.TypeOfIdle!); // Chosen by it.
            else cloud.ComputeOptimizer.Forget(resource.Arn);
        }
    }

    /// <summary>Those that a call names, by the call's own names.</summary>
    public IEnumerable<RunningResource> Named(AwsCall call)
    {
        var names = new[] { "AutoScalingGroupName", "DBInstanceIdentifier", "DBClusterIdentifier", "NotebookInstanceName", "service" }
            .Select(member => call.Input[member]?.ToString())
            .Concat(call.Input["InstanceId"] is JsonArray ids ? ids.Select(id => id?.ToString()) : [])
            .ToHashSet(StringComparer.Ordinal);
        var kind = call.Operation switch
        {
            "UpdateAutoScalingGroup" => StoppableKind.AutoScalingGroup,
            "StopDBInstance" or "StartDBInstance" => StoppableKind.Database,
            "StopDBCluster" or "StartDBCluster" => StoppableKind.DatabaseCluster,
            "StopNotebookInstance" or "StartNotebookInstance" => StoppableKind.Notebook,
            "UpdateService" => StoppableKind.ContainerService,
            _ => StoppableKind.Instance,
        };
        return all.Where(one => one.Account == call.AccountId && one.Kind == kind && (names.Contains(one.Name) || names.Contains(one.Arn)));
    }

    private void AddInstance(string account, ImmutableDictionary<string, string> tags)
    {
        var instance = cloud.Ec2.Run(new InstanceDefinition(account) { Tags = tags });
        JsonArray Ids() => new(instance.Id);
        Add(new RunningResource(account, StoppableKind.Instance, instance.Id, instance.Arn)
        {
            State = () => instance.State is InstanceState.Running or InstanceState.Pending ? "running" : "stopped",
            Tags = () => instance.Tags,
            Start = _ => manual.Try(cloud.Ec2, account, "StartInstances", new JsonObject { ["InstanceId"] = Ids() }),
            Tag = (key, value) => manual.Try(cloud.Ec2, account, value is null ? "DeleteTags" : "CreateTags", new JsonObject
            {
                ["ResourceId"] = Ids(),
                ["Tag"] = new JsonArray(value is null ? new JsonObject { ["Key"] = key } : new JsonObject { ["Key"] = key, ["Value"] = value }),
            }),
        });
    }

    private void AddGroup(string account, string name, ImmutableDictionary<string, string> tags)
    {
        var group = cloud.AutoScaling.PutGroup(account, name, 1, 2, 3, tags);
        Add(new RunningResource(account, StoppableKind.AutoScalingGroup, name, group.Arn)
        {
            State = () => new GroupSizes(group.Minimum, group.Desired, group.Maximum).ToString(),
            Tags = () => group.Tags.ToDictionary(tag => tag.Key, tag => tag.Value.Value),
            Start = random => cloud.AutoScaling.Resize(group, 1, random.Next(1, 4), 4),
            Tag = (key, value) => manual.Try(cloud.AutoScaling, account, value is null ? "DeleteTags" : "CreateOrUpdateTags", new JsonObject
            {
                ["Tags"] = new JsonArray(new JsonObject
                {
                    ["ResourceId"] = name,
                    ["ResourceType"] = "auto-scaling-group",
                    ["Key"] = key,
                    ["Value"] = value ?? "",
                    ["PropagateAtLaunch"] = false,
                }),
            }),
        });
    }

    private void Add(string account, StoppableKind kind, DatabaseResource database)
    {
        var (member, noun) = kind == StoppableKind.Database ? ("DBInstanceIdentifier", "DBInstance") : ("DBClusterIdentifier", "DBCluster");
        Add(new RunningResource(account, kind, database.Identifier, database.Arn)
        {
            State = () => database.Status is "available" or "starting" ? "running" : "stopped",
            Tags = () => database.Tags,
            Start = _ => manual.Try(cloud.Rds, account, $"Start{noun}", new JsonObject { [member] = database.Identifier }),
            Tag = (key, value) => manual.Try(cloud.Rds, account, value is null ? "RemoveTagsFromResource" : "AddTagsToResource", value is null
                ? new JsonObject { ["ResourceName"] = database.Arn, ["TagKeys"] = new JsonArray(key) }
                : new JsonObject { ["ResourceName"] = database.Arn, ["Tags"] = new JsonArray(new JsonObject { ["Key"] = key, ["Value"] = value }) }),
        });
    }

    private void AddNotebook(string account, string name, ImmutableDictionary<string, string> tags)
    {
        var notebook = cloud.SageMaker.PutNotebook(account, name, tags);
        Add(new RunningResource(account, StoppableKind.Notebook, name, notebook.Arn)
        {
            State = () => notebook.Status is "InService" or "Pending" ? "running" : "stopped",
            Tags = () => notebook.Tags,
            Start = _ => manual.Try(cloud.SageMaker, account, "StartNotebookInstance", new JsonObject { ["NotebookInstanceName"] = name }),
            Tag = (key, value) => manual.Try(cloud.SageMaker, account, value is null ? "DeleteTags" : "AddTags", value is null
                ? new JsonObject { ["ResourceArn"] = notebook.Arn, ["TagKeys"] = new JsonArray(key) }
                : new JsonObject { ["ResourceArn"] = notebook.Arn, ["Tags"] = new JsonArray(new JsonObject { ["Key"] = key, ["Value"] = value }) }),
        });
    }

    private void AddService(string account, string name, ImmutableDictionary<string, string> tags)
    {
        var service = cloud.Ecs.PutService(new ContainerServiceDefinition(account, "main", name) { Desired = 2, Tags = tags });
        Add(new RunningResource(account, StoppableKind.ContainerService, name, service.Arn)
        {
            State = () => new TaskCount(service.Desired).ToString(),
            Tags = () => service.Tags,
            Start = random => cloud.Ecs.Resize(service, random.Next(1, 4)),
            Tag = (key, value) => manual.Try(cloud.Ecs, account, value is null ? "UntagResource" : "TagResource", value is null
                ? new JsonObject { ["resourceArn"] = service.Arn, ["tagKeys"] = new JsonArray(key) }
                : new JsonObject { ["resourceArn"] = service.Arn, ["tags"] = new JsonArray(new JsonObject { ["key"] = key, ["value"] = value }) }),
        });
    }

    private void Add(RunningResource resource)
    {
        resource.Wanted.Add(resource.State());
        all.Add(resource);
    }
}
