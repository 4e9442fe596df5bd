using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <content>
/// Who acts for the management account: delegated administrators of a service, who read, and whom the organization's resource policy names (UG "Delegated
/// administrator for AWS Organizations").
/// </content>
public sealed partial class OrganizationsService
{
    private readonly HashSet<string> delegatedAdministrators = new(StringComparer.Ordinal);
    private PolicyDocument? resourcePolicy;
    private PolicyDocument? delegation;

    private static string ResourcePolicyId => "rp-local00001";

    /// <summary>Lets a member account read the organization as the management account does.</summary>
    /// <exception cref="AwsException">AccountNotFoundException.</exception>
    public void RegisterDelegatedAdministrator(string accountId)
    {
        lock (tree.Gate)
        {
            delegatedAdministrators.Add(tree.RequireAccount(accountId).Id);
            Delegate();
        }
    }

    private void DeclareDelegation()
    {
        Declare("PutResourcePolicy", OrganizationShapes.PutResourcePolicy, _ => "*", PutResourcePolicy, AuthorizeManagement);
        Declare("DescribeResourcePolicy", OrganizationShapes.Nothing, Everything, _ => WriteResourcePolicy(), AuthorizeDelegated("DescribeResourcePolicy"));
        Declare("DeleteResourcePolicy", OrganizationShapes.Nothing, _ => "*", DeleteResourcePolicy, AuthorizeManagement);

        static string Everything(AwsCall call) => "*";
    }

    private JsonObject PutResourcePolicy(AwsCall call)
    {
        resourcePolicy = ResourcePolicyRules.Content(
            call.Input.RequiredText("Content"), account => account != ManagementAccountId && tree.Accounts.ContainsKey(account));
        Delegate();
        return WriteResourcePolicy();
    }

    private JsonObject DeleteResourcePolicy(AwsCall call)
    {
        if (resourcePolicy is null) throw OrganizationErrors.NoResourcePolicy();
        resourcePolicy = null;
        Delegate();
        return [];
    }

    private JsonObject WriteResourcePolicy() => new()
    {
        ["ResourcePolicy"] = new JsonObject
        {
            ["ResourcePolicySummary"] = new JsonObject
            {
                ["Id"] = ResourcePolicyId,
                ["Arn"] = Arn($"resourcepolicy/{cloud.Options.OrganizationId}/{ResourcePolicyId}"),
            },
            ["Content"] = (resourcePolicy ?? throw OrganizationErrors.NoResourcePolicy()).Json,
        },
    };

    /// <summary>The organization's ARNs are of the management account: IAM lets another account in by the organization's word only.</summary>
    private void Delegate()
    {
        var principals = new JsonArray([.. delegatedAdministrators.Order(StringComparer.Ordinal).Select(id => JsonValue.Create($"arn:aws:iam::{id}:root"))]);
        var reading = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = principals },
            ["Action"] = new JsonArray("organizations:Describe*", "organizations:List*"),
            ["Resource"] = "*",
        };
        JsonObject[] statements = [.. delegatedAdministrators.Count > 0 ? [reading] : Array.Empty<JsonObject>(), .. Statements(resourcePolicy)];
        delegation = statements.Length > 0 ? PolicyDocument.Of(statements) : null;
    }

    private static IEnumerable<JsonObject> Statements(PolicyDocument? policy) => policy is null
        ? []
        : JsonNode.Parse(policy.Json)!["Statement"] switch
        {
            JsonArray several => several.OfType<JsonObject>(),
            JsonObject one => [one],
            _ => [],
        };

    /// <summary>
    /// The management account, and whom the organization's word lets do this: IAM asks for it only where a resource is the management account's.
    /// </summary>
    private Action<AwsCall> AuthorizeDelegated(string operation) => call =>
    {
        AuthorizeMember(call);
        if (call.AccountId == ManagementAccountId) return;
        if (delegation is not { } word || !needs[operation](call).All(request => cloud.Iam.IsAllowedBy(word, call.Caller, request)))
            throw OrganizationErrors.Denied();
    };
}
