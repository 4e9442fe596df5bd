using Amazon.Runtime;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Tests.Faults;

public sealed class FaultTableTests
{
    public static TheoryData<string, string, string, FaultKind> Rows()
    {
        var data = new TheoryData<string, string, string, FaultKind>();
        foreach (var row in FaultTable.Rows)
            data.Add(row.Code, row.Service == "*" ? "sqs" : row.Service, row.Operation.Replace("*", "Anything", StringComparison.Ordinal), row.Kind);
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_of_the_table_is_found_under_the_error_code_as_AWS_sends_it(string code, string service, string operation, FaultKind kind)
    {
        // IAM's words, because AccessDenied of Budgets without them is about the account's age.
        var error = new AmazonServiceException("x is not authorized to perform: y") { ErrorCode = $"com.amazonaws#{code}Exception:http://internal" };

        var fault = FaultTable.Read(error, service, operation);

        Assert.Equal((kind, true), (fault?.Kind, fault?.Known));
    }

    [Theory]
    [InlineData("sts", "AssumeRole", "AccessDenied", FaultKind.Blocked)]
    [InlineData("ssm", "PutParameter", "ThrottlingException", FaultKind.Retry)]
    [InlineData("ssm", "PutParameter", "TooManyUpdates", FaultKind.Retry)]
    [InlineData("budgets", "DescribeBudgets", "InternalErrorException", FaultKind.Retry)]
    [InlineData("budgets", "CreateBudget", "DuplicateRecordException", FaultKind.AlreadyDone)]
    [InlineData("budgets", "DeleteSubscriber", "NotFoundException", FaultKind.AlreadyDone)]
    [InlineData("budgets", "UpdateNotification", "NotFoundException", FaultKind.Conflict)]
    [InlineData("budgets", "CreateNotification", "CreationLimitExceededException", FaultKind.Rejected)]
    [InlineData("budgets", "UpdateBudget", "InvalidParameterException", FaultKind.Rejected)]
    [InlineData("budgets", "CreateBudget", "ValidationException", FaultKind.Rejected)]
    [InlineData("budgets", "CreateBudget", "ServiceQuotaExceededException", FaultKind.Rejected)]
    [InlineData("organizations", "ListAccountsForParent", "InvalidNextTokenException", FaultKind.Conflict)]
    [InlineData("budgets", "UpdateBudgetAction", "ResourceLockedException", FaultKind.Retry)]
    [InlineData("dynamodb", "PutItem", "ConditionalCheckFailedException", FaultKind.Conflict)]
    public void The_cases_that_matter_most_are_what_the_design_says(string service, string operation, string code, FaultKind kind) =>
        Assert.Equal(kind, FaultTable.Read(new AmazonServiceException("x is not authorized to perform: y") { ErrorCode = code }, service, operation)?.Kind);

    [Fact]
    public void AccessDenied_of_Budgets_is_Pending_when_IAM_is_not_what_denies()
    {
        var fault = FaultTable.Read(
            new AmazonServiceException("Account is too new for budgets.") { ErrorCode = "AccessDeniedException" },
            "budgets",
            "CreateBudget");

        Assert.Equal(FaultKind.Pending, fault?.Kind);
    }

    [Theory]
    [InlineData("User: arn:aws:sts::111111111111:assumed-role/x/y is not authorized to perform: budgets:ModifyBudget")]
    [InlineData("Access denied with an explicit deny in a service control policy")]
    public void AccessDenied_of_Budgets_is_Blocked_when_IAM_or_a_policy_denies(string message)
    {
        var fault = FaultTable.Read(new AmazonServiceException(message) { ErrorCode = "AccessDeniedException" }, "budgets", "CreateBudget");

        Assert.Equal(FaultKind.Blocked, fault?.Kind);
    }

    [Fact]
    public void An_unknown_error_is_a_retry_that_says_it_is_a_guess()
    {
        var fault = FaultTable.Read(new AmazonServiceException("?") { ErrorCode = "NeverSeenException" }, "ssm", "GetParameter");

        Assert.Equal((FaultKind.Retry, false), (fault?.Kind, fault?.Known));
    }

    [Fact]
    public void A_broken_connection_is_a_retry() =>
        Assert.Equal(FaultKind.Retry, FaultTable.Read(new HttpRequestException("reset"), "ssm", "GetParameter")?.Kind);

    [Fact]
    public void A_bug_is_no_fault_of_AWS() => Assert.Null(FaultTable.Read(new InvalidOperationException("ours"), "ssm", "GetParameter"));

    [Fact]
    public void A_reason_carries_no_address()
    {
        var fault = FaultTable.Read(
            new AmazonServiceException("bad subscriber jane.doe@example.com") { ErrorCode = "InvalidParameterException" },
            "budgets",
            "CreateSubscriber");

        Assert.Equal("budgets:CreateSubscriber answered InvalidParameter: bad subscriber (address)", fault?.Reason);
    }
}
