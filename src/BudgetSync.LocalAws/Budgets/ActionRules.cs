using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Which actions a budget may have (API reference, Action and Definition; UG "Configuring a budget action").</summary>
internal static class ActionRules
{
    public static void Validate(BudgetTerms budget, ActionTerms action, string accountId, bool isManagementAccount)
    {
        ValidateBudget(budget);
        NotificationRules.ValidatePercentage(action.Threshold, action.ThresholdType);
        ValidateDefinition(action);
        if (action.ActionType == "APPLY_SCP_POLICY" && !isManagementAccount)
            throw BudgetErrors.Invalid("APPLY_SCP_POLICY: service control policies can be applied from the management account only.");
        var roleAccount = action.ExecutionRoleArn.Split(':')[4];
        if (roleAccount != accountId)
            throw BudgetErrors.Invalid($"ExecutionRoleArn: the role is in account {roleAccount}; roles and actions must be in the same account, {accountId}.");
        SubscriberRules.Validate(accountId, action.Subscribers);
    }

    /// <summary>Refuses a budget that can have no actions (UG "Configuring a budget action": cost and usage budgets).</summary>
    public static void ValidateBudget(BudgetTerms budget)
    {
        if (!budget.CountsCostOrUsage) throw BudgetErrors.Invalid($"A {budget.Type} budget has no actions; only COST and USAGE budgets do.");
        if (budget.TimeUnit == "DAILY") throw BudgetErrors.Invalid("AWS Budgets Actions don't support daily granularity budget for now.");
    }

    private static void ValidateDefinition(ActionTerms action)
    {
        var wanted = action.ActionType switch
        {
            "APPLY_IAM_POLICY" => "IamActionDefinition",
            "APPLY_SCP_POLICY" => "ScpActionDefinition",
            _ => "SsmActionDefinition",
        };
        var given = action.Definition.Where(member => member.Value is not null).Select(member => member.Key).ToList();
        if (given.Count != 1 || given[0] != wanted)
            throw BudgetErrors.Invalid($"Definition: an action of type {action.ActionType} has {wanted} and nothing else.");
        if (action.Definition.Structure("IamActionDefinition") is { } iam && iam["Roles"] is null && iam["Groups"] is null && iam["Users"] is null)
            throw BudgetErrors.Invalid("IamActionDefinition: it names no role, group or user to apply the policy to.");
    }
}
