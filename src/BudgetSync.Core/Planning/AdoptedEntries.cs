using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Planning;

/// <summary>Budgets that an account has as entries of <c>Budgets</c> in its row.</summary>
internal static class AdoptedEntries
{
    private const string Topic = "SnsTopicArn";
    private const string Unit = "Unit";

    /// <param name="above">The rows of the account's OUs, the root and default, nearest first: who is told is inherited by an entry that does not say.</param>
    /// <returns>In order of name.</returns>
    public static ImmutableArray<RowValue> Of(ActualBudgets actual, ImmutableArray<RowImage> above, StackDefaults defaults)
    {
        var budgets = AdoptedRow.DesiredOf(actual);
        using var document = JsonDocument.Parse(ParameterDocument.Format(budgets));
        return
        [
            .. document.RootElement.GetProperty("Budgets").EnumerateArray().Select(RowJson.Read).Cast<RowValue.Map>()
                .Zip(budgets.Budgets, (entry, budget) => Whole(entry, budget, above, defaults)),
        ];
    }

    /// <summary>What a parameter document leaves out because nothing stands above it, and a row may not.</summary>
    private static RowValue.Map Whole(RowValue.Map entry, DesiredBudget budget, ImmutableArray<RowImage> above, StackDefaults defaults)
    {
        var members = entry.Entries.Items;
        var inherited = above.Select(row => row.Attributes.Items.GetValueOrDefault(Topic)).FirstOrDefault(topic => topic is not null);
        if (!members.ContainsKey(Topic) && inherited is not (null or RowValue.Null)) members = members.Add(Topic, new RowValue.Null());
        var inDollars = budget.Settings is { Type: BudgetType.COST, Amount: BudgetAmount.Fixed or BudgetAmount.Planned } && !members.ContainsKey(Unit);
        if (inDollars && defaults.Currencies is not [StackDefaults.Currency, ..])
            members = members.Add(Unit, new RowValue.Text(StackDefaults.Currency));
        return new RowValue.Map(members);
    }
}
