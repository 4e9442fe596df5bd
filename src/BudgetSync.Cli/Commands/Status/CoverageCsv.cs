using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>
/// What <c>status --csv</c> prints: columns are added at the end only. The money is that of the budget of which most is used, as on the screen.
/// </summary>
internal static class CoverageCsv
{
    private static readonly string[] Columns =
    [
        "AccountId", "Name", "State", "Reasons", "Advice", "DesiredRevision", "AppliedRevision", "From", "EditedAt", "AppliedAt", "ReportedAt",
        "Budget", "Limit", "Unit", "Spent", "Percent", "Pace", "TimeUnit", "Notify",
    ];

    /// <param name="lines">As shown.</param>
    /// <param name="routes">Who hears of an account; null where that is not known.</param>
    public static string Of(IEnumerable<CoverageLine> lines, Func<string, AccountRoutes?> routes) => CsvText.Of(Columns, lines.Select(line => new[]
    {
        line.Key,
        line.Name,
        line.State.ToString(),
        string.Join("; ", line.Reasons),
        line.Advice,
        line.Status?.DesiredRevision,
        line.Status?.AppliedRevision,
        string.Join(", ", line.Status?.From ?? []),
        Time(line.Status?.EditedAt),
        Time(line.Status?.AppliedAt),
        Time(line.Status?.ReportedAt),
        SpendCells.Fullest(line)?.Name,
        Amount(SpendCells.Fullest(line)?.Limit),
        SpendCells.Fullest(line)?.Unit,
        Amount(SpendCells.Spent(line)),
        Amount(Rounded(SpendCells.Percent(line), 1)),
        Amount(Rounded(SpendCells.Pace(line), 2)),
        SpendCells.Fullest(line)?.Period?.Unit.ToString(),
        line.IsAccount ? string.Join(", ", routes(line.Key)?.Routes ?? []) : null,
    }));

    private static string? Amount(decimal? amount) => amount is { } known ? Number.Plain(known) : null;

    private static decimal? Rounded(decimal? number, int decimals) => number is { } known ? Math.Round(known, decimals) : null;

    private static string? Time(DateTimeOffset? time) => time is { } known ? UtcText.Milliseconds(known) : null;
}
