using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <content>Tags of a parameter.</content>
public sealed partial class SsmService
{
    private IEnumerable<IamRequest> NeedsOfAddTags(AwsCall call) =>
        [On(call, "ssm:AddTagsToResource", call.Input.RequiredText("ResourceId")).WithRequestTags(call.Input.Tags("Tags"))];

    private JsonObject AddTags(AwsCall call, ParameterRegion region)
    {
        lock (region.Gate)
        {
            var parameter = Tagged(call, region);
            var tags = parameter.Tags.SetItems(call.Input.Tags("Tags"));
            if (tags.Count > AwsLimits.Ssm.Tags) throw new AwsException("TooManyTagsError", $"A parameter may have {AwsLimits.Ssm.Tags} tags.");
            region.Parameters[ParameterName.Key(parameter.Latest.Name)] = parameter with { Tags = tags };
        }

        return [];
    }

    private JsonObject ListTags(AwsCall call, ParameterRegion region)
    {
        lock (region.Gate)
        {
            return new JsonObject { ["TagList"] = Tagged(call, region).Tags.ToList() };
        }
    }

    private static Parameter Tagged(AwsCall call, ParameterRegion region)
    {
        var type = call.Input.RequiredText("ResourceType");
        var id = call.Input.RequiredText("ResourceId");
        if (type != "Parameter" || !region.Parameters.TryGetValue(ParameterName.Key(id), out var parameter))
            throw new AwsException("InvalidResourceId", $"The resource ID is not valid: there is no {type} \"{id}\".");
        return parameter;
    }
}
