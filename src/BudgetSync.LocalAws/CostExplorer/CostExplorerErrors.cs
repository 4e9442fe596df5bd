using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CostExplorer;

/// <summary>The errors of AWS Cost Explorer, by name. All are HTTP 400. Those that only a bad day brings are for rules of the fault plan.</summary>
public static class CostExplorerErrors
{
    public static AwsException LimitExceeded() => new("LimitExceededException", "Rate limit exceeded");

    public static AwsException DataUnavailable() => new("DataUnavailableException", "Data is not available. Please try to adjust the time period.");

    public static AwsException BillExpiration() => new("BillExpirationException", "The requested report expired. Update the date interval and try again.");

    internal static AwsException Invalid(string message) => new("ValidationException", message);

    internal static AwsException InvalidToken() => new("InvalidNextTokenException", "Invalid NextToken");

    internal static AwsException RequestChanged() =>
        new("RequestChangedException", "Your request parameters changed between pages. Try again with the old parameters or without a pagination token.");

    /// <summary>No LimitExceededException, as the model would have it (aws-cloudformation/cloudformation-coverage-roadmap issue 2515).</summary>
    internal static AwsException MonitorLimit() => new("ValidationException", "Limit exceeded on dimensional spend monitor creation");

    internal static AwsException NotEnabled() => new("AccessDeniedException", "User not enabled for cost explorer access");
}
