using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>The errors of AWS Budgets, by name. All are HTTP 400.</summary>
internal static class BudgetErrors
{
    public static AwsException Invalid(string message) => new("InvalidParameterException", message);

    /// <summary>A refusal of the budget itself, under the words that AWS begins those with.</summary>
    public static AwsException InvalidBudget(string message) => Invalid($"Unable to create/update budget - {message}");

    public static AwsException NotFound(string message) => new("NotFoundException", message);

    public static AwsException Duplicate(string message) => new("DuplicateRecordException", message);

    public static AwsException CreationLimit(string message) => new("CreationLimitExceededException", message);

    public static AwsException Quota(string message) => new("ServiceQuotaExceededException", message);

    public static AwsException Denied(string message) => new("AccessDeniedException", message);

    public static AwsException Locked(string message) => new("ResourceLockedException", message);
}
