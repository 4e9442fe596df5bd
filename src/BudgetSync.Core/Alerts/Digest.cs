using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <summary>One message about all accounts whose alerts go to a channel: how much is spent, and what needs attention most.</summary>
public static class Digest
{
    private const int HourOfDay = 6;

    /// <summary>
    /// Budgets of one digest. So many at their longest are half of what the strictest provider takes (Teams, 28 KB), which leaves room for the sections.
    /// </summary>
    private const int MostLines = 12;

    /// <summary>So many budgets of one account come before those of other accounts that need it less: one account does not fill a digest.</summary>
    private const int MostOfOne = 3;

    private const int NameLetters = 60;

    private const int ValueLetters = 150;

    /// <summary>The day of the newest digest whose time has come.</summary>
    public static DateOnly DayOf(DigestInterval interval, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime.AddHours(-HourOfDay));
        return interval == DigestInterval.Daily ? day : day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    /// <summary>When the digest of a day is due.</summary>
    public static DateTimeOffset DueOf(DateOnly day) => new(day, new TimeOnly(HourOfDay, 0), TimeSpan.Zero);

    public static Alert Of(DigestContext context)
    {
        var (rows, now) = (context.Rows, context.Now);
        var alerts = rows.SelectMany(row => SpendAlerts.Of(row, null, now).Concat(RestrictionAlerts.Of(row, null, now))).ToImmutableArray();
        var lines = alerts.GroupBy(alert => (alert.Account, alert.Budget))
            .OrderByDescending(same => same.Max(alert => alert.Urgency))
            .ThenByDescending(same => same.Count())
            .ThenBy(same => same.Key)
            .ToList();
        var rest = lines.GroupBy(same => same.Key.Account).SelectMany(account => account.Skip(MostOfOne)).ToHashSet();
        var listed = lines.OrderBy(rest.Contains)
            .Take(MostLines)
            .Select(same => Line([.. same.OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.Kind)]));
        var more = lines.Count > MostLines ? string.Create(CultureInfo.InvariantCulture, $" The {MostLines} that need it most are listed.") : "";
        var level = $"{context.Interval} digest of {AmountText.Of(context.Day)}";
        return new Alert(
            AlertKind.Digest, AlertSeverity.Info, AlertPhase.Opened, "", "", DayText.Format(context.Day), level, Summary(rows, alerts) + more, now)
        {
            Facts = [.. listed, .. DigestSections.Of(context)],
        };
    }

    private static AlertFact Line(ImmutableArray<Alert> alerts)
    {
        var levels = string.Join(", ", alerts.Select(alert => alert.Kind == AlertKind.Restriction ? $"restriction {alert.Level}" : alert.Level).Distinct());
        var spent = alerts.SelectMany(alert => alert.Facts.Where(fact => fact.Name is "Spent").Select(fact => fact.Value)).FirstOrDefault();
        var value = spent is null ? levels : $"{levels}; {spent}";
        return new AlertFact(Shortened.Cut(Shortened.Line(alerts[0].Subject), NameLetters), Shortened.Cut(Shortened.Line(value), ValueLetters));
    }

    private static string Summary(IReadOnlyCollection<StatusRow> rows, ImmutableArray<Alert> alerts)
    {
        var budgets = rows.SelectMany(row => row.Budgets.Where(budget => !budget.Missing)).ToList();
        var states = rows.SelectMany(row => row.Spend).Select(standing => standing.Memory.State).ToList();
        var clauses = new List<string>();
        foreach (var state in new[] { SpendState.Shutdown, SpendState.Critical, SpendState.Over })
            Add(states.Count(one => one == state), count => $"{count} {state}");
        // What is gone does not run out any more; its state is counted.
        Add(rows.Sum(row => row.Spend.Count(RunsOut)), count => $"{count} {(count == 1 ? "runs" : "run")} out before the period ends");
        Add(alerts.Count(alert => alert.Kind == AlertKind.Blind), count => $"{count} not computed by AWS");
        Add(states.Count(one => one == SpendState.Unused), count => $"{count} Unused");
        Add(
            rows.Sum(row => row.Restrictions.Count(one => one.State is RestrictionState.InForce)),
            count => $"{count} {(count == 1 ? "restriction" : "restrictions")} in force");
        foreach (var state in DigestSections.NotCarriedOutStates)
            Add(rows.Count(row => row.State == state), count => $"{Count(count, "account")} {state}");
        var what = clauses.Count == 0 ? "none needs attention" : string.Join(", ", clauses);
        return $"{Count(budgets.Count, "budget")} of {Count(rows.Count, "account")}: {what}.{Sums(budgets)}";

        void Add(int count, Func<int, string> clause)
        {
            if (count > 0) clauses.Add(clause(count));
        }
    }

    private static bool RunsOut(SpendStanding standing) => standing is { Memory: { RunwayLevel: not null, RunwayOver: false }, RunwayDays: > 0 };

    /// <summary>What monthly budgets of money have together; what a month and a year may cost are no sum.</summary>
    private static string Sums(IEnumerable<ReportedBudget> budgets)
    {
        var sums = budgets.Where(budget => budget is { Limit: > 0, ActualSpend: not null, Unit.Length: 3, Period.Days: >= 28 and <= 31 })
            .GroupBy(budget => budget.Unit)
            .OrderBy(unit => unit.Key, StringComparer.Ordinal)
            .Select(unit =>
            {
                var (spent, limit) = (unit.Sum(one => Statistics.Bounded(one.ActualSpend ?? 0)), unit.Sum(one => Statistics.Bounded(one.Limit ?? 0)));
                var part = AmountText.Percent(Statistics.Ratio(spent, limit) ?? 0);
                return $" Spent of {AmountText.Of(limit, unit.Key)} a month: {AmountText.Of(spent, unit.Key)} ({part}).";
            });
        return string.Concat(sums);
    }

    private static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
