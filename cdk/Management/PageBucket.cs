using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// The bucket of the hourly page: private, encrypted, reached by TLS only. An hour's page is kept for some weeks after the next one has replaced it, so that it
/// can be told what was known when.
/// </summary>
/// <remarks>
/// It is retained, because a bucket that holds anything cannot be deleted, so that the stack could not be either; what is in it can be made anew but for the
/// past. It has no name of ours: a retained bucket of a fixed name would be in the way when the setting is taken back and given again. Its policy is retained
/// with it. Not so where the stack's own creation fails.
/// </remarks>
internal sealed class PageBucket : Construct
{
    /// <summary>How long a page that was replaced is kept: 3 MB an hour at 10,000 accounts are 2 GB in these days, five cents a month.</summary>
    public const int OldPagesDays = 30;

    private readonly CfnBucket bucket;

    /// <param name="kmsKeyArn">The customer's key that encrypts it; null is S3's own.</param>
    public PageBucket(Construct scope, string id, string? kmsKeyArn) : base(scope, id)
    {
        var encryption = new CfnBucket.ServerSideEncryptionRuleProperty
        {
            // With a bucket key, S3 asks KMS once for many objects.
            BucketKeyEnabled = kmsKeyArn is null ? null : true,
            ServerSideEncryptionByDefault = new CfnBucket.ServerSideEncryptionByDefaultProperty
            {
                SseAlgorithm = kmsKeyArn is null ? "AES256" : "aws:kms",
                KmsMasterKeyId = kmsKeyArn,
            },
        };
        bucket = new CfnBucket(this, "Bucket", PrivateBucket.Properties("OldPages", OldPagesDays, encryption));
        bucket.ApplyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        var policy = new CfnBucketPolicy(this, "Policy", new CfnBucketPolicyProps
        {
            Bucket = bucket.Ref,
            PolicyDocument = Statement.Document(PrivateBucket.DenyPlainText(bucket)),
        });
        policy.ApplyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }

    public string Name => bucket.Ref;

    /// <summary>What the function that makes the page may do there. To list is to be told that a page is not there yet, instead of being refused.</summary>
    public PolicyStatement[] Keep() =>
    [
        Statement.Allow("KeepPage", ["s3:GetObject", "s3:PutObject"], [$"{bucket.AttrArn}/*"]),
        Statement.Allow("SeeWhetherThereIsAPage", ["s3:ListBucket"], [bucket.AttrArn]),
    ];

    /// <summary>Where the bucket is encrypted with a customer's key: its use, through S3 only.</summary>
    public static PolicyStatement[] UseKey(string? kmsKeyArn) => kmsKeyArn is null
        ? []
        : [Statement.Allow(
            "UseBucketKey",
            ["kms:Decrypt", "kms:GenerateDataKey"],
            [kmsKeyArn],
            new Parts.Condition("StringEquals", "kms:ViaService", $"s3.{Aws.REGION}.{Aws.URL_SUFFIX}"))];
}
