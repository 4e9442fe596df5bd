using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>What the content of a service control policy may be.</summary>
internal static partial class OrganizationPolicyRules
{
    private const int PartsOfArn = 6;

    /// <summary>The content, where AWS would take it.</summary>
    /// <exception cref="AwsException">
    /// ConstraintViolationException for one that is too long (UG "Quotas for AWS Organizations"); MalformedPolicyDocumentException for what is no policy, or
    /// names a principal (UG "SCP syntax": Principal and NotPrincipal are not supported) or no resource, or breaks a rule of <see cref="Fault"/>.
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

        if (Fault(document) is { } fault) throw new AwsException("MalformedPolicyDocumentException", fault);
        return content;
    }

    /// <summary>
    /// UG "SCP syntax" (every one has the Version 2012-10-17; a Sid has letters and digits) and IAM user guide, "IAM JSON policy elements: Resource": a
    /// resource is a star or an ARN.
    /// </summary>
    private static string? Fault(PolicyDocument document)
    {
        if (document.Version != "2012-10-17") return "A service control policy has the Version 2012-10-17.";
        if (document.Statements.Any(statement => statement.Principals is not null)) return "A service control policy has no Principal and no NotPrincipal.";
        if (document.Statements.Any(statement => statement.Resources.IsEmpty)) return "Each statement of a service control policy has a Resource.";
        if (document.Statements.FirstOrDefault(statement => statement.Sid is { } sid && !LettersAndDigits().IsMatch(sid)) is { } named)
            return $"The Sid \"{named.Sid}\" has more than letters and digits.";
        return document.Statements.SelectMany(statement => statement.Resources).FirstOrDefault(resource => !IsResource(resource)) is { } wrong
            ? $"The resource \"{wrong}\" must be in ARN format or \"*\"."
            : null;
    }

    private static bool IsResource(string resource) =>
        resource == "*" || (resource.StartsWith("arn:", StringComparison.Ordinal) && resource.Split(':').Length >= PartsOfArn);

    [GeneratedRegex(@"\A[A-Za-z0-9]*\z")]
    private static partial Regex LettersAndDigits();
}
