using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ec2;

/// <summary>
/// Amazon EC2 just enough for instances to be found, tagged, stopped and started. They come by <see cref="Run"/>: RunInstances and TerminateInstances are not
/// here, so that whoever asks for them is seen.
/// </summary>
public sealed partial class Ec2Service : AwsService
{
    internal const string GroupTag = "aws:autoscaling:groupName";

    private readonly LocalCloud cloud;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Ec2Instance> instances = new(StringComparer.Ordinal);
    private readonly Dictionary<(string AccountId, string Region, string Operation), RateBucket> buckets = [];
    private long nextInstance;

    internal Ec2Service(LocalCloud cloud)
        : base("ec2", WireProtocol.Ec2Query)
    {
        this.cloud = cloud;
        Operation("DescribeInstances", Ec2Shapes.DescribeInstances, _ => [new IamRequest("ec2:DescribeInstances", "*")], Describe);
        Operation("StopInstances", Ec2Shapes.Instances, call => On(call, "InstanceId"), Stop);
        Operation("StartInstances", Ec2Shapes.Instances, call => On(call, "InstanceId"), Start);
        Operation("CreateTags", Ec2Shapes.CreateTags, call => On(call, "ResourceId").Select(need => Ec2Tags.Told(need, call, withValues: true)), CreateTags);
        Operation("DeleteTags", Ec2Shapes.DeleteTags, call => On(call, "ResourceId").Select(need => Ec2Tags.Told(need, call, withValues: false)), DeleteTags);
    }

    /// <summary>Told of an instance that left its group's service by a stop; set by Auto Scaling.</summary>
    internal Action<Ec2Instance>? MemberStopped { get; set; }

    public override string ValidationCode => "InvalidParameterValue";

    public override string XmlNamespace => "http://ec2.amazonaws.com/doc/2016-11-15/";

    /// <summary>Every instance that there is or was.</summary>
    public IReadOnlyList<Ec2Instance> Instances
    {
        get
        {
            lock (gate) return [.. instances.Values];
        }
    }

    /// <summary>Launches an instance, which is pending at first.</summary>
    public Ec2Instance Run(InstanceDefinition definition)
    {
        lock (gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"i-{cloud.Options.Seed & 0xffff:x4}{++nextInstance:x13}");
            var instance = new Ec2Instance(id, definition.Region ?? cloud.Options.Region, definition, cloud.Time);
            instance.Become(InstanceState.Pending, InstanceState.Running, cloud.Options.Ec2.StartTakes);
            instances.Add(id, instance);
            return instance;
        }
    }

    /// <summary>Ends an instance, as its group or a person does.</summary>
    public void Terminate(Ec2Instance instance)
    {
        lock (gate) instance.Become(InstanceState.Terminated, InstanceState.Terminated, TimeSpan.Zero);
    }

    /// <summary>Gives an instance another tag, as a person does in the console.</summary>
    public void Tag(Ec2Instance instance, string key, string? value)
    {
        lock (gate) instance.Tags = value is null ? instance.Tags.Remove(key) : instance.Tags.SetItem(key, value);
    }

    /// <summary>One request for each resource that is named. What is not there has no tags, and IAM is asked all the same.</summary>
    private IEnumerable<IamRequest> On(AwsCall call, string member) => call.Input.Texts(member).Distinct(StringComparer.Ordinal).Select(id =>
        new IamRequest($"ec2:{call.Operation}", $"arn:aws:ec2:{call.Region}:{call.AccountId}:instance/{id}").WithResourceTags(Find(call, id)?.Tags));

    private Ec2Instance? Find(AwsCall call, string id)
    {
        lock (gate)
        {
            return instances.TryGetValue(id, out var instance) && instance.Region == call.Region && instance.Definition.AccountId == call.AccountId
                ? instance
                : null;
        }
    }

    private IReadOnlyList<Ec2Instance> Named(AwsCall call, string member)
    {
        var ids = call.Input.Texts(member).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0) throw new AwsException("MissingParameter", $"The request must contain the parameter {member}");
        if (ids.Find(id => !id.StartsWith("i-", StringComparison.Ordinal)) is { } other) throw Ec2Errors.Malformed(other);
        var missing = ids.Where(id => Find(call, id) is null).ToList();
        return missing.Count > 0 ? throw Ec2Errors.NotFound(missing) : [.. ids.Select(id => instances[id])];
    }

    private void Throttle(AwsCall call, int perSecond, int burst)
    {
        var key = (call.AccountId, call.Region, call.Operation);
        if (!buckets.TryGetValue(key, out var bucket)) buckets.Add(key, bucket = new RateBucket(perSecond, burst, cloud.Time));
        if (cloud.Options.Ec2.Throttles && !bucket.TryTake()) throw new AwsException("RequestLimitExceeded", "Request limit exceeded.", 503);
    }

    private JsonObject CreateTags(AwsCall call)
    {
        lock (gate)
        {
            Throttle(call, AwsLimits.Ec2.TagsPerSecond, AwsLimits.Ec2.TagsBurst);
            var named = Named(call, "ResourceId");
            if (!call.Input.Structures("Tag").Any()) throw new AwsException("MissingParameter", "The request must contain the parameter Tag");
            // All or none: the tags are judged before any is written.
            foreach (var (instance, tags) in named.Select(instance => (instance, Ec2Tags.With(instance.Tags, call))).ToList()) instance.Tags = tags;
            return new JsonObject { ["return"] = true };
        }
    }

    private JsonObject DeleteTags(AwsCall call)
    {
        lock (gate)
        {
            Throttle(call, AwsLimits.Ec2.TagsPerSecond, AwsLimits.Ec2.TagsBurst);
            foreach (var (instance, tags) in Named(call, "ResourceId").Select(instance => (instance, Ec2Tags.Without(instance.Tags, call))).ToList())
                instance.Tags = tags;
            return new JsonObject { ["return"] = true };
        }
    }
}
