using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>One page of a listing of IAM: a marker says after which item to go on, and IsTruncated whether there are more.</summary>
internal static class IamPage
{
    /// <param name="items">What each item is: the member of the answer it belongs to, its name, unique in the member, and how it is written.</param>
    /// <param name="members">Every member that the answer has, also where no item belongs to it.</param>
    public static JsonObject Of(AwsCall call, IEnumerable<(string Member, string Name, JsonObject Item)> items, params string[] members)
    {
        var (page, marker) = new Paginator($"{call.Operation} {call.AccountId}", AwsLimits.Iam.Page, "ValidationError")
        {
            SizeMember = "MaxItems",
            TokenMember = "Marker",
            InvalidTokenMessage = $"Invalid Marker: {call.Input.Text("Marker")}",
        }.Page(call.Input, items.OrderBy(Key, StringComparer.Ordinal), Key);
        var found = page.ToLookup(item => item.Member, item => item.Item);
        var answer = new JsonObject(members.Select(member => KeyValuePair.Create(member, (JsonNode?)new JsonArray([.. found[member]]))));
        answer["IsTruncated"] = marker is not null;
        if (marker is not null) answer["Marker"] = marker;
        return answer;
    }

    private static string Key((string Member, string Name, JsonObject Item) item) => $"{item.Member}/{item.Name}";
}
