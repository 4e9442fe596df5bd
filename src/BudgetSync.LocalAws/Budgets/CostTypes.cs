using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>The eleven switches of a COST budget in the older style.</summary>
internal static class CostTypes
{
    public static readonly string[] Names =
    [
        "IncludeTax", "IncludeSubscription", "UseBlended", "IncludeRefund", "IncludeCredit", "IncludeUpfront",
        "IncludeRecurring", "IncludeOtherSubscription", "IncludeSupport", "IncludeDiscount", "UseAmortized",
    ];

    /// <summary>All eleven: what was given, and AWS's default for the rest (everything included, neither blended nor amortized).</summary>
    public static JsonObject Complete(JsonObject? given)
    {
        var all = new JsonObject();
        foreach (var name in Names)
            all[name] = given?[name]?.GetValue<bool>() ?? name.StartsWith("Include", StringComparison.Ordinal);
        return all;
    }
}
