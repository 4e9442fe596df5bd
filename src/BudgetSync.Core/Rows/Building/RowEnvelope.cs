using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>What one row says of envelopes.</summary>
public static class RowEnvelope
{
    /// <summary>
    /// The user's own attribute that marks an amount as a share of the envelope of that scope, so that the next sharing does not take it for own.
    /// </summary>
    public const string SharedFrom = "x-envelope";

    private const string Value = "BudgetValue";

    /// <summary>The envelope of a row for several accounts; null where it has none, or none that can be read.</summary>
    public static Envelope? Of(RowImage row, StackDefaults defaults)
    {
        if (!row.Attributes.ContainsKey(RowAttributes.Envelope) || Scope.TryParse(row.Key) is null or Scope.Account) return null;
        var envelope = RowReader.Read(row, "", new ProblemList()).Envelope?.Value;
        return envelope is { Unit.Length: 0 } ? envelope with { Unit = defaults.Currencies.FirstOrDefault(StackDefaults.Currency) } : envelope;
    }

    /// <summary>The weight that a row gives; null where it gives none.</summary>
    public static decimal? WeightOf(RowImage row) => row.Attributes.ContainsKey("Weight") ? RowReader.Read(row, "", new ProblemList()).Weight?.Value : null;

    /// <summary>True where the account's own row says its amount itself, and not as a share of the scope's envelope.</summary>
    public static bool HasOwnAmount(RowImage row, string scope) =>
        row.Attributes.ContainsKey(Value)
        && !(row.Attributes.TryGetValue(SharedFrom, out var from) && from is RowValue.Text { Value: var shared } && shared == scope);
}
