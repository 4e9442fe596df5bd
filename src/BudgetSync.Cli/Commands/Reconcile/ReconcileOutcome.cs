using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Reconcile;

/// <summary>What a reconcile came to, in each of its forms: how many accounts are in which state.</summary>
internal static class ReconcileOutcome
{
    public static async Task WriteAsync(ConsoleContext terminal, JsonObject outcome, AccountListWish<CoverageState> wish)
    {
        switch (wish.Form)
        {
            case PrintForm.Json:
                await terminal.Whole.WriteLineAsync(outcome.ToJsonString(JsonOutput.Options));
                break;
            case PrintForm.Csv:
                await terminal.Out.WriteAsync(CsvText.Of(
                    ["State", "Accounts"],
                    States(outcome, wish).Select(state => new[] { state.Name, state.Count.ToString(CultureInfo.InvariantCulture) })));
                break;
            default:
                foreach (var (name, count) in States(outcome, wish)) await terminal.Out.WriteLineAsync($"{Number.Of(count),6} {name}");
                terminal.WriteFolded(
                    $"{Number.Count(NumberOf(outcome, "written"), "parameter")} written. What they come to in each account is in 'budgetsync status' within "
                        + "a minute.");
                break;
        }
    }

    /// <summary>A number of the outcome; 0 where it does not say it.</summary>
    public static int NumberOf(JsonObject outcome, string name) => outcome[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    /// <summary>The words of status: a parameter that is written and not reported yet is pending there.</summary>
    private static List<(string Name, int Count)> States(JsonObject outcome, AccountListWish<CoverageState> wish)
    {
        var states = (outcome["accounts"] as JsonObject ?? [])
            .GroupBy(state => state.Key == "Propagated" ? "Pending" : state.Key, StringComparer.Ordinal)
            .Select(state => (state.Key, state.Sum(counted => (int?)counted.Value ?? 0)))
            .ToList();
        if (wish.Sort is not null) states = [.. states.OrderBy(state => state.Key, StringComparer.Ordinal)];
        if (wish.Sort is { Backwards: true }) states.Reverse();
        return states;
    }
}
