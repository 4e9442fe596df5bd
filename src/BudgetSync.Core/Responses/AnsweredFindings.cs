using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Responses;

/// <summary>
/// What the spoke's own answer finds where events leave nothing to go by: that the budget is missing, has another limit or currency, or is computed anew. An
/// event that says so keeps nothing from beginning, and lets nothing begin.
/// </summary>
internal static class AnsweredFindings
{
    /// <summary>True where events alone keep from beginning what the rows ask for, and the spoke's answer could say otherwise.</summary>
    /// <param name="finding">Null where no report tells of the budget.</param>
    public static bool AreWanted(string budget, TriggerResult? finding, AccountFacts facts) =>
        facts.Word is SpokeWord.NotAsked && finding is null or { Doubt: not null } && IsOfMoney(budget, facts);

    /// <param name="findings">By what the status says.</param>
    public static ImmutableArray<TriggerResult> Of(
        AccountFacts facts, ImmutableArray<TriggerResult> findings, SpendBounds bounds, DateTimeOffset now)
    {
        if (facts.Word is not SpokeWord.Said(var report, _)) return findings;
        var trusted = findings.Where(finding => finding.Doubt is null).Select(finding => finding.Budget).ToHashSet(StringComparer.Ordinal);
        List<ReportedBudget> answered =
        [
            .. report.Budgets.Where(budget => !budget.Missing && budget.Period is not null && !trusted.Contains(budget.Name) && IsOfMoney(budget.Name, facts)),
        ];
        if (answered.Count == 0) return findings;
        var names = answered.Select(budget => budget.Name).ToHashSet(StringComparer.Ordinal);
        // However late an event says that it is: the answer is of this moment.
        var row = facts.Row with
        {
            Spend = [.. facts.Row.Spend.Select(standing => standing with { Memory = standing.Memory with { LastLookAt = null } })],
        };
        var seen = AccountSpend.Seen(row, answered, [], bounds, now, now);
        var asked = facts with { Row = seen with { Spend = [.. seen.Spend.Where(standing => names.Contains(standing.BudgetName))] } };
        return
        [
            .. findings.Where(finding => !names.Contains(finding.Budget)),
            .. TriggerResult.Of(asked, now).Where(finding => finding.Budget != AiPolicy.CapBudget),
        ];
    }

    private static bool IsOfMoney(string budget, AccountFacts facts) =>
        facts.Desired?.Budgets.Any(one => one.Settings.Name == budget && one.Settings.Type == BudgetType.COST) is true;
}
