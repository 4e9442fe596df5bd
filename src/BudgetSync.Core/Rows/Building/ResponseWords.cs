using System.Collections.Immutable;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>What a row says of responses, for people: <c>STOP_ALL at Over by itself after 1h, to the end of the period</c>.</summary>
public static class ResponseWords
{
    /// <summary>The value of Responses or Snooze; null of any other attribute, and of a value that cannot be read.</summary>
    public static string? Of(string attribute, RowValue value)
    {
        var said = RowResponses.Of([new RowImage(ImmutableSortedDictionary.Create<string, RowValue>(StringComparer.Ordinal).Add(attribute, value))]);
        return attribute switch
        {
            RowAttributes.Responses when said.Rules is { } rules => rules.IsEmpty ? "no responses" : string.Join("; ", rules.Select(Of)),
            RowAttributes.Snooze when said.Snooze is { } snooze => $"through {DayText.Format(snooze.Until)}: {snooze.Why}",
            _ => null,
        };
    }

    /// <summary>One response.</summary>
    public static string Of(ResponseRule rule) => $"{rule} {string.Join(", ", Parts(rule))}";

    private static IEnumerable<string> Parts(ResponseRule rule)
    {
        var grace = ResponseRule.Text(rule.Grace);
        yield return rule.Do == RestrictionKind.NOTIFY ? "is told"
            : rule.Mode == ResponseMode.WATCH ? "is only watched"
            : rule.Mode == ResponseMode.CONFIRM ? $"after {grace}, when a person has approved it"
            : $"by itself after {grace}";
        if (rule.Budget is { } budget) yield return $"of the budget {budget}";
        if (Names(rule.Binds) is { Length: > 0 } bound) yield return $"for {bound} only";
        if (Names(rule.Except) is { Length: > 0 } spared) yield return $"for all but {spared}";
        if (rule.IsOfOrganization) yield return "by a policy of the organization";
        if (rule.Do != RestrictionKind.NOTIFY)
            yield return rule.Until switch
            {
                ResponseEnd.Manual => "until a person lifts it",
                ResponseEnd.Day(var last) => $"through {DayText.Format(last)}",
                _ => "to the end of the period",
            };
    }

    private static string Names(PrincipalNames names) => string.Join(
        " and ",
        new[] { Named(names.Roles, "role"), Named(names.Users, "user") }.Where(named => named.Length > 0));

    private static string Named(EquatableSet<string> names, string kind) =>
        names.IsEmpty ? "" : $"the {kind}{(names.Count == 1 ? "" : "s")} {string.Join(", ", names)}";
}
