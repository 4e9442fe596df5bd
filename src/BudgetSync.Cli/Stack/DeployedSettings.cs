using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;

namespace BudgetSync.Cli.Stack;

/// <summary>
/// What the management stack says it was deployed with: the SSM parameter that it writes beside its functions, so that this tool judges rows by the very
/// settings they have. A member is null where the stack does not say it.
/// </summary>
/// <param name="Version">The parameter's version: it grows with each deployment that changes a setting.</param>
internal sealed record DeployedSettings(
    string? BudgetsTable,
    string? StatusTable,
    string? HistoryTable,
    string? ParameterName,
    string? BudgetName,
    ImmutableArray<string>? EmailRecipients,
    decimal? DefaultValue,
    ImmutableArray<string>? Currencies,
    AccountId? ManagementAccount,
    ImmutableArray<string>? Channels,
    bool Respond,
    bool Ai,
    SpendBounds SpendBounds,
    DeployedResponses? Responses,
    ImmutableArray<string>? DenyLists,
    long Version)
{
    /// <summary>Where the stack keeps them (cdk, Names.StackSettings).</summary>
    public const string Parameter = "/BudgetSync/Stack";

    /// <summary>Null where the text is no object of settings.</summary>
    public static DeployedSettings? Parse(string text, long version)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject json) return null;
            return new DeployedSettings(
                Text(json, "BudgetsTable"),
                Text(json, "StatusTable"),
                Text(json, "HistoryTable"),
                Text(json, "ParameterName"),
                Text(json, "BudgetName"),
                List(json, "EmailRecipient"),
                decimal.TryParse(Text(json, "DefaultValue"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null,
                List(json, "Currencies"),
                AccountId.TryParse(Text(json, "ManagementAccountId"), out var account) ? account : null,
                // "" where alerts go to the operations topic alone.
                List(json, "Channels") ?? (json.ContainsKey("Channels") ? [] : null),
                Text(json, "Respond") == "true",
                Text(json, "Ai") == "true",
                SpendBounds.Parse(Text(json, "SpendBounds") ?? "").Bounds,
                // Said by stacks with responses since they say what else those need, "" where they have none of it.
                json.ContainsKey("ControlPolicies")
                    ? new DeployedResponses(Text(json, "StopRegions") is not null, Text(json, "ControlPolicies") == "true", Text(json, "DenyLists") is not null)
                    : null,
                List(json, "DenyLists"),
                version);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableArray<string>? List(JsonObject json, string name) =>
        Text(json, name) is { } list ? [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : null;

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
