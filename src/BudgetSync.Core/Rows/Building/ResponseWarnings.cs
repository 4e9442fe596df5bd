using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>What a row's responses say and what never comes of it. It is no reason to reject the row: its budgets are right.</summary>
public static class ResponseWarnings
{
    private const int MostNames = 5;

    /// <param name="row">The row.</param>
    /// <param name="budgets">The budgets of money that its responses may mean; null where they are not known.</param>
    /// <param name="defaults">What the stack says.</param>
    /// <param name="today">In UTC.</param>
    public static IEnumerable<string> Of(RowImage row, IReadOnlySet<string>? budgets, StackDefaults defaults, DateOnly today)
    {
        if (!row.Attributes.ContainsKey(RowAttributes.Responses) || RowResponses.Of([row]).Rules is not { } rules) return [];
        return rules.SelectMany((rule, index) => Of(rule, budgets, defaults, today).Select(text => $"{RowAttributes.Responses}[{index}].{text}"));
    }

    private static IEnumerable<string> Of(ResponseRule rule, IReadOnlySet<string>? budgets, StackDefaults defaults, DateOnly today)
    {
        if (rule.Budget is { } name && budgets?.Contains(name) == false)
            yield return $"Budget: {ValueAt.Quote(name)} is the name of no budget of money that these rows make, so {rule} never begins; "
                + $"{Names(name, budgets)}, or leave it out to mean each budget of money";
        if (rule.Until is ResponseEnd.Day(var last) && last < today)
            yield return $"Until: {DayText.Format(last)} is over, so {rule} never begins; write a later day, PERIOD or MANUAL";
        if (Missing(rule, defaults) is { } missing)
            yield return $"Do: {rule} can be watched and not carried out, because the management stack was deployed without {missing}";
    }

    /// <summary>The setting that the deployment has not; null where it has what the response needs, or that is not known.</summary>
    private static string? Missing(ResponseRule rule, StackDefaults defaults) => defaults.Responses is not { } has ? null
        : rule.IsOfOrganization && !has.ControlPolicies ? $"controlPolicies; {ControlPlan.WayOut(rule.Do)}"
        : rule.Do.IsStop() && !has.StopRegions ? "stopRegions; deploy it, and the spokes, with stopRegions=us-east-1,… (the regions to stop in)"
        : rule.Do == RestrictionKind.DENY_APIS && !has.DenyLists ? "denyLists; deploy it, and the spokes, with a list of that name in denyLists"
        : null;

    private static string Names(string name, IReadOnlySet<string> budgets) =>
        NearestName.Of(name, budgets) is { } near ? $"write {near}"
        : budgets.Count is > 0 and <= MostNames ? $"write {string.Join(" or ", budgets.Order(StringComparer.Ordinal))}"
        : "name one of theirs";
}
