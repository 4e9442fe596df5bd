using System.Collections.Immutable;
using System.Numerics;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Spend.Envelopes;

/// <summary>What an account gets of an envelope.</summary>
/// <param name="Own">True where the account's own row says it.</param>
public readonly record struct EnvelopeShare(AccountId Account, decimal Amount, bool Own)
{
    private const int Cents = 100;

    /// <summary>Weights are told apart to a millionth, so that they can be whole numbers: a share must not hang on the last digit of a division.</summary>
    private const decimal WeightUnit = 1_000_000m;

    /// <summary>
    /// The envelope's amount shared out, in order of account: own amounts first, the rest by weight, cents by largest remainder (the smaller account id where
    /// two are equal), so that the shares sum to the amount exactly. Where own amounts alone are more, nothing is left for the others. Empty for NONE.
    /// </summary>
    /// <param name="members">Each account once; in any order.</param>
    public static ImmutableArray<EnvelopeShare> Of(Envelope envelope, IEnumerable<EnvelopeMember> members)
    {
        if (envelope.Cascade == Cascade.NONE) return [];
        var accounts = members.OrderBy(member => member.Account).ToImmutableArray();
        var own = accounts.Where(member => member.OwnAmount is not null).Sum(member => Statistics.Bounded(member.OwnAmount ?? 0));
        var sharing = accounts.Where(member => member.OwnAmount is null).ToImmutableArray();
        var rest = new BigInteger(Math.Floor(Math.Max(0, Statistics.Bounded(envelope.Amount) - own) * Cents));
        var shares = Divide(rest, Weights(envelope.Cascade, sharing)).Zip(sharing, (cents, member) => (member.Account, Amount: (decimal)cents / Cents))
            .ToDictionary(share => share.Account, share => share.Amount);
        return
        [
            .. accounts.Select(member => member.OwnAmount is { } amount
                ? new EnvelopeShare(member.Account, amount, Own: true)
                : new EnvelopeShare(member.Account, shares[member.Account], Own: false)),
        ];
    }

    /// <summary>An account without history weighs what the one in the middle does; where nothing is known of any, each weighs the same.</summary>
    private static ImmutableArray<BigInteger> Weights(Cascade cascade, ImmutableArray<EnvelopeMember> sharing)
    {
        var known = sharing.Select(member => member.Weight).OfType<decimal>().Select(weight => Math.Max(0, Statistics.Bounded(weight))).ToList();
        if (cascade == Cascade.EQUAL || known.Sum() == 0) return [.. sharing.Select(_ => BigInteger.One)];
        var middle = Statistics.Median(known);
        return [.. sharing.Select(member => new BigInteger(Math.Round(Math.Max(0, Statistics.Bounded(member.Weight ?? middle)) * WeightUnit)))];
    }

    private static ImmutableArray<BigInteger> Divide(BigInteger cents, ImmutableArray<BigInteger> weights)
    {
        var sum = weights.Aggregate(BigInteger.Zero, BigInteger.Add);
        // All weights below a millionth: no account weighs more than another.
        if (sum.IsZero) return weights.IsEmpty ? [] : Divide(cents, [.. weights.Select(_ => BigInteger.One)]);
        var floors = weights.Select(weight => BigInteger.DivRem(cents * weight, sum)).ToImmutableArray();
        var left = (int)(cents - floors.Aggregate(BigInteger.Zero, (total, floor) => total + floor.Quotient));
        var richer = floors.Select((floor, index) => (floor.Remainder, index))
            .OrderByDescending(one => one.Remainder)
            .ThenBy(one => one.index)
            .Take(left)
            .Select(one => one.index)
            .ToHashSet();
        return [.. floors.Select((floor, index) => floor.Quotient + (richer.Contains(index) ? 1 : 0))];
    }
}
