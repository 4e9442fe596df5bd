using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>What the content of a service control policy may be.</summary>
internal static class OrganizationPolicyRules
{
    /// <summary>The content, where AWS would take it.</summary>
    /// <exception cref="AwsException">
    /// ConstraintViolationException for one that is too long (UG "Quotas for AWS Organizations"); MalformedPolicyDocumentException for what is no policy, or
    /// names a principal (UG "SCP syntax": Principal and NotPrincipal are not supported) or no resource.
    /// </exception>
    public static string Content(string content)
    {
        if (content.Length > AwsLimits.Organizations.PolicyContent)
            throw OrganizationErrors.Constraint(
                "POLICY_CONTENT_LIMIT_EXCEEDED",
                $"You have exceeded the maximum size of a policy: {content.Length} characters, of which {AwsLimits.Organizations.PolicyContent} are allowed.");
        PolicyDocument document;
        try
        {
            document = PolicyDocument.Parse(content);
        }
        catch (AwsException malformed)
        {
            throw new AwsException("MalformedPolicyDocumentException", malformed.Message);
        }

        if (document.Statements.Any(statement => statement.Principals is not null))
            throw new AwsException("MalformedPolicyDocumentException", "A service control policy has no Principal and no NotPrincipal.");
        if (document.Statements.Any(statement => statement.Resources.IsEmpty))
            throw new AwsException("MalformedPolicyDocumentException", "Each statement of a service control policy has a Resource.");
        return content;
    }
}
