using System.Globalization;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>What <c>status --csv</c> prints: columns are added at the end only.</summary>
internal static class CoverageCsv
{
    private static readonly string[] Columns =
    [
        "AccountId", "Name", "State", "Reasons", "Advice", "DesiredRevision", "AppliedRevision", "From", "EditedAt", "AppliedAt", "ReportedAt",
    ];

    public static string Of(IEnumerable<CoverageLine> lines) => CsvText.Of(Columns, lines.Select(line => new[]
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
    }));

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
