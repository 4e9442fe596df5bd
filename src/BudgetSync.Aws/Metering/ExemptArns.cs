using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// Roles that a deny policy does not bind, one entry of its condition <c>{"ArnNotLike":{"aws:PrincipalARN":["arn:*:iam::*:role/breakglass/*"]}}</c>.
/// </summary>
/// <param name="Path">The path below which they are, as far as it is said: <c>/breakglass/</c>.</param>
/// <param name="Pattern">Of path and name, without the first slash: <c>breakglass/*</c>; a star for any letters.</param>
internal sealed record ExemptArns(string Path, string Pattern)
{
    private const string Role = ":role/";

    public static ImmutableArray<ExemptArns> Of(string document) => [.. Arns(document).Select(Read).OfType<ExemptArns>()];

    /// <param name="role">With its path.</param>
    public bool IsOf(Principal role) => Wildcard.Matches(Pattern, $"{role.Path}{role.Name}"[1..], StringComparison.Ordinal);

    private static ExemptArns? Read(string arn)
    {
        var at = arn.IndexOf(Role, StringComparison.Ordinal);
        if (at < 0) return null;
        var pattern = arn[(at + Role.Length)..];
        var literal = pattern.IndexOf(Wildcard.Any) is >= 0 and var star ? pattern[..star] : pattern;
        return new ExemptArns("/" + literal[..(literal.LastIndexOf('/') + 1)], pattern);
    }

    private static IEnumerable<string> Arns(string document)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(document);
        }
        catch (JsonException)
        {
            return [];
        }

        var statements = (root as JsonObject)?["Statement"] switch { JsonArray many => many.OfType<JsonObject>(), JsonObject one => [one], _ => [] };
        return statements.Select(statement => ((statement["Condition"] as JsonObject)?["ArnNotLike"] as JsonObject)?["aws:PrincipalARN"])
            .SelectMany(list => list switch { JsonArray many => many.Select(one => $"{one}"), JsonValue one => [$"{one}"], _ => [] });
    }
}
