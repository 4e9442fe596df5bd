using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What is told of envelopes, by the states of budgets: <c>ou-ab12-11111111/envelope/2026-11/Envelope</c> opens and resolves one, because no account stands for
/// it but the row that has it.
/// </summary>
public static class EnvelopeAlerts
{
    /// <summary>What stands for a budget's name.</summary>
    public const string Budget = "envelope";

    private const string Limit = "Limit";

    /// <summary>
    /// For so long at least it is as it was told: a forecast that moves about a bound is one alert (spend-and-response.md, F3: a state falls after two looks
    /// eight hours apart).
    /// </summary>
    private static readonly TimeSpan Settles = TimeSpan.FromHours(8);

    /// <summary>None below Over.</summary>
    /// <param name="told">What the ledger knows of it; null where it was not told.</param>
    /// <param name="note">What the row says for people; null where it says nothing.</param>
    public static Alert? Of(EnvelopeLine line, OpenAlert? told, string? note, DateTimeOffset now)
    {
        var (standing, envelope) = (line.Standing, line.Envelope);
        var period = AlertFacts.PeriodName(BudgetPeriod.Of(envelope.TimeUnit, DateOnly.FromDateTime(now.UtcDateTime)));
        ImmutableArray<AlertFact> facts =
        [
            new("Spent", Part(standing.Spent)), new(Limit, AmountText.Of(envelope.Amount, envelope.Unit)), new("Forecast", Part(standing.Expected)),
            new("Allocated", Part(standing.Allocated)), new("Accounts", standing.Accounts.ToString(CultureInfo.InvariantCulture)),
        ];
        var isOver = standing.State >= SpendState.Over;
        if (!isOver && !(told is not null && told.Period == period && now - told.ToldAt < Settles && told.Facts.Contains(facts[1]))) return null;
        var severity = isOver ? SpendAlerts.SeverityOf(standing.State) : AlertSeverity.Warning;
        var level = isOver ? standing.State.ToString() : told!.Levels.LastOrDefault(""); // Not null: the line before.
        return new Alert(AlertKind.Envelope, severity, AlertPhase.Opened, line.Key, Budget, period, level, standing.Text, now)
        {
            AccountName = line.Name.Length > 0 ? line.Name : null,
            Note = note,
            Facts = facts,
        };

        string Part(decimal amount) => $"{AmountText.Of(amount, envelope.Unit)} ({AmountText.Percent(Statistics.Ratio(amount, envelope.Amount) ?? 0)})";
    }

    /// <summary>The message that it is over.</summary>
    /// <param name="line">Null where the row has no envelope any more.</param>
    public static Alert Over(OpenAlert told, string key, EnvelopeLine? line, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var ended = line is not null && AlertFacts.PeriodName(BudgetPeriod.Of(line.Envelope.TimeUnit, today)) != told.Period;
        var text = line is null ? $"The row {key} has no envelope any more."
            : ended ? $"The envelope of {key}: a new period began."
            : $"It is {line.Standing.State} now. {line.Standing.Text}";
        return new Alert(told.Kind, told.Severity, AlertPhase.Resolved, key, Budget, told.Period, told.Levels.LastOrDefault(""), text, now)
        {
            AccountName = line is { Name.Length: > 0 } ? line.Name : null,
            Facts = ended ? told.Facts : [],
        };
    }
}
