using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>
/// Takes tokens that nobody knows yet out of what an authorization endpoint says, by their names: <c>access_token</c>, <c>id_token</c>, <c>refreshToken</c>.
/// <c>token_type</c> names no token (RFC 6749, 5.1).
/// </summary>
internal static partial class TokenMask
{
    private const string Mask = "…";

    private static readonly JsonSerializerOptions Compact = new(JsonOutput.Options) { WriteIndented = false };

    /// <summary>Of JSON the values of such members, wherever they are; of another text all that follows such a name, as nobody knows where it ends.</summary>
    public static string Hide(string text)
    {
        try
        {
            return JsonNode.Parse(text) is { } json and not JsonValue ? Hidden(json).ToJsonString(Compact) : Cut(text);
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            // No JSON, or a member of it stands there twice.
            return Cut(text);
        }
    }

    private static string Cut(string text) => Assigned().Match(text) is { Success: true } name ? text[..(name.Index + name.Length)] + Mask : text;

    private static JsonNode Hidden(JsonNode json) => json switch
    {
        JsonObject members => new JsonObject(members.Select(
            one => KeyValuePair.Create<string, JsonNode?>(one.Key, Name().IsMatch(one.Key) ? Mask : one.Value is { } value ? Hidden(value) : null))),
        JsonArray elements => new JsonArray([.. elements.Select(element => element is null ? null : Hidden(element))]),
        // A text may be JSON or a form itself.
        JsonValue value when value.TryGetValue<string>(out var text) => Hide(text),
        _ => json.DeepClone(),
    };

    [GeneratedRegex("token(?![_-]?type)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>A name with what assigns: of a form, a header, JSON, XML or HTML, also where that is encoded within another.</summary>
    [GeneratedRegex(
        """token(?![_-]?type)[\w-]{0,40}(?:["'\\\s]|&quot;|&#34;|%22|u0022){0,8}(?:[:=>]|%3[ad]|&gt;)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();
}
