using System.Globalization;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>All that is known of one account, for a person who asks about it.</summary>
internal static class AccountDetail
{
    /// <summary>Where values begin; those that are folded go on there.</summary>
    private const int Indent = 17;

    public static void Write(
        ConsoleContext terminal, CoverageLine line, IReadOnlyList<string> limits, IEnumerable<string> silent, AccountRoutes? routes,
        Snooze? snooze, DateTimeOffset now)
    {
        terminal.WriteFolded($"{line.Key}  {(line.Name.Length > 0 ? line.Name + "  " : "")}{line.State}", Indent);
        foreach (var reason in line.Reasons) Write("reason", reason);
        if (line.Advice.Length > 0) Write("to do", line.Advice);
        if (routes is not null) Write("notify", routes.Text);
        if (snooze is not null) Write("snooze", SnoozeText.Of(snooze));
        if (line.Status is not { } status) return;
        if (status.DesiredRevision is { } desired) Write("desired", $"{desired}{(status.From.IsEmpty ? "" : $" from {string.Join(", ", status.From)}")}");
        if (status.AppliedRevision is { } applied)
            Write("applied", $"{applied}{(status.DesiredRevision is { } wanted && wanted != applied ? " (not the desired one)" : "")}");
        foreach (var budget in status.Budgets)
        {
            Write("budget", Budget(budget));
            if (status.Spend.FirstOrDefault(standing => standing.BudgetName == budget.Name) is { } standing)
                foreach (var (name, text) in MoneyLines.Of(budget, standing, now)) Write(name, text);
        }

        foreach (var limit in limits) Write("limit", limit);
        foreach (var text in silent) Write("alerts", text);
        foreach (var topic in status.Topics) Write("topic", TopicsText.Of(topic));
        foreach (var adopted in status.Adopted) Write("taken over", adopted);
        var putRight = status.LastReport?.Revision == status.DesiredRevision ? " (put right)" : "";
        foreach (var drift in status.Drift) Write("drift", drift.Message + putRight);
        Write("edited", status.EditedAt);
        Write("propagated", status.PropagatedAt);
        Write("first applied", status.AppliedAt);
        if (status.Latency is { } latency) Write("took", Age.Of(latency));
        Write("reported", status.ReportedAt);
        Write("drift seen", status.DriftSeenAt);
        if (status.Attempts > 1) Write("tries", status.Attempts.ToString(CultureInfo.InvariantCulture));
        if (status.NextAttemptAt is { } next && next > now) terminal.WriteFolded($"  {"next try",-14} in {Age.Of(next - now)}", Indent);

        void Write(string name, object? value)
        {
            if (value is DateTimeOffset time) terminal.WriteFolded($"  {name,-14} {Age.At(time)}, {Age.Of(now - time)} ago", Indent);
            else if (value is not null) terminal.WriteFolded($"  {name,-14} {value}", Indent);
        }
    }

    /// <summary>The amounts are AWS's, of the last look: what its rows ask for now, the document says.</summary>
    private static string Budget(ReportedBudget budget) => string.Create(
        CultureInfo.InvariantCulture,
        $"{budget.Name}: {(budget.Limit is { } limit ? $"{Number.Money(limit, budget.Unit)} {budget.Unit}" : "limit not known yet")}, "
            + $"spent {Amount(budget.ActualSpend, budget.Unit)}, forecast {Amount(budget.ForecastedSpend, budget.Unit)}: {budget.SpendState}, as last reported"
            + $"{(budget.HealthProblem is { } problem ? $"; UNHEALTHY: {problem}" : "")}");

    private static string Amount(decimal? amount, string unit) => amount is { } known ? Number.Money(known, unit) : "not known yet";
}
