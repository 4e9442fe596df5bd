using System.Globalization;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>What is known of one budget's money beside its amounts: how fast it goes, how long it lasts, and how far the amounts can be trusted.</summary>
internal static class MoneyLines
{
    public static IEnumerable<(string Name, string Text)> Of(ReportedBudget budget, SpendStanding standing, DateTimeOffset now)
    {
        var percent = budget is { Limit: > 0 and var limit, ActualSpend: { } actual } && actual <= limit * 1_000_000
            ? Text($"{actual / limit * 100:0.0} % spent")
            : null;
        var pace = standing.Pace is { } ratio ? Text($"pace {ratio:0.00}×") : null;
        var burn = standing.BurnPerDay is { } perDay ? $"{Number.Money(perDay, budget.Unit)} {budget.Unit} a day" : null;
        var runway = standing.ExhaustedOn is { } day ? Text($"runs out on {day:yyyy-MM-dd}") : null;
        string[] parts = [.. new[] { percent, pace, burn, runway }.OfType<string>()];
        if (parts.Length > 0) yield return ("money", string.Join(", ", parts));
        // Without a look for more than a day the row itself says nothing of it: nobody has written it since.
        var known = SpendAssessment.WithoutLook(standing.Memory, now);
        foreach (var why in standing.Why) yield return ("because", why);
        if (standing.Memory.LastLookAt is { } look) yield return ("looked", $"{Age.At(look)}, {Age.Of(now - look)} ago");
        switch (known.Freshness)
        {
            case Freshness.Held(var since, var reason):
                var which = since is { } at ? $"those of {Age.At(at)}" : "not known";
                yield return ("held", $"{reason}, and AWS has not computed it since; the amounts are {which}");
                break;
            case Freshness.Blind(var reasons):
                foreach (var reason in reasons) yield return ("blind", $"{budget.Name} {reason.Text}");
                break;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
