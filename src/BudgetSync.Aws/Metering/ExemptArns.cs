using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// Roles that a deny policy does not bind, one entry of its condition <c>{"ArnNotLike":{"aws:PrincipalARN":["arn:*:iam::*:role/breakglass/*"]}}</c>.
/// </summary>
/// <param name="Pattern">
/// Of path and name, without the first slash: <c>breakglass/*</c>; a star for any letters, also for slashes (IAM user guide, "ARN condition operators"): what
/// begins with <c>stacksets-exec-</c> is a name or a path.
/// </param>
internal sealed record ExemptArns(string Pattern)
{
    private const string Role = ":role/";

    public static ImmutableArray<ExemptArns> Of(string document) => [.. Arns(document).Select(Read).OfType<ExemptArns>()];

    /// <param name="role">With its path.</param>
    public bool IsOf(Principal role) => Wildcard.Matches(Pattern, $"{role.Path}{role.Name}"[1..], StringComparison.Ordinal);

    private static ExemptArns? Read(string arn)
    {
        var at = arn.IndexOf(Role, StringComparison.Ordinal);
        return at < 0 ? null : new ExemptArns(arn[(at + Role.Length)..]);
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
