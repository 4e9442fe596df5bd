using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Envelopes;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <summary>What a digest says beside the budgets that need attention: a line each, with the three that come first and how many more there are.</summary>
internal static class DigestSections
{
    private const int Named = 3;

    private const int NameLetters = 40;

    private const int ReasonLetters = 60;

    private const int ValueLetters = 330;

    /// <summary>Months in a row of which so little was spent that the account may not be in use.</summary>
    private const int IdlePeriods = 3;

    public static IEnumerable<AlertFact> Of(DigestContext context) =>
        new[] { NotCarriedOut(context), RoseMost(context), Unusual(context), Envelopes(context), Idle(context), Silent(context), Own(context) }
            .OfType<AlertFact>();

    /// <summary>States of accounts in which what rows say is not what their budgets are.</summary>
    public static readonly ImmutableArray<AccountState> NotCarriedOutStates =
        [AccountState.Rejected, AccountState.Failed, AccountState.Blocked, AccountState.Unchecked];

    private static AlertFact? NotCarriedOut(DigestContext context) =>
        Listed("Not carried out", context.Rows.Where(row => NotCarriedOutStates.Contains(row.State))
            .OrderBy(row => NotCarriedOutStates.IndexOf(row.State))
            .ThenBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => $"{Name(row.AccountName, row.Key)} {row.State}" + (row.Reasons.IsEmpty ? "" : $": {Cause(row.Reasons[0])}")));

    private static string Cause(string reason) => Shortened.Cut(Shortened.Line(reason), ReasonLetters);

    private static AlertFact? RoseMost(DigestContext context) =>
        Listed("Rose most", context.Rises.GroupBy(rise => rise.Account)
            .Select(account => account.MaxBy(rise => rise.Rise)!) // Not null: a group has one.
            .OrderByDescending(rise => rise.Rise)
            .ThenBy(rise => rise.Account, StringComparer.Ordinal)
            .Select(rise => $"{Name(rise.AccountName, rise.Account)} +{AmountText.Of(rise.Rise, rise.Unit)} a day "
                + $"({AmountText.Digits(rise.Before, rise.Unit)} before, {AmountText.Digits(rise.Now, rise.Unit)} now)")
            .Take(Named));

    private static AlertFact? Unusual(DigestContext context)
    {
        var names = context.Rows.ToDictionary(row => row.Key, row => row.AccountName, StringComparer.Ordinal);
        return Listed("Unusual costs", context.Anomalies.Where(anomaly => anomaly.IsOpenAt(context.Now))
            .GroupBy(anomaly => anomaly.Account)
            .SelectMany(account => account.OrderByDescending(anomaly => anomaly.Impact).Select((anomaly, place) => (Anomaly: anomaly, Further: place > 0)))
            // The largest of each account before the others of one.
            .OrderBy(one => one.Further)
            .ThenByDescending(one => one.Anomaly.Impact)
            .ThenBy(one => one.Anomaly.Account, StringComparer.Ordinal)
            .Select(one => one.Anomaly)
            .Select(anomaly => $"{Name(names.GetValueOrDefault(anomaly.Account) ?? "", anomaly.Account)} +{AmountText.Of(anomaly.Impact, "USD")}"
                + (anomaly.Cause.Length > 0 ? $" ({Shortened.Cut(Shortened.Line(anomaly.Cause), NameLetters)})" : "")));
    }

    private static AlertFact? Envelopes(DigestContext context) =>
        Listed("Envelopes", context.Envelopes.Where(NeedsAttention)
            .OrderByDescending(line => line.Standing.State)
            .ThenBy(line => line.Key, StringComparer.Ordinal)
            .Select(line =>
            {
                var (standing, amount) = (line.Standing, line.Envelope.Amount);
                return $"{Name(line.Name, line.Key)} of {AmountText.Of(amount, line.Envelope.Unit)}: allocated {Part(standing.Allocated, amount)}, "
                    + $"spent {Part(standing.Spent, amount)}, expected {Part(standing.Expected, amount)}";
            }));

    private static bool NeedsAttention(EnvelopeLine line) => line.Standing.Allocation is not AllocationVerdict.Fits || line.Standing.State >= SpendState.Over;

    /// <summary>Accounts whose every budget has been Unused for three periods.</summary>
    private static AlertFact? Idle(DigestContext context) =>
        Listed("Idle", context.Rows.Where(row => row.Spend.Items is { Length: > 0 } all && all.All(one => one.Memory.UnusedPeriods >= IdlePeriods))
            .OrderByDescending(row => row.Spend.Min(one => one.Memory.UnusedPeriods))
            .ThenBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => $"{Name(row.AccountName, row.Key)} ({LastSpent(row)})"));

    private static string LastSpent(StatusRow row) =>
        row.Spend.Max(one => one.Memory.LastSpentOn) is { } day ? $"last spent on {AmountText.Of(day)}" : "never spent";

    private static AlertFact? Silent(DigestContext context) =>
        Listed("No report for a day", context.Rows.Where(row => row.DesiredRevision is not null && Staleness.IsStale(row, context.Now))
            .OrderBy(row => row.ReportedAt)
            .ThenBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => Name(row.AccountName, row.Key) + (row.ReportedAt is { } at ? $" (last on {AmountText.Of(at)})" : " (never)")));

    private static AlertFact? Own(DigestContext context) => context.OwnCost is { } cost ? new AlertFact("BudgetSync itself", cost.ToString()) : null;

    private static AlertFact? Listed(string name, IEnumerable<string> things)
    {
        var all = things.ToImmutableArray();
        if (all.IsEmpty) return null;
        var more = all.Length > Named ? string.Create(CultureInfo.InvariantCulture, $"; and {all.Length - Named:#,0} more") : "";
        return new AlertFact(name, Shortened.Cut(string.Join("; ", all.Take(Named)), ValueLetters - more.Length) + more);
    }

    private static string Name(string name, string key) => name.Length > 0 ? Shortened.Cut(Shortened.Line(name), NameLetters) : key;

    private static string Part(decimal amount, decimal of) => AmountText.Percent(Statistics.Ratio(amount, of) ?? 0);
}
