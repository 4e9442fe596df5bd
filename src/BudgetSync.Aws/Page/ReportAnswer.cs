namespace BudgetSync.Aws.Page;

/// <summary>What Report answers of a page that it wrote.</summary>
/// <param name="Budgets">Lines of the page, those of accounts without a budget among them.</param>
public sealed record ReportAnswer(int Budgets);
