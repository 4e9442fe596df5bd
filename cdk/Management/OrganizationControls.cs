using System.Collections.Immutable;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Restrictions;
using BudgetSync.Cdk.Stacks;
using Constructs;
using CfnOrganizationPolicy = Amazon.CDK.AWS.Organizations.CfnPolicy;
using CfnOrganizationPolicyProps = Amazon.CDK.AWS.Organizations.CfnPolicyProps;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// The organization's service control policies, which Respond attaches to accounts. Whom they are attached to stands in no template: a deployment would undo
/// what was decided since. The protecting one is attached by people, because it binds whole units.
/// </summary>
internal sealed class OrganizationControls : Construct
{
    private readonly ImmutableArray<CfnOrganizationPolicy> ofRestrictions;
    private readonly CfnOrganizationPolicy protecting;
    private readonly ManagementValues given;

    public OrganizationControls(Construct scope, string id, Settings settings, ManagementValues given) : base(scope, id)
    {
        this.given = given;
        var restrictions = ControlDocuments.OfRestrictions(settings);
        ofRestrictions =
        [
            .. restrictions.Select(policy => Policy(
                policy.Name, "What BudgetSync denies to an account; attached and detached by its function Respond, never by hand", policy.Document)),
        ];
        var (name, document) = ControlDocuments.Protecting(settings);
        protecting = Policy(name, "Keeps BudgetSync's roles, functions and parameter from an account's own administrators; attach it to units", document);
        Environment = new Dictionary<string, string>
        {
            ["BUDGETSYNC_CONTROL_POLICIES"] = Fn.Join(",", [.. restrictions.Zip(ofRestrictions, (policy, made) => $"{policy.Kind}={made.AttrId}")]),
        };
        _ = new CfnOutput(Stack.Of(this), "ProtectingPolicy", new CfnOutputProps
        {
            Description = "Attach it to the units whose accounts have a spoke: aws organizations attach-policy --policy-id …",
            Value = protecting.AttrId,
        });
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>
    /// Lets Respond attach them, and frees whom they bind before they go: AWS Organizations deletes no policy that is attached. When the stack goes, Respond
    /// goes before that: alive, it would attach them again.
    /// </summary>
    public void AreAttachedBy(ManagedFunction respond)
    {
        CfnOrganizationPolicy[] all = [.. ofRestrictions, protecting];
        string[] arns = [.. all.Select(policy => policy.AttrArn)];
        // A policy beside the role's own: where the feature is switched off, it must outlive them by the last detachment.
        var permission = new CfnPolicy(this, "Permission", new CfnPolicyProps
        {
            PolicyName = "Controls",
            Roles = [respond.Role.Ref],
            PolicyDocument = Statement.Document(
                Statement.Allow(
                    "Bind", ["organizations:AttachPolicy"], [.. ofRestrictions.Select(policy => policy.AttrArn), InOrganization("account", "*")]),
                Statement.Deny("NeverTheManagementAccount", ["organizations:AttachPolicy"], [InOrganization("account", given.OrganizationManagementAccountId)]),
                Statement.Deny("NeverTheHub", ["organizations:AttachPolicy"], [InOrganization("account", Aws.ACCOUNT_ID)]),
                // Of units and the root too, to which people attach them: what is attached anywhere cannot be deleted.
                Statement.Allow(
                    "Free",
                    ["organizations:DetachPolicy"],
                    [.. arns, InOrganization("account", "*"), InOrganization("ou", "*"), InOrganization("root", "*")]),
                Statement.Allow("SeeWhomTheyBind", ["organizations:ListTargetsForPolicy"], arns)),
        });
        var function = respond.WithoutDestinations(
            Names.LiftControls, "Frees whom the organization's policies bind before they go; its own function, because it is handed a presigned URL");
        var lifting = new CustomResource(this, "Lifting", new CustomResourceProps
        {
            ResourceType = "Custom::BudgetSyncControls",
            ServiceToken = function.AttrArn,
            RemovalPolicy = RemovalPolicy.DESTROY,
            Properties = new Dictionary<string, object>
            {
                ["Policies"] = Fn.Join(",", [.. all.Select(policy => policy.AttrId)]),
                ["ServiceTimeout"] = 900,
            },
        });
        lifting.Node.AddDependency(permission);
        respond.StandsOn(lifting);
    }

    /// <summary>These ARNs are of the organization's management account, wherever the caller is.</summary>
    private string InOrganization(string kind, string id) =>
        $"arn:{Aws.PARTITION}:organizations::{given.OrganizationManagementAccountId}:{kind}/{given.OrganizationId}/{id}";

    private CfnOrganizationPolicy Policy(string name, string description, System.Text.Json.Nodes.JsonObject document) =>
        new(this, name.Replace("BudgetSync-", "", StringComparison.Ordinal), new CfnOrganizationPolicyProps
        {
            Name = name,
            Type = "SERVICE_CONTROL_POLICY",
            Description = description,
            Content = PolicyText.Plain(document),
        });
}
