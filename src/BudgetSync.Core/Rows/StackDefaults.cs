using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows;

/// <summary>What the stack's settings say for rows that leave it out.</summary>
/// <param name="BudgetName">Name of a budget whose row gives none, for example <c>SpokeAccountBudget</c>.</param>
/// <param name="EmailRecipients">Who is told where no row names anybody; may be empty.</param>
/// <param name="Partition">The AWS partition every ARN must stand in: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>, …</param>
/// <param name="ManagementAccount">The only account where an APPLY_SCP_POLICY action works. Null where it is not known (in a spoke): then AWS itself is the judge.</param>
public sealed record StackDefaults(string BudgetName, ImmutableArray<string> EmailRecipients, string Partition, AccountId? ManagementAccount)
{
    /// <summary>The limit of a COST budget for which no row gives an amount, in its unit; null (the usual) leaves such a row rejected.</summary>
    public decimal? BudgetValue { get; init; }

    /// <summary>What is wrong with the settings themselves, all at once; empty when nothing is. The things are named <c>BudgetName</c> and <c>EmailRecipients[i]</c>.</summary>
    public ImmutableArray<string> Problems()
    {
        var problems = new ProblemList();
        BudgetShapes.Name.TryRead(new ValueAt(new RowValue.Text(BudgetName), "BudgetName", problems), out _);
        BudgetShapes.Emails.TryRead(new ValueAt(new RowValue.List([.. EmailRecipients.Select(email => new RowValue.Text(email))]), "EmailRecipients", problems), out _);
        if (BudgetValue is { } value && BudgetShapes.Amount.TryRead(new ValueAt(new RowValue.Number(NumberText.Format(value)), "BudgetValue", problems), out _))
            AmountBuilder.CheckDecimals(value, BudgetType.COST, "BudgetValue", problems);
        return [.. problems.All.Select(problem => problem.ToString())];
    }

    public bool Equals(StackDefaults? other) =>
        other is not null
        && (BudgetName, Partition, ManagementAccount, BudgetValue) == (other.BudgetName, other.Partition, other.ManagementAccount, other.BudgetValue)
        && EmailRecipients.SequenceEqual(other.EmailRecipients);

    public override int GetHashCode() => HashCode.Combine(BudgetName, Partition, ManagementAccount);
}
