namespace BudgetSync.Core.Budgets;

#pragma warning disable CA1707 // The members are spelt as a row spells them.

/// <summary>How an envelope's amount comes down to the accounts it covers.</summary>
public enum Cascade
{
    /// <summary>Not at all: each account has the amount that its rows say.</summary>
    NONE,

    /// <summary>The same for each.</summary>
    EQUAL,

    /// <summary>By weight: what they usually cost, or what a row says.</summary>
    PROPORTIONAL,
}

/// <summary>What happens where the accounts are allowed more together than their envelope.</summary>
public enum OverAllocation
{
    /// <summary>It is said.</summary>
    WARN,

    /// <summary>The edit that makes it so is refused.</summary>
    REJECT,

    /// <summary>Nothing: not everybody spends it all.</summary>
    ALLOW,
}

#pragma warning restore CA1707

/// <summary>One amount for all accounts that a row covers: an OU's, the root's or everybody's.</summary>
/// <param name="Amount">Above 0, at most two decimals.</param>
/// <param name="Unit">A currency; budgets of another do not count.</param>
/// <param name="TimeUnit">Budgets of another do not count.</param>
public sealed record Envelope(
    decimal Amount,
    string Unit,
    TimeUnit TimeUnit = TimeUnit.MONTHLY,
    Cascade Cascade = Cascade.NONE,
    OverAllocation OverAllocation = OverAllocation.WARN);
