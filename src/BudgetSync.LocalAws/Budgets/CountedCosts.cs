using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Billing;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Which of an account's costs a COST budget counts: its cost types and filters, or its expression.</summary>
internal static class CountedCosts
{
    /// <summary>The switch of the cost types for each charge type that is not plain usage.</summary>
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["Credit"] = "IncludeCredit",
        ["Refund"] = "IncludeRefund",
        ["Support"] = "IncludeSupport",
        ["Tax"] = "IncludeTax",
    };

    /// <summary>By which filter of the older style a line is found; by any other it is not, because a line has no such value.</summary>
    private static readonly Dictionary<string, string> Dimensions = new(StringComparer.Ordinal)
    {
        ["LinkedAccount"] = "LINKED_ACCOUNT",
        ["Region"] = "REGION",
        ["Service"] = "SERVICE",
    };

    public static Func<string, CostLine, bool> Of(BudgetTerms terms)
    {
        if (terms.FilterExpression is { } expression) return CostExpression.Read(expression);
        var types = CostTypes.Complete(terms.CostTypes);
        var left = Switches.Where(type => types[type.Value]?.GetValue<bool>() == false).Select(type => type.Key).ToHashSet(StringComparer.Ordinal);
        var filters = (terms.CostFilters ?? [])
            .Select(filter => (
                Dimension: Dimensions.GetValueOrDefault(filter.Key, filter.Key),
                Values: ((JsonArray)filter.Value!).Select(value => value!.GetValue<string>()).ToHashSet(StringComparer.Ordinal)))
            .ToArray();
        return (account, line) => !left.Contains(line.RecordType)
            && Array.TrueForAll(filters, filter => filter.Values.Contains(CostExpression.ValueOf(filter.Dimension, account, line)));
    }
}
