using System.Collections.Immutable;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Restrictions;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// What a spoke may restrict its account with: policies whose text and names are the stack's, and the permission to attach these and no others. Which of them
/// bind whom is said by those versions of the parameter that the hub's role wrote, and by no other.
/// </summary>
internal sealed class SpokeRestrictions : Construct
{
    /// <summary>The parameter in which Apply writes down whom it attaches a policy to.</summary>
    private const string Journal = "/BudgetSync/Denied";

    /// <summary>The parameter by which one run of Apply restricts at a time.</summary>
    private const string Lease = "/BudgetSync/Lease";

    private readonly ImmutableArray<CfnManagedPolicy> policies;
    private readonly string names;
    private readonly string parameter;
    private readonly string role;
    private readonly string hubRole;
    private readonly ImmutableArray<string> stopRegions;

    public SpokeRestrictions(Construct scope, string id, Settings settings) : base(scope, id)
    {
        var documents = DenyPolicies.OfSpoke(settings);
        names = string.Join(',', documents.Select(policy => policy.Name));
        policies =
        [
            .. documents.Select(policy => new CfnManagedPolicy(this, LogicalId(policy.Name), new CfnManagedPolicyProps
            {
                ManagedPolicyName = policy.Name,
                Path = DenyPolicies.Path,
                Description = "What BudgetSync denies while a restriction is in force; attached and detached by its function Apply",
                PolicyDocument = PolicyText.Plain(policy.Document),
            })),
        ];
        parameter = settings.ParameterName;
        role = settings.ApplyRoleName;
        hubRole = settings.SpokeRoleName;
        stopRegions = settings.StopRegions;
        var environment = new Dictionary<string, string>
        {
            ["BUDGETSYNC_DENY_POLICIES"] = names,
            ["BUDGETSYNC_EXEMPT_ROLES"] = string.Join(',', ExemptRoles.Of(settings)),
            ["BUDGETSYNC_HUB_ROLE"] = settings.SpokeRoleName,
            ["BUDGETSYNC_ROLE"] = settings.ApplyRoleName,
        };
        if (!stopRegions.IsEmpty) environment["BUDGETSYNC_STOP_REGIONS"] = string.Join(',', stopRegions);
        Environment = environment;
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>
    /// Lets Apply attach the policies, and frees whom they bind before they go: IAM deletes no policy that is attached. When the stack goes, Apply goes before
    /// that: alive, it would bind them again.
    /// </summary>
    public CustomResource AreLiftedBy(ApplyFunction apply)
    {
        var below = Names.GlobalArn("iam", $"policy{DenyPolicies.Path}*");
        string[] principals = [Names.GlobalArn("iam", "role/*"), Names.GlobalArn("iam", "user/*")];
        var permission = new CfnPolicy(this, "Permission", new CfnPolicyProps
        {
            PolicyName = "Restrictions",
            Roles = [apply.Function.Role.Ref],
            PolicyDocument = Statement.Document(
                // These and no others: a policy that somebody puts beside them is none that Apply could attach.
                Statement.Allow(
                    "Restrict",
                    ["iam:AttachRolePolicy", "iam:AttachUserPolicy"],
                    principals,
                    new Condition("ArnEquals", "iam:PolicyARN", [.. policies.Select(policy => policy.Ref)])),
                // Also those that an earlier setting made: what they bind must still be freed.
                Statement.Allow("Lift", ["iam:DetachRolePolicy", "iam:DetachUserPolicy"], principals, new Condition("ArnLike", "iam:PolicyARN", below)),
                Statement.Allow("SeeWhomTheyBind", ["iam:ListEntitiesForPolicy"], [below]),
                // Only what the hub's role wrote restricts or frees anybody.
                Statement.Allow("SeeWhoWroteTheParameter", ["ssm:GetParameterHistory"], [Names.LocalArn("ssm", $"parameter{parameter}")]),
                // What somebody made in its place, of another type, cannot be written over.
                Statement.Allow(
                    "KeepJournalAndLease",
                    ["ssm:PutParameter", "ssm:GetParameterHistory", "ssm:DeleteParameter"],
                    [Names.LocalArn("ssm", $"parameter{Journal}"), Names.LocalArn("ssm", $"parameter{Lease}")]),
                // Listings have no resource (service authorization reference, IAM).
                Statement.Allow("SeeRolesAndUsers", ["iam:ListRoles", "iam:ListUsers"], ["*"])),
        });
        var properties = new Dictionary<string, object> { ["Policies"] = names, ["Role"] = role, ["HubRole"] = hubRole, ["ServiceTimeout"] = 900 };
        if (!stopRegions.IsEmpty) properties["StopRegions"] = string.Join(',', stopRegions);
        var lifting = new CustomResource(this, "Lifting", new CustomResourceProps
        {
            ResourceType = "Custom::BudgetSyncRestrictions",
            ServiceToken = apply.ForCloudFormation.AttrArn,
            RemovalPolicy = RemovalPolicy.DESTROY,
            Properties = properties,
        });
        lifting.Node.AddDependency(permission);
        lifting.Node.AddDependency(OwnParameter("Denied", Journal, "Whom BudgetSync has attached its policies to here"));
        lifting.Node.AddDependency(OwnParameter("Lease", Lease, "Which run restricts here"));
        // A policy of its own: where the regions are taken away, CloudFormation deletes it after the resource has given back what was stopped.
        if (!stopRegions.IsEmpty)
        {
            lifting.Node.AddDependency(StopPermission.Of(this, apply.Function.Role, stopRegions));
            lifting.Node.AddDependency(OwnParameter("Stopped", StopPermission.Journal, "What BudgetSync has stopped here"));
        }

        foreach (var policy in policies) lifting.Node.AddDependency(policy);
        apply.Function.StandsOn(lifting);
        return lifting;
    }

    /// <summary>
    /// Where Apply writes down what it does, before it does, and that it does: of the stack, which takes it along. What stands in it at first counts for
    /// nothing, as whatever Apply's own role did not write.
    /// </summary>
    private Amazon.CDK.AWS.SSM.CfnParameter OwnParameter(string id, string name, string what) => new(this, id, new Amazon.CDK.AWS.SSM.CfnParameterProps
    {
        Name = name,
        Type = "String",
        Description = $"{what}: what its function Apply wrote counts, and nothing that anybody else writes",
        Value = "nothing",
    });

    /// <summary>Letters and digits only, and different for different names: a policy that changed its id would be in its own way.</summary>
    private static string LogicalId(string name) =>
        name.Replace("DenyApis-", "DenyApis", StringComparison.Ordinal).Replace("-", "x2d", StringComparison.Ordinal);
}
