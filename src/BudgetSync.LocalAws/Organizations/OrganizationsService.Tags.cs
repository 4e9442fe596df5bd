using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <content>Tags of accounts, units, the root and policies (UG "Tagging AWS Organizations resources").</content>
public sealed partial class OrganizationsService
{
    private readonly Dictionary<string, SortedDictionary<string, string>> tags = new(StringComparer.Ordinal);

    /// <summary>A person of the management account tags something; null takes the tag off.</summary>
    /// <param name="id">Of an account, a unit, the root or a policy.</param>
    /// <exception cref="AwsException">There is no such thing.</exception>
    public void Tag(string id, string key, string? value)
    {
        lock (tree.Gate)
        {
            if (value is null) TagsOf(id).Remove(key);
            else TagsOf(id)[key] = value;
        }
    }

    private void DeclareTags()
    {
        DeclareTagging("ListTagsForResource", TagShapes.List, ListTags, AwsLimits.Organizations.PolicyReadsPerSecond);
        DeclareTagging("TagResource", TagShapes.Tag, AddTags, AwsLimits.Organizations.UpdatesPerSecond);
        DeclareTagging("UntagResource", TagShapes.Untag, RemoveTags, AwsLimits.Organizations.UpdatesPerSecond);
    }

    private void DeclareTagging(string name, Shape shape, Func<AwsCall, JsonObject> run, int perSecond)
    {
        throttles.Add(name, new RateBucket(perSecond, perSecond, cloud.Time));
        Declare(
            name,
            shape,
            call => [new IamRequest($"organizations:{name}", TaggedArn(call.Input.RequiredText("ResourceId")))],
            call => !cloud.Options.Organizations.ThrottlesTags || throttles[name].TryTake() ? run(call) : throw OrganizationErrors.Throttled(name),
            AuthorizeDelegated(name));
    }

    private string TaggedArn(string id) => id.StartsWith("p-", StringComparison.Ordinal) ? PolicyArn(id) : ArnOf(id);

    private SortedDictionary<string, string> TagsOf(string id)
    {
        if (!tree.Accounts.ContainsKey(id) && !tree.IsParent(id) && !policies.Policies.ContainsKey(id)) throw OrganizationErrors.NoTarget(id);
        if (!tags.TryGetValue(id, out var held)) tags[id] = held = new SortedDictionary<string, string>(StringComparer.Ordinal);
        return held;
    }

    private JsonObject ListTags(AwsCall call)
    {
        var id = call.Input.RequiredText("ResourceId");
        return Page(call, id).Answer(
            call.Input, "Tags", TagsOf(id), tag => tag.Key, tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value });
    }

    private JsonObject AddTags(AwsCall call)
    {
        var held = TagsOf(call.Input.RequiredText("ResourceId"));
        var given = call.Input["Tags"]!.AsArray().Select(tag => (Key: tag!["Key"]!.ToString(), Value: tag["Value"]!.ToString())).ToList(); // Required.
        if (given.Select(tag => tag.Key).Distinct(StringComparer.Ordinal).Count() < given.Count)
            throw OrganizationErrors.InvalidInput("DUPLICATE_TAG_KEY", "A tag key is given twice.");
        foreach (var (key, _) in given) RequireOwn(key);
        if (held.Keys.Union(given.Select(tag => tag.Key)).Count() > AwsLimits.Organizations.Tags)
            throw OrganizationErrors.Constraint("MAX_TAG_LIMIT_EXCEEDED", $"A resource has {AwsLimits.Organizations.Tags} tags at most.");
        foreach (var (key, value) in given) held[key] = value;
        return [];
    }

    private JsonObject RemoveTags(AwsCall call)
    {
        var held = TagsOf(call.Input.RequiredText("ResourceId"));
        foreach (var key in call.Input["TagKeys"]!.AsArray().Select(key => key!.ToString())) // Required.
        {
            RequireOwn(key);
            held.Remove(key);
        }

        return [];
    }

    private static void RequireOwn(string key)
    {
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            throw OrganizationErrors.InvalidInput("INVALID_SYSTEM_TAGS_PARAMETER", $"{key} is a system tag, which nobody adds, edits or deletes.");
    }
}
