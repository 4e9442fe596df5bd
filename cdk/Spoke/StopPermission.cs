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

    private static readonly string Instances = Names.ArnIn("*", "ec2", "instance/*");
    private static readonly string Groups = Names.ArnIn("*", "autoscaling", "autoScalingGroup:*:autoScalingGroupName/*");
    private static readonly string[] Databases = [Names.ArnIn("*", "rds", "db:*"), Names.ArnIn("*", "rds", "cluster:*")];
    private static readonly string Notebooks = Names.ArnIn("*", "sagemaker", "notebook-instance/*");
    private static readonly string Services = Names.ArnIn("*", "ecs", "service/*");

    /// <summary>
    /// Services share a statement where its conditions are the same: an action of one does nothing to the resources of another, and all inline policies of a
    /// role have 10,240 characters together (IAM user guide, "IAM and AWS STS quotas"), which an ARN for each region would exceed.
    /// </summary>
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
            Statement.Allow(
                "SeeMore",
                ["rds:DescribeDBInstances", "rds:DescribeDBClusters", "sagemaker:ListTags", "ecs:DescribeServices"],
                [.. Databases, Notebooks, Services]),
            // What somebody made in its place, of another type, cannot be written over.
            Statement.Allow(
                "KeepJournal",
                ["ssm:PutParameter", "ssm:GetParameterHistory", "ssm:DeleteParameter"],
                [Names.LocalArn("ssm", $"parameter{Journal}")]),
            Statement.Allow(
                "Stop",
                ["ec2:StopInstances", "rds:StopDBInstance", "rds:StopDBCluster", "sagemaker:StopNotebookInstance"],
                [Instances, .. Databases, Notebooks],
                In(regions),
                Unprotected),
            Statement.Allow(
                "ScaleToZero",
                ["autoscaling:UpdateAutoScalingGroup"],
                [Groups],
                In(regions),
                Unprotected,
                new Condition("NumericEquals", "autoscaling:MaxSize", "0")),
            Statement.Allow(
                "Mark",
                ["ec2:CreateTags", "autoscaling:CreateOrUpdateTags", "rds:AddTagsToResource", "sagemaker:AddTags", "ecs:TagResource"],
                [Instances, Groups, .. Databases, Notebooks, Services],
                In(regions),
                Unprotected,
                OnlyTheMark,
                SomeTag),
            // In every region: what an earlier setting let it stop must be given back. ECS has no key for the size (service authorization reference), so both
            // ways are one action, of what is marked; and what is protected is not.
            Statement.Allow(
                "StartWhatWasStopped",
                ["ec2:StartInstances", "rds:StartDBInstance", "rds:StartDBCluster", "sagemaker:StartNotebookInstance", "ecs:UpdateService"],
                [Instances, .. Databases, Notebooks, Services],
                Marked),
            Statement.Allow(
                "ScaleBack",
                ["autoscaling:UpdateAutoScalingGroup"],
                [Groups],
                Marked,
                new Condition("NumericGreaterThan", "autoscaling:MaxSize", "0")),
            Statement.Allow(
                "Unmark",
                ["ec2:DeleteTags", "autoscaling:DeleteTags", "rds:RemoveTagsFromResource", "sagemaker:DeleteTags", "ecs:UntagResource"],
                [Instances, Groups, .. Databases, Notebooks, Services],
                OnlyTheMark,
                SomeTag),
            // Without it an instance whose volumes a key of the customer's encrypts stops again as soon as it was started (EC2 user guide, "Amazon EBS
            // encryption"); a key may be another account's.
            Statement.Allow(
                "StartWithEncryptedVolumes",
                ["kms:CreateGrant"],
                ["*"],
                new Condition("Bool", "kms:GrantIsForAWSResource", "true"),
                new Condition("StringLike", "kms:ViaService", "ec2.*.amazonaws.com"))),
    });

    private static Condition In(ImmutableArray<string> regions) => new("StringEquals", "aws:RequestedRegion", [.. regions]);
}
