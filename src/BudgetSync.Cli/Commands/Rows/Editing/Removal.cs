using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>What happens in the accounts when a row goes: its <c>OnDelete</c> in words.</summary>
internal static class Removal
{
    /// <param name="then">All rows as they stand when it has gone.</param>
    public static string Describe(string key, RowImage? row, StackRows rows, IReadOnlyDictionary<string, RowImage> then)
    {
        AccountId? account = Scope.TryParse(key) is Scope.Account { Id: var id } ? id : null;
        var whom = account is not null ? "the account" : $"each of its {Number.Count(rows.CoveredBy(key).Length, "account")}";
        return OnDeleteOf(key, row, rows) switch
        {
            OnDelete.RETAIN => $"OnDelete RETAIN: {whom} keeps its budgets as they are, and nothing keeps them equal to a row any more",
            OnDelete.DELETE =>
                $"OnDelete DELETE: the budgets that BudgetSync made in {whom} are deleted and adopted ones given back, also where a row above covers it",
            _ when account is null => $"OnDelete REVERT: {whom} goes over to the row above it; where none is, its budgets are deleted",
            _ when rows.Resolve(account.Value, then) is Resolution.Desired desired && !desired.Parameter.From.IsEmpty =>
                $"OnDelete REVERT: the account goes over to the row of {desired.Parameter.From[0].Key}",
            _ => "OnDelete REVERT: no row above covers the account, so the budgets that BudgetSync made there are deleted and adopted ones given back",
        };
    }

    /// <summary>The nearest row that says it, as everywhere.</summary>
    private static OnDelete OnDeleteOf(string key, RowImage? row, StackRows rows)
    {
        var above = Scope.TryParse(key) is Scope.Account { Id: var account } ? rows.Present(account, rows.ByKey).Where(other => other.Key != key) : [];
        return new[] { row }.Concat(above).OfType<RowImage>()
            .Select(image => image.Attributes.TryGetValue("OnDelete", out var value) ? RowValueText.Plain(value) : null)
            .Select(word => Enum.TryParse<OnDelete>(word, out var kind) ? kind : (OnDelete?)null)
            .FirstOrDefault(kind => kind is not null) ?? OnDelete.REVERT;
    }
}
