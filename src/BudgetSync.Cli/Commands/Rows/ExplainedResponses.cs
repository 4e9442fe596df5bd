using System.Collections.Immutable;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>What an account's rows say of responses: of all rows the nearest that says anything decides.</summary>
internal static class ExplainedResponses
{
    /// <returns>
    /// A line for each response, and one for a snooze, with the row that says it: <c>DENY_NEW at Over is only watched, … (row default)</c>.
    /// </returns>
    public static ImmutableArray<string> Of(IReadOnlyList<RowEntry> rows, Resolution resolution)
    {
        if (resolution is not Resolution.Desired desired) return [];
        var present = desired.Parameter.From.Select(scope => rows.FirstOrDefault(row => row.Image.Key == scope.Key)?.Image).OfType<RowImage>().ToList();
        return [.. Lines("Responses"), .. Lines("Snooze").Select(line => $"none begins {line}")];

        IEnumerable<string> Lines(string attribute)
        {
            if (present.Find(row => row.Attributes.ContainsKey(attribute)) is not { } decides) return [];
            var said = RowResponses.Of([decides]);
            return attribute == "Responses" && said.Rules is { IsEmpty: false } rules
                ? rules.Select(rule => $"{ResponseWords.Of(rule)} (row {decides.Key})")
                : ResponseWords.Of(attribute, decides.Attributes.Items[attribute]) is { } words ? [$"{words} (row {decides.Key})"] : [];
        }
    }
}
