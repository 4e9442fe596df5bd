namespace BudgetSync.LocalAws.Kernel;

/// <summary>Who makes a call.</summary>
/// <param name="AccountId">12 digits.</param>
/// <param name="PrincipalArn">What <c>aws:PrincipalArn</c> compares: the account's root, or the role's ARN with its path.</param>
/// <param name="SessionArn">What GetCallerIdentity answers: the same root, or the assumed-role session.</param>
public sealed record Caller(string AccountId, string PrincipalArn, string SessionArn)
{
    /// <summary>An account's own administrator: a person with 12 digits as access key id. IAM lets it do anything in its account.</summary>
    public bool IsRoot { get; init; }

    /// <summary>An IAM user, who calls under its own ARN and has no session.</summary>
    public bool IsUser => !IsRoot && ServicePrincipal is null && PrincipalArn == SessionArn;

    /// <summary>For a call that an AWS service makes on an account's behalf, for example <c>events.amazonaws.com</c>; null for people and roles.</summary>
    public string? ServicePrincipal { get; init; }

    /// <summary>With <see cref="ServicePrincipal"/>: the resource the service acts for (a rule's ARN), which <c>aws:SourceArn</c> compares.</summary>
    public string? SourceArn { get; init; }

    public static Caller Root(string accountId) =>
        new(accountId, $"arn:aws:iam::{accountId}:root", $"arn:aws:iam::{accountId}:root") { IsRoot = true };

    /// <summary>
    /// The role by which a service-managed stack set works in a member account (CloudFormation user guide, "Activate trusted access for stack sets with
    /// Organizations": it makes roles named stacksets-exec-* there). It may do what an administrator may, and no fault hits it, as none hits people.
    /// </summary>
    public static Caller StackSets(string accountId)
    {
        var name = $"stacksets-exec-{accountId.PadLeft(32, '0')}";
        return Root(accountId) with
        {
            PrincipalArn = $"arn:aws:iam::{accountId}:role/{name}",
            SessionArn = $"arn:aws:sts::{accountId}:assumed-role/{name}/AWSCloudFormation",
        };
    }

    /// <summary>An AWS service that acts for a resource of an account.</summary>
    public static Caller Service(string principal, string accountId, string sourceArn) =>
        new(accountId, principal, principal) { ServicePrincipal = principal, SourceArn = sourceArn };
}
