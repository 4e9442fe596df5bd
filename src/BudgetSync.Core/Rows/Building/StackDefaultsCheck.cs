using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Judges the stack's settings by the rules of rows.</summary>
public static class StackDefaultsCheck
{
    /// <summary>
    /// What is wrong with the settings themselves, all at once; empty when nothing is. The things are named <c>BudgetName</c>, <c>EmailRecipients[i]</c>,
    /// <c>BudgetValue</c> and <c>Currencies</c>.
    /// </summary>
    public static ImmutableArray<string> Problems(this StackDefaults defaults)
    {
        var problems = new ProblemList();
        var emails = new RowValue.List([.. defaults.EmailRecipients.Select(email => new RowValue.Text(email))]);
        BudgetShapes.Name.TryRead(new ValueAt(new RowValue.Text(defaults.BudgetName), "BudgetName", problems), out _);
        BudgetShapes.Emails.TryRead(new ValueAt(emails, "EmailRecipients", problems), out _);
        if (defaults.BudgetValue is { } value
            && BudgetShapes.Amount.TryRead(new ValueAt(new RowValue.Number(NumberText.Format(value)), "BudgetValue", problems), out _))
        {
            AmountBuilder.CheckDecimals(value, BudgetType.COST, "BudgetValue", problems);
        }

        foreach (var currency in defaults.Currencies.Where(currency => !Patterns.Currency().IsMatch(currency)))
            problems.Add(RowRules.UnitOfCost, "Currencies", $"{ValueAt.Quote(currency)} is no currency code; write for example USD");
        return [.. problems.All.Select(problem => problem.ToString())];
    }
}
