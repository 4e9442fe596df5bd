using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>Systems Manager's Parameter Store: per account and region, with versions, tiers, tags and change events.</summary>
public sealed partial class SsmService : AwsService
{
    private readonly ConcurrentDictionary<(string AccountId, string Region), ParameterRegion> regions = new();
    private readonly LocalCloud cloud;

    internal SsmService(LocalCloud cloud)
        : base("ssm", WireProtocol.Json11, "AmazonSSM")
    {
        this.cloud = cloud;
        Declare("PutParameter", SsmShapes.PutParameter, NeedsOfPut, Put);
        Declare("DeleteParameter", SsmShapes.DeleteParameter, call => [On(call, "ssm:DeleteParameter", call.Input.RequiredText("Name"))], Delete);
        Declare("AddTagsToResource", SsmShapes.AddTagsToResource, NeedsOfAddTags, AddTags);
        Declare(
            "ListTagsForResource",
            SsmShapes.ListTagsForResource,
            call => [On(call, "ssm:ListTagsForResource", call.Input.RequiredText("ResourceId"))],
            ListTags);
        Declare(
            "LabelParameterVersion",
            SsmShapes.LabelParameterVersion,
            call => [On(call, "ssm:LabelParameterVersion", call.Input.RequiredText("Name"))],
            Label);
        DeclareReads();
    }

    private SsmOptions Options => cloud.Options.Ssm;

    private void Declare(string name, Shape shape, Func<AwsCall, IEnumerable<IamRequest>> needs, Func<AwsCall, ParameterRegion, JsonObject> run) =>
        Operation(
            name,
            shape,
            needs,
            call => run(call, Region(call)));

    private ParameterRegion Region(AwsCall call) => regions.GetOrAdd((call.AccountId, call.Region), _ => new ParameterRegion());

    /// <summary>A permission on one parameter, however the request names it, with the parameter's tags.</summary>
    private IamRequest On(AwsCall call, string action, string given)
    {
        var name = ParameterName.Read(call.AccountId, call.Region, given).Key;
        var arn = name is null ? given : ParameterName.Arn(call.AccountId, call.Region, name);
        return new IamRequest(action, arn).WithResourceTags(Region(call).TagsOf(name));
    }

    private IEnumerable<IamRequest> NeedsOfPut(AwsCall call)
    {
        var name = call.Input.RequiredText("Name");
        var tags = call.Input.Tags("Tags");
        var put = On(call, "ssm:PutParameter", name).WithRequestTags(tags);
        yield return put with { Context = put.Context.SetItem("ssm:Overwrite", [call.Input.Flag("Overwrite") == true ? "true" : "false"]) };
        if (!tags.IsEmpty) yield return On(call, "ssm:AddTagsToResource", name).WithRequestTags(tags);
    }

    private JsonObject Put(AwsCall call, ParameterRegion region)
    {
        var name = call.Input.RequiredText("Name");
        ParameterName.Validate(call.AccountId, call.Region, name);
        Parameter? existing;
        Parameter next;
        lock (region.Gate)
        {
            if (!region.TakePut(cloud.Time.GetUtcNow(), Options.PutParametersPerSecond))
                throw new AwsException(
                    "ThrottlingException",
                    string.Create(CultureInfo.InvariantCulture, $"Rate exceeded: {Options.PutParametersPerSecond} PutParameter calls per second."));
            existing = region.Parameters.GetValueOrDefault(ParameterName.Key(name));
            next = ParameterPut.Decide(call.Input, existing, Options.DefaultTier, call.Caller, cloud.Time.GetUtcNow());
            if (existing is null
                && next.Latest.Tier == "Standard"
                && region.Parameters.Values.Count(parameter => parameter.Latest.Tier == "Standard") >= Options.MaximumStandardParameters)
                throw new AwsException(
                    "ParameterLimitExceeded",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"You have exceeded the number of parameters for this account: {Options.MaximumStandardParameters} of the standard tier."));
            region.Parameters[ParameterName.Key(name)] = next;
        }

        Publish(existing is null ? "Create" : "Update", next.Latest, call);
        return new JsonObject { ["Version"] = next.Latest.Version, ["Tier"] = next.Latest.Tier };
    }

    private JsonObject Delete(AwsCall call, ParameterRegion region)
    {
        var name = call.Input.RequiredText("Name");
        Parameter? gone;
        lock (region.Gate)
        {
            if (!region.Parameters.Remove(ParameterName.Key(name), out gone)) throw SsmErrors.NotFound(name);
        }

        Publish("Delete", gone.Latest, call);
        return [];
    }

    /// <summary>Outside the lock: whoever hears the event may call back at once.</summary>
    private void Publish(string operation, ParameterVersion version, AwsCall call) =>
        cloud.EventSink?.Invoke(ParameterChangeEvent.Of(operation, version, call.AccountId, call.Region, cloud.Gateway.NewRequestId(), cloud.Time.GetUtcNow()));
}
