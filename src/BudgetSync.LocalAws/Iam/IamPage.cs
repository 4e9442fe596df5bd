using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>One page of a listing of IAM: a marker says after how many items to go on, and IsTruncated whether there are more.</summary>
internal static class IamPage
{
    /// <param name="items">What each item is, in an order that holds: the member of the answer it belongs to, and how it is written.</param>
    /// <param name="members">Every member that the answer has, also where no item belongs to it.</param>
    public static JsonObject Of(AwsCall call, IReadOnlyList<(string Member, JsonObject Item)> items, params string[] members)
    {
        var marker = call.Input.Text("Marker");
        var from = 0;
        if (marker is not null && (!int.TryParse(marker, NumberStyles.None, CultureInfo.InvariantCulture, out from) || from > items.Count))
            throw new AwsException("ValidationError", $"Invalid Marker: {marker}");
        var size = call.Input.Whole("MaxItems") ?? AwsLimits.Iam.Page;
        var page = items.Skip(from).Take(size).ToLookup(item => item.Member, item => item.Item);
        var answer = new JsonObject(members.Select(member => KeyValuePair.Create(member, (JsonNode?)new JsonArray([.. page[member]]))));
        answer["IsTruncated"] = from + size < items.Count;
        if (from + size < items.Count) answer["Marker"] = (from + size).ToString(CultureInfo.InvariantCulture);
        return answer;
    }
}
