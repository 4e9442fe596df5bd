using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>
/// What the organization's resource policy may be (UG "Delegated administrator for AWS Organizations"; the reasons are those of the service model): statements
/// for principals of member accounts, about policies and what may be read.
/// </summary>
internal static class ResourcePolicyRules
{
    /// <summary>What a statement may delegate beside everything that reads (UG "Delegated administrator for AWS Organizations", supported actions).</summary>
    private static readonly string[] Delegable =
    [
        "organizations:AttachPolicy", "organizations:CreatePolicy", "organizations:DeletePolicy", "organizations:DetachPolicy",
        "organizations:DisablePolicyType", "organizations:EnablePolicyType", "organizations:TagResource", "organizations:UntagResource",
        "organizations:UpdatePolicy",
    ];

    /// <param name="isMember">Whether an account is one of the organization, and not the management account.</param>
    /// <exception cref="AwsException">InvalidInputException with its reason.</exception>
    public static PolicyDocument Content(string content, Func<string, bool> isMember)
    {
        PolicyDocument document;
        try
        {
            document = PolicyDocument.Parse(content);
        }
        catch (AwsException malformed)
        {
            throw Invalid("INVALID_RESOURCE_POLICY_JSON", malformed.Message);
        }

        foreach (var statement in document.Statements)
        {
            if (statement.Principals is not { Negated: false, Services.IsEmpty: true, Aws: [_, ..] names } || !names.All(name => isMember(AccountOf(name))))
                throw Invalid("INVALID_PRINCIPAL", "Each statement names member accounts of the organization as its AWS principals.");
            if (statement.NotAction || statement.Actions.FirstOrDefault(action => !IsDelegable(action)) is not null)
                throw Invalid("UNSUPPORTED_ACTION_IN_RESOURCE_POLICY", "A statement has an action that can't be delegated.");
        }

        return document;
    }

    private static string AccountOf(string principal) => principal.StartsWith("arn:", StringComparison.Ordinal) ? Arn.AccountOf(principal) : principal;

    private static bool IsDelegable(string action) =>
        Delegable.Contains(action, StringComparer.OrdinalIgnoreCase)
        || action.StartsWith("organizations:Describe", StringComparison.OrdinalIgnoreCase)
        || action.StartsWith("organizations:List", StringComparison.OrdinalIgnoreCase);

    private static AwsException Invalid(string reason, string message) =>
        new("InvalidInputException", message) { Members = new System.Text.Json.Nodes.JsonObject { ["Reason"] = reason } };
}
