using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>Recommendations as people and scripts read them.</summary>
internal static class RecommendationsView
{
    public static void Write(ConsoleContext terminal, IReadOnlyList<RecommendationLine> lines)
    {
        TextColumn[] columns =
        [
            new("ACCOUNT"), new("NAME", Goes: 3, Shortest: 8), new("NOW", Right: true), new("RECOMMENDED", Right: true), new("CLASS", Goes: 1),
            new("CONFIDENCE", Goes: 2), new("WHY", Shortest: 24, MostLines: 6),
        ];
        TableScreen.Write(terminal, columns, [.. lines.Select(Cells)]);
        foreach (var line in lines.Where(line => line.NoRow.Length > 0))
            terminal.TellFolded(Printable.Line($"{line.Recommendation.Account}: no row says it: {line.NoRow}"), indent: 4);
    }

    public static string Json(IReadOnlyList<RecommendationLine> lines) => new JsonArray([.. lines.Select(line => new JsonObject
    {
        ["accountId"] = line.Recommendation.Account.Value,
        ["name"] = line.Name,
        ["now"] = line.Recommendation.Now,
        ["recommended"] = line.Recommendation.Amount,
        ["unit"] = line.Recommendation.Unit,
        ["class"] = line.Recommendation.Class.ToString(),
        ["confidence"] = line.Recommendation.Confidence.ToString(),
        ["method"] = line.Recommendation.Method.ToString(),
        ["why"] = line.Recommendation.Why,
        ["noRow"] = line.NoRow.Length > 0 ? line.NoRow : null,
    })]).ToJsonString(JsonOutput.Options);

    private static string[] Cells(RecommendationLine line)
    {
        var recommendation = line.Recommendation;
        return
        [
            recommendation.Account.Value, line.Name, Amount(recommendation.Now, recommendation), Amount(recommendation.Amount, recommendation),
            $"{recommendation.Class}", $"{recommendation.Confidence}", recommendation.Why,
        ];
    }

    private static string Amount(decimal? amount, Recommendation recommendation) => amount is { } known ? $"{Number.Exact(known)} {recommendation.Unit}" : "-";
}
