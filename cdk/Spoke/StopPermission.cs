using System.Collections.Immutable;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Restrictions;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// What lets Apply stop what runs in the regions of the setting, and start again what it stopped. There is no action here that terminates or deletes. Whatever
/// a document says, a resource with the protect tag can neither be stopped nor marked, nothing is started that has no mark, and no tag but the mark is touched.
/// </summary>
internal static class StopPermission
{
    /// <summary>The tag of what Apply stopped.</summary>
    private const string Mark = "budgetsync:stopped";

    /// <summary>The parameter in which Apply writes down what it stops.</summary>
    public const string Journal = "/BudgetSync/Stopped";

    /// <summary>It has no such tag, or one that says "false": any other value protects.</summary>
    private static readonly Condition Unprotected = new("StringEqualsIgnoreCaseIfExists", $"aws:ResourceTag/{DenyPolicies.ProtectTag}", "false");


    private static readonly Condition Marked = new("StringLike", $"aws:ResourceTag/{Mark}", "*");
    private static readonly Condition OnlyTheMark = new("ForAllValues:StringEquals", "aws:TagKeys", Mark);

    /// <summary>A request that names no tag would take all of them off, and ForAllValues holds for none at all.</summary>
    private static readonly Condition SomeTag = new("Null", "aws:TagKeys", "false");

    public static CfnPolicy Of(Construct scope, CfnRole role, ImmutableArray<string> regions) => new(scope, "Stops", new CfnPolicyProps
    {
        PolicyName = "Stops",
        Roles = [role.Ref],
        PolicyDocument = Statement.Document(
            // They have no resource (service authorization reference). Compute Optimizer tells of what its caller may describe.
            Statement.Allow(
                "SeeWhatRuns",
                [
                    "ec2:DescribeInstances", "autoscaling:DescribeAutoScalingGroups", "compute-optimizer:GetIdleRecommendations",
                    "sagemaker:ListNotebookInstances", "ecs:ListClusters", "ecs:ListServices",
                ],
                ["*"]),
            // What somebody made in its place, of another type, cannot be written over.
            Statement.Allow(
                "KeepJournal",
                ["ssm:PutParameter", "ssm:GetParameterHistory", "ssm:DeleteParameter"],
                [Names.LocalArn("ssm", $"parameter{Journal}")]),
            Statement.Allow("StopInstances", ["ec2:StopInstances"], InstancesOf(regions), Unprotected),
            Statement.Allow("MarkInstances", ["ec2:CreateTags"], InstancesOf(regions), Unprotected, OnlyTheMark, SomeTag),
            // In every region: what an earlier setting let it stop must be given back.
            Statement.Allow("StartWhatWasStopped", ["ec2:StartInstances"], InstancesOf(["*"]), Marked),
            Statement.Allow("UnmarkInstances", ["ec2:DeleteTags"], InstancesOf(["*"]), OnlyTheMark, SomeTag),
            // Without it an instance whose volumes a key of the customer's encrypts stops again as soon as it was started (EC2 user guide, "Amazon EBS
            // encryption"); a key may be another account's.
            Statement.Allow(
                "StartWithEncryptedVolumes",
                ["kms:CreateGrant"],
                ["*"],
                new Condition("Bool", "kms:GrantIsForAWSResource", "true"),
                new Condition("StringLike", "kms:ViaService", "ec2.*.amazonaws.com")),
            Statement.Allow(
                "ScaleToZero",
                ["autoscaling:UpdateAutoScalingGroup"],
                GroupsOf(regions),
                Unprotected,
                new Condition("NumericEquals", "autoscaling:MaxSize", "0")),
            Statement.Allow("MarkGroups", ["autoscaling:CreateOrUpdateTags"], GroupsOf(regions), Unprotected, OnlyTheMark, SomeTag),
            Statement.Allow(
                "ScaleBack",
                ["autoscaling:UpdateAutoScalingGroup"],
                GroupsOf(["*"]),
                Marked,
                new Condition("NumericGreaterThan", "autoscaling:MaxSize", "0")),
            Statement.Allow("UnmarkGroups", ["autoscaling:DeleteTags"], GroupsOf(["*"]), OnlyTheMark, SomeTag),
            Statement.Allow("SeeDatabases", ["rds:DescribeDBInstances", "rds:DescribeDBClusters"], DatabasesOf(["*"])),
            Statement.Allow("StopDatabases", ["rds:StopDBInstance", "rds:StopDBCluster"], DatabasesOf(regions), Unprotected),
            Statement.Allow("MarkDatabases", ["rds:AddTagsToResource"], DatabasesOf(regions), Unprotected, OnlyTheMark, SomeTag),
            Statement.Allow("StartDatabases", ["rds:StartDBInstance", "rds:StartDBCluster"], DatabasesOf(["*"]), Marked),
            Statement.Allow("UnmarkDatabases", ["rds:RemoveTagsFromResource"], DatabasesOf(["*"]), OnlyTheMark, SomeTag),
            Statement.Allow("SeeTagsOfNotebooks", ["sagemaker:ListTags"], NotebooksOf(["*"])),
            Statement.Allow("StopNotebooks", ["sagemaker:StopNotebookInstance"], NotebooksOf(regions), Unprotected),
            Statement.Allow("MarkNotebooks", ["sagemaker:AddTags"], NotebooksOf(regions), Unprotected, OnlyTheMark, SomeTag),
            Statement.Allow("StartNotebooks", ["sagemaker:StartNotebookInstance"], NotebooksOf(["*"]), Marked),
            Statement.Allow("UnmarkNotebooks", ["sagemaker:DeleteTags"], NotebooksOf(["*"]), OnlyTheMark, SomeTag),
            // ECS has no key for the size (service authorization reference), so both ways are one action, of what is marked; and what is protected is not.
            Statement.Allow("SeeServices", ["ecs:DescribeServices"], ServicesOf(["*"])),
            Statement.Allow("ResizeServices", ["ecs:UpdateService"], ServicesOf(["*"]), Marked),
            Statement.Allow("MarkServices", ["ecs:TagResource"], ServicesOf(regions), Unprotected, OnlyTheMark, SomeTag),
            Statement.Allow("UnmarkServices", ["ecs:UntagResource"], ServicesOf(["*"]), OnlyTheMark, SomeTag)),
    });

    private static string[] InstancesOf(ImmutableArray<string> regions) => [.. regions.Select(region => Names.ArnIn(region, "ec2", "instance/*"))];

    private static string[] DatabasesOf(ImmutableArray<string> regions) =>
        [.. regions.SelectMany(region => new[] { Names.ArnIn(region, "rds", "db:*"), Names.ArnIn(region, "rds", "cluster:*") })];

    private static string[] NotebooksOf(ImmutableArray<string> regions) =>
        [.. regions.Select(region => Names.ArnIn(region, "sagemaker", "notebook-instance/*"))];

    private static string[] ServicesOf(ImmutableArray<string> regions) => [.. regions.Select(region => Names.ArnIn(region, "ecs", "service/*"))];

    private static string[] GroupsOf(ImmutableArray<string> regions) =>
        [.. regions.Select(region => Names.ArnIn(region, "autoscaling", "autoScalingGroup:*:autoScalingGroupName/*"))];
}
