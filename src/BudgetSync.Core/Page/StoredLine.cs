using BudgetSync.Core.Coverage;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>A <see cref="PageLine"/> as <see cref="PageJson"/> writes it: what the table shows, without history and without explanations.</summary>
internal sealed record StoredLine
{
    public string? Account { get; init; }

    public string? Name { get; init; }

    public string? Unit { get; init; }

    public string? Budget { get; init; }

    public string? Row { get; init; }

    public string? Spend { get; init; }

    public decimal? Limit { get; init; }

    public decimal? Actual { get; init; }

    public decimal? Forecast { get; init; }

    public string? Currency { get; init; }

    public decimal? Pace { get; init; }

    public DateOnly? Exhausted { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    public string? Doubt { get; init; }

    public string? Snoozed { get; init; }

    public static StoredLine Of(PageLine line) => new()
    {
        Account = line.Account,
        Name = Word(line.Name),
        Unit = Word(line.Unit),
        Budget = Word(line.Budget),
        Row = line.Row.ToString(),
        Spend = line.Spend.ToString(),
        Limit = line.Limit,
        Actual = line.Actual,
        Forecast = line.Forecast,
        Currency = Word(line.Currency),
        Pace = line.Pace,
        Exhausted = line.ExhaustedOn,
        AsOf = line.AsOf,
        Doubt = Word(line.Doubt),
        Snoozed = Word(line.Snoozed),
    };

    public PageLine ToLine() => new(
        Account ?? "",
        Name ?? "",
        Unit ?? "",
        Budget ?? "",
        Enum.TryParse<CoverageState>(Row, out var row) ? row : CoverageState.Unchecked,
        Enum.TryParse<SpendState>(Spend, out var spend) ? spend : SpendState.Unknown)
    {
        Limit = Limit,
        Actual = Actual,
        Forecast = Forecast,
        Currency = Currency ?? "",
        Pace = Pace,
        ExhaustedOn = Exhausted,
        AsOf = AsOf,
        Doubt = Doubt ?? "",
        Snoozed = Snoozed ?? "",
    };

    private static string? Word(string text) => text.Length > 0 ? text : null;
}
