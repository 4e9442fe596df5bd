using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>A service control policy of the organization, or AWS's own FullAWSAccess.</summary>
/// <param name="Id">For example <c>p-00000001</c>.</param>
/// <param name="Content">As it was given, white space included.</param>
internal sealed record OrganizationPolicy(string Id, string Name, string Description, string Content)
{
    public const string Type = "SERVICE_CONTROL_POLICY";

    /// <summary>AWS's own, which allows everything and is attached to every entity when the type is enabled (UG "Service control policies").</summary>
    public static OrganizationPolicy FullAccess { get; } = new(
        "p-FullAWSAccess",
        "FullAWSAccess",
        "Allows access to every operation",
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

    public bool IsAwsManaged => Id == FullAccess.Id;

    /// <summary>The content, read.</summary>
    public PolicyDocument Document { get; } = PolicyDocument.Parse(Content);
}
