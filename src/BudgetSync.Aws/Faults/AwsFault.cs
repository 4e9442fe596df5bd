namespace BudgetSync.Aws.Faults;

/// <summary>A failed AWS call, read.</summary>
/// <param name="Code">For example <c>CreationLimitExceeded</c>.</param>
/// <param name="Known">False: no row of the table fits and a retry is only our best guess, to be logged loudly.</param>
public sealed record AwsFault(FaultKind Kind, string Code, string Service, string Operation, string Message, bool Known)
{
    /// <summary>True: DynamoDB has no table of that name here.</summary>
    public bool IsMissingTable => this is { Code: "ResourceNotFound", Service: "dynamodb" };

    /// <summary>
    /// True: the account has not switched on the region, which knows none of its credentials (Account Management reference, "Enable or disable AWS Regions").
    /// </summary>
    public bool IsOfRegionSwitchedOff => this is
    {
        Kind: FaultKind.Blocked, Code: "AuthFailure" or "OptInRequired" or "InvalidClientTokenId" or "UnrecognizedClient",
    };

    /// <summary>The fault in words for a person; addresses that AWS quotes back are left out, since reasons are stored and logged.</summary>
    public string Reason => Redaction.Clean($"{Service}:{Operation} answered {Code}: {Message}");
}

/// <summary>A call that failed in a way its caller must decide about; <see cref="FaultKind.Retry"/> only after its tries were used up.</summary>
public sealed class AwsFaultException(AwsFault fault, Exception inner) : Exception(fault.Reason, inner)
{
    public AwsFault Fault { get; } = fault;
}
