using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Spend.Envelopes;

/// <summary>Whether accounts are allowed more together than their envelope, and what that means.</summary>
public abstract record AllocationVerdict
{
    private AllocationVerdict()
    {
    }

    /// <summary>Within the envelope, or over-allocated where that is allowed.</summary>
    public sealed record Fits : AllocationVerdict;

    /// <summary>Over-allocated, and to be said.</summary>
    public sealed record Warned(string Text) : AllocationVerdict;

    /// <summary>Over-allocated, and the edit that makes it so is to be refused.</summary>
    public sealed record Rejected(string Text) : AllocationVerdict;

    /// <param name="scope">The key of the row that has the envelope.</param>
    public static AllocationVerdict Of(string scope, Envelope envelope, decimal allocated, int accounts)
    {
        if (allocated <= envelope.Amount || envelope.OverAllocation == OverAllocation.ALLOW) return new Fits();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Envelope: {AmountText.Of(allocated, envelope.Unit)} are allocated to {accounts} accounts under {scope}, "
                + $"{Digits(allocated - envelope.Amount)} more than the envelope's {Digits(envelope.Amount)}; "
                + $"lower their amounts, raise Envelope.Amount, or write OverAllocation ALLOW");
        return envelope.OverAllocation == OverAllocation.REJECT ? new Rejected(text) : new Warned(text);

        string Digits(decimal amount) => AmountText.Digits(amount, envelope.Unit);
    }
}
