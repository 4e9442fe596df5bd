using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CostExplorer;

/// <summary>Tokens of pages: where the next one begins, and for which request, which must not change on the way.</summary>
internal static class CostPage
{
    /// <exception cref="AwsException">InvalidNextTokenException for a token that is none, RequestChangedException for one of another request.</exception>
    public static int Begin(JsonObject input)
    {
        if (input.Text("NextPageToken") is not { } token) return 0;
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length)
            || Encoding.UTF8.GetString(bytes, 0, length).Split('\n') is not [var request, var place]
            || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var begin))
            throw CostExplorerErrors.InvalidToken();
        return request == Mark(input) ? begin : throw CostExplorerErrors.RequestChanged();
    }

    public static string Token(JsonObject input, int begin) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark(input)}\n{begin}")));

    /// <summary>The same for every page of one request: its members but the token, in any order.</summary>
    public static string Mark(JsonObject input)
    {
        var members = input.Where(member => member.Key != "NextPageToken" && member.Value is not null).OrderBy(member => member.Key, StringComparer.Ordinal);
        var text = string.Join('\n', members.Select(member => $"{member.Key} {member.Value!.ToJsonString()}")); // Null was left out above.
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
