using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tables;

/// <content>One attribute of an item, written and read.</content>
internal static partial class StatusItem
{
    private static ItemWriter Budget(ReportedBudget budget) => new ItemWriter()
        .Text("Name", budget.Name)
        .Amount("Limit", budget.Limit)
        .Text("Unit", budget.Unit)
        .Amount("ActualSpend", budget.ActualSpend)
        .Amount("ForecastedSpend", budget.ForecastedSpend)
        .Text("SpendState", budget.SpendState.ToString())
        .Text("HealthProblem", budget.HealthProblem)
        .Time("HealthSince", budget.HealthSince)
        .Time("AsOf", budget.AsOf)
        .Period("Period", budget.Period)
        .Flag("Missing", budget.Missing);

    private static ReportedBudget Budget(ItemReader budget) => new(
        budget.Text("Name") ?? "",
        budget.Amount("Limit"),
        budget.Text("Unit") ?? "",
        budget.Amount("ActualSpend"),
        budget.Amount("ForecastedSpend"),
        budget.Word("SpendState", SpendState.Unknown))
    {
        HealthProblem = budget.Text("HealthProblem"),
        HealthSince = budget.Time("HealthSince"),
        AsOf = budget.Time("AsOf"),
        Period = budget.Period("Period"),
        Missing = budget.Flag("Missing"),
    };

    /// <summary>A code stands as its name in braces, which no message begins with; the difference of a budget is its own message.</summary>
    private static string Stored(DriftEntry finding) => finding.Code == DriftCode.Budget ? finding.Message : $"{{{finding.Code}}}";

    /// <summary>Rows written before drift had codes hold the message itself.</summary>
    private static DriftEntry Finding(string stored) =>
        stored == Stored(DriftEntry.ParameterChanged) || stored == DriftEntry.ParameterChanged.Message
            ? DriftEntry.ParameterChanged
            : DriftEntry.OfBudget(stored);
}
