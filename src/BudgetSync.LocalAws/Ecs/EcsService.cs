using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ecs;

/// <summary>Amazon ECS just enough for services to be found, tagged and sized. They come by <see cref="PutService"/>, and their clusters with them.</summary>
public sealed class EcsService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, ContainerService> services = new(StringComparer.Ordinal);

    internal EcsService(LocalCloud cloud)
        : base("ecs", WireProtocol.Json11, "AmazonEC2ContainerServiceV20141113")
    {
        this.cloud = cloud;
        Operation("ListClusters", EcsShapes.ListClusters, _ => [new IamRequest("ecs:ListClusters", "*")], ListClusters);
        Operation("ListServices", EcsShapes.ListServices, call => [OnCluster(call)], ListServices);
        Operation("DescribeServices", EcsShapes.DescribeServices, call => call.Input.Texts("services").Select(name => On(call, ArnOf(call, name))), Describe);
        Operation("UpdateService", EcsShapes.UpdateService, call => [On(call, ArnOf(call, call.Input.RequiredText("service")))], Update);
        Operation("TagResource", EcsShapes.TagResource, call => [On(call, Resource(call)).WithRequestTags(TagsOf(call))], Tag);
        Operation("UntagResource", EcsShapes.UntagResource, call => [On(call, Resource(call)).WithTagKeys(call.Input.Texts("tagKeys"))], Untag);
    }

    public IReadOnlyList<ContainerService> Services
    {
        get
        {
            lock (gate) return [.. services.Values];
        }
    }

    /// <summary>Creates a service, which has its tasks at once.</summary>
    public ContainerService PutService(ContainerServiceDefinition definition)
    {
        lock (gate)
        {
            var service = new ContainerService(definition.Region ?? cloud.Options.Region, definition);
            services.Add(service.Arn, service);
            return service;
        }
    }

    /// <summary>What a person or a scaling policy makes a service.</summary>
    public void Resize(ContainerService service, int desired)
    {
        lock (gate) service.Desired = desired;
    }

    private static string Resource(AwsCall call) => call.Input.RequiredText("resourceArn");

    /// <summary>A cluster is named or given as ARN; without one it is the one called default (API reference).</summary>
    private static string ClusterOf(AwsCall call) => (call.Input.Text("cluster") ?? "default").Split('/')[^1];

    private static ImmutableSortedDictionary<string, string> TagsOf(AwsCall call) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .SetItems(call.Input.Structures("tags").Select(tag => KeyValuePair.Create(tag.Text("key") ?? "", tag.Text("value") ?? "")));

    private static IamRequest OnCluster(AwsCall call) => new("ecs:ListServices", "*")
    {
        Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(
            "ecs:cluster", [$"arn:aws:ecs:{call.Region}:{call.AccountId}:cluster/{ClusterOf(call)}"]),
    };

    /// <summary>Of a name the service of the call's cluster, whichever form its ARN has.</summary>
    private string ArnOf(AwsCall call, string nameOrArn)
    {
        if (nameOrArn.StartsWith("arn:", StringComparison.Ordinal)) return nameOrArn;
        var begin = $"arn:aws:ecs:{call.Region}:{call.AccountId}:service/";
        lock (gate)
            return services.GetValueOrDefault(begin + nameOrArn) is { } old && old.Definition.Cluster == ClusterOf(call)
                ? old.Arn
                : $"{begin}{ClusterOf(call)}/{nameOrArn}";
    }

    private IamRequest On(AwsCall call, string arn)
    {
        lock (gate) return new IamRequest($"ecs:{call.Operation}", arn).WithResourceTags(services.GetValueOrDefault(arn)?.Tags);
    }

    private IEnumerable<ContainerService> Mine(AwsCall call) =>
        services.Values.Where(service => service.Definition.AccountId == call.AccountId && service.Region == call.Region);

    private List<ContainerService> OfCluster(AwsCall call)
    {
        var cluster = ClusterOf(call);
        var all = Mine(call).Where(service => service.Definition.Cluster == cluster).ToList();
        // The cluster that every account has in every region may be empty; any other is there with its services.
        return all.Count > 0 || cluster == "default" ? all : throw new AwsException("ClusterNotFoundException", "Cluster not found.");
    }

    private JsonObject ListClusters(AwsCall call)
    {
        lock (gate)
        {
            return Page(call, "clusterArns", Mine(call).Select(service => service.ClusterArn).Distinct(), "", AwsLimits.Ecs.Page);
        }
    }

    private JsonObject ListServices(AwsCall call)
    {
        lock (gate) return Page(call, "serviceArns", OfCluster(call).Select(service => service.Arn), ClusterOf(call), AwsLimits.Ecs.ServicesPage);
    }

    private JsonObject Describe(AwsCall call)
    {
        var names = call.Input.Texts("services").ToList();
        if (names.Count == 0) throw Wrong("Services cannot be empty.");
        if (names.Count > AwsLimits.Ecs.Described) throw Wrong($"Services cannot have more than {AwsLimits.Ecs.Described} elements.");
        lock (gate)
        {
            var found = OfCluster(call).ToDictionary(service => service.Arn, StringComparer.Ordinal);
            var (there, missing) = (new JsonArray(), new JsonArray());
            foreach (var arn in names.Select(name => ArnOf(call, name)))
            {
                if (found.TryGetValue(arn, out var service)) there.Add(Write(service, call.Input.Texts("include").Contains("TAGS")));
                else missing.Add(new JsonObject { ["arn"] = arn, ["reason"] = "MISSING" });
            }

            return new JsonObject { ["services"] = there, ["failures"] = missing };
        }
    }

    private JsonObject Update(AwsCall call)
    {
        lock (gate)
        {
            var service = OfCluster(call).FirstOrDefault(one => one.Arn == ArnOf(call, call.Input.RequiredText("service")))
                ?? throw new AwsException("ServiceNotFoundException", "Service not found.");
            if (call.Input.Whole("desiredCount") is { } desired)
            {
                if (service.Definition.IsDaemon)
                    throw Wrong("The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again");
                if (desired < 0) throw Wrong("desiredCount cannot be negative.");
                service.Desired = desired;
            }

            return new JsonObject { ["service"] = Write(service, withTags: false) };
        }
    }

    private JsonObject Tag(AwsCall call)
    {
        lock (gate)
        {
            var service = Tagged(call);
            if (TagsOf(call).Keys.FirstOrDefault(key => key.Length == 0 || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } bad)
                throw Wrong($"The tag key \"{bad}\" is not allowed.");
            var tags = service.Tags.SetItems(TagsOf(call));
            if (tags.Count > AwsLimits.Ec2.TagsPerResource) throw Wrong("A resource has 50 tags at most.");
            service.Tags = tags;
            return [];
        }
    }

    private JsonObject Untag(AwsCall call)
    {
        lock (gate)
        {
            var service = Tagged(call);
            service.Tags = service.Tags.RemoveRange(call.Input.Texts("tagKeys"));
            return [];
        }
    }

    private ContainerService Tagged(AwsCall call)
    {
        var service = services.GetValueOrDefault(Resource(call));
        if (service is null || service.Definition.AccountId != call.AccountId || service.Region != call.Region)
            throw Wrong("The specified resource could not be found.");
        return service.Definition.HasOldArn ? throw Wrong("Long arn format must be used for tagging operations") : service;
    }

    private static JsonObject Page(AwsCall call, string member, IEnumerable<string> arns, string of, int usual)
    {
        var size = call.Input.Whole("maxResults") ?? usual;
        if (size is < 1 or > AwsLimits.Ecs.Page) throw Wrong($"maxResults must be between 1 and {AwsLimits.Ecs.Page}.");
        return new Paginator($"{call.Operation} {call.AccountId} {call.Region} {of}", usual, "InvalidParameterException")
        {
            SizeMember = "maxResults",
            TokenMember = "nextToken",
            InvalidTokenMessage = "Invalid token",
        }.Answer(call.Input, member, arns.Order(StringComparer.Ordinal), arn => arn, arn => JsonValue.Create(arn));
    }

    private static JsonObject Write(ContainerService service, bool withTags)
    {
        var written = new JsonObject
        {
            ["serviceArn"] = service.Arn,
            ["serviceName"] = service.Definition.Name,
            ["clusterArn"] = service.ClusterArn,
            ["status"] = "ACTIVE",
            ["desiredCount"] = service.Desired,
            ["runningCount"] = service.Desired,
            ["schedulingStrategy"] = service.Definition.IsDaemon ? "DAEMON" : "REPLICA",
        };
        if (withTags)
        {
            written["tags"] = new JsonArray(
            [
                .. service.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)
                    .Select(tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value }),
            ]);
        }

        return written;
    }

    private static AwsException Wrong(string message) => new("InvalidParameterException", message);
}
