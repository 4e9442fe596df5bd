using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>The errors of AWS Budgets, by name. All are HTTP 400.</summary>
internal static class BudgetErrors
{
    public static AwsException Invalid(string message) => new("InvalidParameterException", message);

    public static AwsException NotFound(string message) => new("NotFoundException", message);

    public static AwsException Duplicate(string message) => new("DuplicateRecordException", message);

    public static AwsException CreationLimit(string message) => new("CreationLimitExceededException", message);

    public static AwsException Quota(string message) => new("ServiceQuotaExceededException", message);

    public static AwsException Denied(string message) => new("AccessDeniedException", message);

    public static AwsException Locked(string message) => new("ResourceLockedException", message);
}
