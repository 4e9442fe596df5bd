using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Envelopes;

namespace BudgetSync.Core.Page;

/// <summary>A <see cref="PageEnvelope"/> as <see cref="PageJson"/> writes it: what the tree shows.</summary>
internal sealed record StoredEnvelope
{
    public string? Scope { get; init; }

    public string? Name { get; init; }

    public int Depth { get; init; }

    /// <summary>Null where the unit has no envelope.</summary>
    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    public decimal Allocated { get; init; }

    public decimal Spent { get; init; }

    public decimal Expected { get; init; }

    public string? State { get; init; }

    public static StoredEnvelope Of(PageEnvelope unit) => new()
    {
        Scope = unit.Scope,
        Name = unit.Name,
        Depth = unit.Depth,
        Amount = unit.Amount?.Amount,
        Currency = unit.Amount?.Unit,
        Allocated = unit.Standing?.Allocated ?? 0,
        Spent = unit.Standing?.Spent ?? 0,
        Expected = unit.Standing?.Expected ?? 0,
        State = unit.Standing?.State.ToString(),
    };

    public PageEnvelope ToEnvelope() => new(
        Scope ?? "",
        Name ?? "",
        Depth,
        Amount is { } amount ? new Envelope(amount, Currency ?? "") : null,
        Enum.TryParse<SpendState>(State, out var state)
            ? new EnvelopeStanding(Allocated, Spent, Expected, 0, 0, state, new AllocationVerdict.Fits(), "")
            : null);
}
