using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>The ARNs of budgets and their actions. They have no region.</summary>
/// <param name="ActionId">Null for the budget itself.</param>
internal sealed partial record BudgetArn(string AccountId, string BudgetName, string? ActionId)
{
    public static string Of(string accountId, string budgetName) => $"arn:aws:budgets::{accountId}:budget/{budgetName}";

    public static string OfAction(string accountId, string budgetName, string actionId) => $"{Of(accountId, budgetName)}/action/{actionId}";

    public static BudgetArn? Parse(string arn)
    {
        var match = Form().Match(arn);
        if (!match.Success) return null;
        return new BudgetArn(match.Groups["account"].Value, match.Groups["name"].Value, match.Groups["action"] is { Success: true, Value: var id } ? id : null);
    }

    [GeneratedRegex(@"\Aarn:aws:budgets::(?<account>[0-9]{12}):budget/(?<name>.+?)(/action/(?<action>[^/]+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
