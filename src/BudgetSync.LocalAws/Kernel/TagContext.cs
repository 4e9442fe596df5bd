using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// Tags of requests and resources, and the condition keys that they give IAM: <c>aws:RequestTag/…</c>, <c>aws:TagKeys</c>, <c>aws:ResourceTag/…</c>.
/// </summary>
internal static class TagContext
{
    /// <summary>The list of Key and Value under <paramref name="member"/>; the last of a key wins.</summary>
    public static ImmutableSortedDictionary<string, string> Tags(this JsonObject input, string member) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .SetItems(input.Structures(member).Select(tag => KeyValuePair.Create(tag.RequiredText("Key"), tag.RequiredText("Value"))));

    public static JsonArray ToList(this IEnumerable<KeyValuePair<string, string>> tags) =>
        [.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];

    /// <param name="resourceTags">Of the resource that exists already; null or empty where there is none.</param>
    public static IamRequest WithResourceTags(this IamRequest request, IEnumerable<KeyValuePair<string, string>>? resourceTags) =>
        request with
        {
            Context = request.Context.SetItems(
                (resourceTags ?? []).Select(tag => KeyValuePair.Create($"aws:ResourceTag/{tag.Key}", ImmutableArray.Create(tag.Value))))
        };

    public static IamRequest WithRequestTags(this IamRequest request, ImmutableSortedDictionary<string, string> requestTags)
    {
        if (requestTags.IsEmpty) return request;
        var keyed = request.WithTagKeys(requestTags.Keys);
        return keyed with
        {
            Context = keyed.Context.SetItems(requestTags.Select(tag => KeyValuePair.Create($"aws:RequestTag/{tag.Key}", ImmutableArray.Create(tag.Value))))
        };
    }

    public static IamRequest WithTagKeys(this IamRequest request, IEnumerable<string> keys) =>
        request with { Context = request.Context.SetItem("aws:TagKeys", [.. keys]) };
}
