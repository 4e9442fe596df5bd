using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Spend.Envelopes;

/// <summary>Where an envelope stands.</summary>
/// <param name="Allocated">Σ of the limits in force.</param>
/// <param name="Spent">Σ of what was spent.</param>
/// <param name="Expected">Σ of the forecasts; of an account without one, what it has spent.</param>
/// <param name="Accounts">How many have a budget that counts.</param>
/// <param name="Uncounted">How many are covered and have none; what they spend is not known here.</param>
/// <param name="State">By the same bounds as a budget's.</param>
/// <param name="Text">One line for people.</param>
public sealed record EnvelopeStanding(
    decimal Allocated,
    decimal Spent,
    decimal Expected,
    int Accounts,
    int Uncounted,
    SpendState State,
    AllocationVerdict Allocation,
    string Text)
{
    private const int LargestListed = 3;

    /// <param name="scope">The key of the row that has the envelope: <c>ou-ab12-11111111</c>.</param>
    /// <param name="name">The OU's name; "" where it has none.</param>
    /// <param name="members">Each account once; in any order.</param>
    public static EnvelopeStanding Of(string scope, string name, Envelope envelope, IEnumerable<EnvelopeMember> members, SpendBounds bounds)
    {
        var all = members.OrderBy(member => member.Account).ToImmutableArray();
        var counted = all.Where(member => member.Limit is not null).ToImmutableArray();
        var allocated = counted.Sum(member => Statistics.Bounded(member.Limit ?? 0));
        var spent = counted.Sum(member => Statistics.Bounded(member.Actual ?? 0));
        var expected = counted.Sum(Expect);
        var verdict = AllocationVerdict.Of(scope, envelope, allocated, counted.Length);
        var state = bounds.StateOf(new(envelope.Amount, envelope.Unit), new(spent, envelope.Unit), new(expected, envelope.Unit));
        var largest = counted.Where(member => Expect(member) > 0).OrderByDescending(Expect).ThenBy(member => member.Account).Take(LargestListed)
            .Select(member => $"{(member.Name.Length > 0 ? member.Name : member.Account.Value)} {Digits(Expect(member))}");
        var percent = (Statistics.Ratio(allocated, envelope.Amount) ?? 0) * 100;
        var uncounted = all.Length - counted.Length;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Envelope {scope}{(name.Length > 0 ? $" {name}" : "")}: {Digits(spent)} of {AmountText.Of(envelope.Amount, envelope.Unit)} spent, "
                + $"expected {Digits(expected)}; allocated {Digits(allocated)} ({percent:0} %) over {counted.Length} "
                + $"{(counted.Length == 1 ? "account" : "accounts")}"
                + $"{(uncounted > 0 ? $", {uncounted} more have no such budget" : "")}.");
        return new(allocated, spent, expected, counted.Length, uncounted, state, verdict, text + Listed([.. largest]));

        string Digits(decimal amount) => AmountText.Digits(amount, envelope.Unit);
    }

    private static string Listed(ImmutableArray<string> largest) => largest.IsEmpty ? "" : $" Largest: {string.Join(", ", largest)}.";

    private static decimal Expect(EnvelopeMember member) => Statistics.Bounded(member.Forecast ?? member.Actual ?? 0);
}
