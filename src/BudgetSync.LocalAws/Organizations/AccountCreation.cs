using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>A request to create an account, and what became of it.</summary>
internal sealed record AccountCreation(string Id, string AccountName, string Email, DateTimeOffset Requested)
{
    public DateTimeOffset? Completed { get; init; }

    /// <summary>Null while it is in progress and after it failed.</summary>
    public string? AccountId { get; init; }

    /// <summary>Of the service model's CreateAccountFailureReason.</summary>
    public string? FailureReason { get; init; }

    private string State => Completed is null ? "IN_PROGRESS" : FailureReason is null ? "SUCCEEDED" : "FAILED";

    /// <summary>As CreateAccount and DescribeCreateAccountStatus answer it.</summary>
    public JsonObject Write()
    {
        var status = new JsonObject { ["Id"] = Id, ["AccountName"] = AccountName, ["State"] = State, ["RequestedTimestamp"] = Requested.ToEpochSeconds() };
        if (Completed is { } completed) status["CompletedTimestamp"] = completed.ToEpochSeconds();
        if (AccountId is not null) status["AccountId"] = AccountId;
        if (FailureReason is not null) status["FailureReason"] = FailureReason;
        return status;
    }

    /// <summary>As CloudTrail tells it once it is completed.</summary>
    public JsonObject WriteEvent()
    {
        var status = new JsonObject
        {
            ["id"] = Id,
            ["state"] = State,
            ["accountName"] = AccountName,
            ["requestedTimestamp"] = Requested.ToUtcSeconds(),
            ["completedTimestamp"] = (Completed ?? Requested).ToUtcSeconds(),
        };
        if (AccountId is not null) status["accountId"] = AccountId;
        if (FailureReason is not null) status["failureReason"] = FailureReason;
        return status;
    }
}
