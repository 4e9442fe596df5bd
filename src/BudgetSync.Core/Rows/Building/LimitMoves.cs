using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Puts together what moves a fixed limit on a day: grants and amounts that take over. No clock: what of it holds is for the day to say.</summary>
internal static class LimitMoves
{
    /// <summary>The grants of all rows, the first to expire first.</summary>
    public static ImmutableArray<Grant> Grants(BudgetDraft draft, BudgetType type, ProblemList problems)
    {
        if (draft.Grants is not { Value.IsEmpty: false } given) return [];
        CheckWay(given.Path, draft, type, problems);
        ImmutableArray<Grant> grants = [.. given.Value.Order(GrantOrder.Instance)];
        foreach (var grant in grants) AmountBuilder.CheckDecimals(grant.Amount, type, given.Path + ".Amount", problems);
        if (grants.Length > AwsLimits.Grants)
            problems.Add(
                RowRules.GrantCount,
                given.Path,
                $"{grants.Length} grants, those of farther rows included; write at most {AwsLimits.Grants}, or raise BudgetValue");
        foreach (var twice in grants.GroupBy(grant => grant).Where(group => group.Count() > 1).Select(group => group.Key))
            problems.Add(
                RowRules.GrantsDistinct,
                given.Path,
                $"{NumberText.Format(twice.Amount)} until {GrantShapes.Text(twice.Until)} for {ValueAt.Quote(twice.Why)} stands there twice; remove one, or "
                    + $"say in Why what differs");
        return grants;
    }

    /// <summary>The amounts that take over, in order of day.</summary>
    public static ImmutableArray<EffectiveAmount> Changes(BudgetDraft draft, BudgetType type, ProblemList problems)
    {
        if (draft.Changes is not { Value.IsEmpty: false } given) return [];
        CheckWay(given.Path, draft, type, problems);
        foreach (var change in given.Value) AmountBuilder.CheckDecimals(change.Amount, type, given.Path + ".BudgetValue", problems);
        if (given.Value.Length > AwsLimits.AmountChanges)
            problems.Add(
                RowRules.ChangeCount,
                given.Path,
                $"{given.Value.Length} amounts; write at most {AwsLimits.AmountChanges}, and take out those that another has taken over from");
        foreach (var day in given.Value.GroupBy(change => change.From).Where(group => group.Count() > 1).Select(group => group.Key))
            problems.Add(RowRules.ChangesDistinct, given.Path, $"two amounts take over on {GrantShapes.Text(day)}; keep one of them");
        return given.Value;
    }

    private static void CheckWay(string path, BudgetDraft draft, BudgetType type, ProblemList problems)
    {
        if (type is not (BudgetType.COST or BudgetType.USAGE))
            problems.Add(RowRules.GrantNeedsValue, path, $"a {type} budget is always 100 percent, so nothing moves its limit; remove it");
        else if ((draft.Planned?.Path ?? draft.AutoAdjust?.Path) is { } other)
            problems.Add(RowRules.GrantNeedsValue, path, $"stands beside {other}, and moves BudgetValue only; write BudgetValue in its place, or remove it");
    }
}
