using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;

namespace BudgetSync.Cdk.Parts;

/// <summary>
/// What every bucket of ours is: closed to the public, without access control lists, reached by TLS only, and with versions that go after some days.
/// </summary>
internal static class PrivateBucket
{
    /// <param name="oldVersions">The id of the rule by which versions go that were overwritten.</param>
    /// <param name="days">After how many days.</param>
    /// <param name="encryption">The default that objects are encrypted by.</param>
    /// <param name="name">Null: CloudFormation makes one up.</param>
    public static CfnBucketProps Properties(string oldVersions, int days, CfnBucket.ServerSideEncryptionRuleProperty encryption, string? name = null) => new()
    {
        BucketName = name,
        BucketEncryption = new CfnBucket.BucketEncryptionProperty { ServerSideEncryptionConfiguration = new[] { encryption } },
        PublicAccessBlockConfiguration = new CfnBucket.PublicAccessBlockConfigurationProperty
        {
            BlockPublicAcls = true,
            BlockPublicPolicy = true,
            IgnorePublicAcls = true,
            RestrictPublicBuckets = true,
        },
        OwnershipControls = new CfnBucket.OwnershipControlsProperty
        {
            Rules = new[] { new CfnBucket.OwnershipControlsRuleProperty { ObjectOwnership = "BucketOwnerEnforced" } },
        },
        VersioningConfiguration = new CfnBucket.VersioningConfigurationProperty { Status = "Enabled" },
        LifecycleConfiguration = new CfnBucket.LifecycleConfigurationProperty
        {
            Rules = new[]
            {
                new CfnBucket.RuleProperty
                {
                    Id = oldVersions,
                    Status = "Enabled",
                    NoncurrentVersionExpiration = new CfnBucket.NoncurrentVersionExpirationProperty { NoncurrentDays = days },
                    AbortIncompleteMultipartUpload = new CfnBucket.AbortIncompleteMultipartUploadProperty { DaysAfterInitiation = 7 },
                },
            },
        },
    };

    /// <summary>Of the bucket and of what is in it.</summary>
    public static PolicyStatement DenyPlainText(CfnBucket bucket)
    {
        var deny = Statement.DenyPlainText("s3:*", bucket.AttrArn);
        deny.AddResources($"{bucket.AttrArn}/*");
        return deny;
    }
}
