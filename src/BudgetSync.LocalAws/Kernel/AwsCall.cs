using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>One API call: its protocol read, its caller known, its service's rules not yet asked.</summary>
/// <param name="Service">The signing name, for example <c>ssm</c>.</param>
/// <param name="Operation">For example <c>PutParameter</c>.</param>
/// <param name="Input">The request's members under their API names, whatever the protocol was.</param>
public sealed record AwsCall(string Service, string Operation, Caller Caller, string Region, JsonObject Input)
{
    /// <summary>The account whose resources the call is about: the caller's own, always, except where an operation names another by ARN.</summary>
    public string AccountId => Caller.AccountId;

    /// <summary>The call's request id, answered in its headers and carried by the events it causes.</summary>
    public string RequestId { get; init; } = "";
}
