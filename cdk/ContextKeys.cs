using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Cdk;

/// <summary>
/// Finds keys of CDK context that no setting has. CDK takes any key, so that a misspelt one (<c>chanels</c>) would deploy as if the setting had been left away,
/// and take away what it made.
/// </summary>
internal static class ContextKeys
{
    /// <summary>What a key of somebody's own begins with, as an attribute of a row does.</summary>
    private const string Own = "x-";

    /// <summary>
    /// All keys of the context, from where the CDK CLI hands it over: a variable, and a file for what is too long for one (aws/aws-cdk,
    /// packages/aws-cdk-lib/core/lib/app.ts, loadContext). Constructs can be asked for one key only.
    /// </summary>
    /// <param name="variable">An environment variable's value; null where there is none.</param>
    public static ImmutableArray<string> Of(Func<string, string?> variable)
    {
        var longer = variable("CONTEXT_OVERFLOW_LOCATION_ENV") is { Length: > 0 } path && File.Exists(path) ? File.ReadAllText(path) : null;
        return [.. Keys(variable("CDK_CONTEXT_JSON")), .. Keys(longer)];
    }

    private static IEnumerable<string> Keys(string? json) =>
        string.IsNullOrEmpty(json) ? [] : (JsonNode.Parse(json) as JsonObject ?? []).Select(member => member.Key);

    /// <param name="given">All keys that CDK has.</param>
    /// <param name="settings">Those that are settings.</param>
    public static ImmutableArray<string> Problems(IEnumerable<string> given, IReadOnlyCollection<string> settings) =>
    [
        .. given.Where(key => !settings.Contains(key) && !IsOfCdk(key) && !key.StartsWith(Own, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(key => $"{key}: is no setting; {WayOut(key, settings)} (a key of your own may begin with {Own})"),
    ];

    private static string WayOut(string key, IReadOnlyCollection<string> settings) =>
        NearestName.Of(key, settings) is { } nearest ? $"did you mean {nearest}?"
            : "remove it, or see the table of settings in cdk/README.md";

    /// <summary>
    /// Feature flags (<c>@aws-cdk/…</c>), what the CLI sets (<c>aws:cdk:…</c>, <c>aws-cdk:…</c>) and what lookups left
    /// (<c>availability-zones:account=…</c>): none of them is a name alone (AWS CDK developer guide, "Context values and the AWS CDK").
    /// </summary>
    private static bool IsOfCdk(string key) => key.AsSpan().ContainsAny(':', '/', '@');
}
