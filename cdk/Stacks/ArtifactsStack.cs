using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using BudgetSync.Cdk.Parts;
using Constructs;
using Condition = BudgetSync.Cdk.Parts.Condition;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// The bucket that member accounts fetch the spoke's code and template from: readable by the organization, and by
/// no other account. It exists only where there is a StackSet.
/// </summary>
/// <remarks>
/// Why not CDK's bootstrap bucket: its policy belongs to the bootstrap stack, and it holds every other app's assets
/// too. Why not BucketDeployment: it brings a Python function of its own, with wildcard permissions and a 30 MB layer,
/// to copy two files. Instead the CDK CLI publishes into this bucket (<see cref="SpokeReleaseStack"/>), which works
/// because it publishes a stack's assets only after the stacks that it depends on are deployed.
/// </remarks>
internal sealed class ArtifactsStack : ReadableStack
{
    public const string DefaultQualifier = "hnb659fds";

    /// <summary>The bucket's name as the asset manifest writes it: the CLI fills in account and region.</summary>
    public const string BucketName = BucketsName + "-${AWS::Region}";

    /// <summary>How the names of all Regions' buckets begin, before a dash and the Region.</summary>
    public const string BucketsName = "budgetsync-artifacts-${AWS::AccountId}";

    public const string SpokePrefix = "spoke/";

    private const int OldVersionsDays = 180;

    /// <param name="region">Lambda takes code from a bucket of its own Region only, so each Region with functions has one.</param>
    public ArtifactsStack(Construct scope, string id, Settings settings, string bootstrapQualifier, string region) : base(scope, id, new StackProps
    {
        Description = "BudgetSync artifacts: the bucket that the organization's accounts fetch the spoke's code and template from",
        Synthesizer = Synthesis.For(portable: false),
        AnalyticsReporting = false,
        Env = new Amazon.CDK.Environment { Account = settings.ManagementAccountId, Region = region },
    })
    {
        var given = new DeploymentValues(this, portable: false);
        var encryption = new CfnBucket.ServerSideEncryptionRuleProperty
        {
            // Not KMS: every member account would need the key as well.
            ServerSideEncryptionByDefault = new CfnBucket.ServerSideEncryptionByDefaultProperty { SseAlgorithm = "AES256" },
        };
        // Current objects stay: a spoke that is rolled back fetches an old release. Only what was overwritten goes.
        var bucket = new CfnBucket(this, "Bucket", PrivateBucket.Properties("OldVersions", OldVersionsDays, encryption, Fn.Sub(BucketName)));
        // A spoke that is updated or rolled back fetches its code again: it must still be there. Not so where the stack's own creation fails: an empty bucket
        // that is left behind would be in the way of the next attempt.
        bucket.ApplyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        var publisher = new ArnPrincipal(
            $"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/cdk-{bootstrapQualifier}-file-publishing-role-{Aws.ACCOUNT_ID}-{Aws.REGION}");
        _ = new CfnBucketPolicy(this, "Policy", new CfnBucketPolicyProps
        {
            Bucket = bucket.Ref,
            PolicyDocument = Statement.Document(
                PrivateBucket.DenyPlainText(bucket),
                Statement.AllowTo(
                    "OrganizationReads",
                    new AnyPrincipal(),
                    ["s3:GetObject"],
                    [$"{bucket.AttrArn}/{SpokePrefix}*"],
                    new Condition("StringEquals", "aws:PrincipalOrgID", CommonValues.OrganizationId(given, settings))),
                Statement.AllowTo(
                    "CdkLooks", publisher, ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration", "s3:ListBucket"], [bucket.AttrArn]),
                Statement.AllowTo("CdkPublishes", publisher, ["s3:GetObject", "s3:PutObject"], [$"{bucket.AttrArn}/{SpokePrefix}*"])),
        });
    }
}
