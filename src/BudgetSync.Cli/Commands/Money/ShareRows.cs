using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>The rows that give accounts their shares of envelopes. A share is marked as one, so that the next sharing does not take it for own.</summary>
/// <param name="LeftOut">Whose share no row can say, and why.</param>
internal sealed record ShareRows(ImmutableArray<RowImage> Rows, ImmutableArray<string> LeftOut)
{
    private static readonly string[] OtherWays = ["Budgets", "PlannedBudgetLimits", "AutoAdjustData", "Changes"];

    /// <param name="lines">The envelopes with their shares.</param>
    /// <param name="rows">All rows, by key.</param>
    /// <param name="periodOf">The period of the one budget that an account has by these rows; null where it has none, several, or rejected rows.</param>
    public static ShareRows Of(
        ImmutableArray<EnvelopeLine> lines,
        IReadOnlyDictionary<string, RowImage> rows,
        Func<AccountId, IReadOnlyDictionary<string, RowImage>, TimeUnit?> periodOf)
    {
        var before = rows.ToImmutableDictionary(StringComparer.Ordinal);
        var periods = lines.ToDictionary(line => line.Key, line => line.Envelope.TimeUnit, StringComparer.Ordinal);
        var (made, left) = (ImmutableArray.CreateBuilder<RowImage>(), ImmutableArray.CreateBuilder<string>());
        foreach (var shares in lines.SelectMany(line => line.Shares.Where(share => !share.Own).Select(share => (line.Key, Share: share)))
            .GroupBy(entry => entry.Share.Account)
            .OrderBy(group => group.Key))
        {
            var account = shares.Key.Value;
            var row = rows.GetValueOrDefault(account);
            if (shares.Skip(1).Any())
                left.Add($"{account}: gets shares of {string.Join(" and ", shares.Select(entry => entry.Key))}; one account has one amount, so no row says it");
            else if (OtherWays.FirstOrDefault(name => row?.Attributes.ContainsKey(name) == true) is { } other)
                left.Add($"{account}: its row has {other}, beside which one amount does not say it");
            else if (shares.First().Share.Amount == 0)
                left.Add($"{account}: nothing is left for it, and no budget is of 0");
            else if (Row(account, row, shares.First().Key, shares.First().Share.Amount) is var after && !after.Equals(row))
            {
                // A share of a month's money is no amount for a day or a year.
                var (wanted, period) = (periods[shares.First().Key], periodOf(shares.Key, before.SetItem(account, after)));
                if (period is { } found && found != wanted)
                    left.Add($"{account}: its budget is {found} and the envelope {wanted}; a share of the one is no amount of the other");
                else made.Add(after);
            }
        }

        return new(made.ToImmutable(), left.ToImmutable());
    }

    private static RowImage Row(string account, RowImage? row, string scope, decimal amount) => new(
        (row?.Attributes.Items ?? ImmutableSortedDictionary.Create<string, RowValue>(StringComparer.Ordinal))
            .SetItem("AccountId", new RowValue.Text(account))
            .SetItem("BudgetValue", new RowValue.Number(amount.ToString("0.##", CultureInfo.InvariantCulture)))
            .SetItem(RowEnvelope.SharedFrom, new RowValue.Text(scope)));
}
