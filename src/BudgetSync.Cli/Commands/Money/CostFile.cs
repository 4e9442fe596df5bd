using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>
/// What accounts cost, from a CSV file: <c>AccountId,Month,Amount</c>, a line for each month of each account, in the currency of the budgets. For months
/// that the history does not have, as a bill or Cost Explorer exports them.
/// </summary>
internal static class CostFile
{
    private static readonly string[] Heading = ["AccountId", "Month", "Amount"];

    /// <exception cref="CommandException">The file cannot be read, or something in it: all of that at once.</exception>
    public static async Task<ImmutableDictionary<AccountId, ImmutableArray<MonthlyCost>>> ReadAsync(string path, CancellationToken cancellation)
    {
        string text;
        try
        {
            text = await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{path}: cannot be read: {exception.Message}");
        }

        var reader = new CsvReader(path, text.TrimStart('\uFEFF'));
        if (reader.Read() is not { } first || !first.Cells.SequenceEqual(Heading, StringComparer.OrdinalIgnoreCase))
            throw new CommandException($"{path}: the first line must be {string.Join(',', Heading)}, and then a line for each month of each account");
        var problems = new List<string>();
        var costs = new Dictionary<(AccountId Account, DateOnly Month), decimal>();
        while (reader.Read() is { } record)
        {
            if (Parse(record.Cells) is not ({ } account, { } month, { } amount))
                problems.Add($"line {record.Line}: \"{string.Join(',', record.Cells)}\" is no cost; write for example 111122223333,2026-10,1234.56");
            else if (!costs.TryAdd((account, month), amount))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"line {record.Line}: {account} has {month:yyyy-MM} twice; keep one of them"));
        }

        if (problems.Count > 0) throw new CommandException(Printable.Line($"{path}: {string.Join("; ", problems.Take(20))}"));
        return costs.GroupBy(cost => cost.Key.Account)
            .ToImmutableDictionary(group => group.Key, group => group.Select(cost => new MonthlyCost(cost.Key.Month, cost.Value)).ToImmutableArray());
    }

    private static (AccountId? Account, DateOnly? Month, decimal? Amount) Parse(IReadOnlyList<string> cells) => cells.Count != Heading.Length
        ? (null, null, null)
        : (
            AccountId.TryParse(cells[0], out var account) ? account : null,
            DateOnly.TryParseExact($"{cells[1]}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null,
            decimal.TryParse(cells[2], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                ? amount
                : null);
}
