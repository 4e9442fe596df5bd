using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::S3::Bucket and BucketPolicy.</summary>
internal static class BucketResources
{
    public static readonly ResourceType Bucket = new("AWS::S3::Bucket")
    {
        Properties = new HashSet<string> { "BucketName", "VersioningConfiguration" },
        Inert = new Dictionary<string, string>
        {
            ["BucketEncryption"] = "Nothing is stored outside this process.",
            ["LifecycleConfiguration"] = "Old versions stay for as long as the process runs; the rules are asserted on the template.",
            ["OwnershipControls"] = "There are no access control lists here.",
            ["PublicAccessBlockConfiguration"] = "There are no anonymous callers here.",
            ["Tags"] = "No condition of ours reads a bucket's tags.",
        },
        PutAsync = request =>
        {
            // CloudFormation makes names up in small letters, because no others are bucket names.
            var name = request.PhysicalId ?? request.Text("BucketName") ?? request.GeneratedName.ToLowerInvariant();
            if (request.Text("BucketName") is { } wanted && wanted != name) throw new StackException($"{request.LogicalId}: a bucket cannot be renamed here.");
            if (request.PhysicalId is null && request.Cloud.S3.HasBucket(name)) throw new StackException($"{request.LogicalId}: {name} already exists.");
            var keepsVersions = request.Properties["VersioningConfiguration"]?["Status"]?.ToString() == "Enabled";
            request.Cloud.S3.PutBucket(request.AccountId, name, keepsVersions, request.Region);
            return Task.FromResult(new MadeResource(name, ("Arn", $"arn:aws:s3:::{name}")));
        },
        DeleteAsync = request =>
        {
            request.Cloud.S3.DeleteBucket(request.PhysicalId!);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType BucketPolicy = new("AWS::S3::BucketPolicy")
    {
        Properties = new HashSet<string> { "Bucket", "PolicyDocument" },
        PutAsync = request =>
        {
            request.Cloud.S3.PutPolicy(request.Required("Bucket"), PolicyDocument.Parse(request.Properties["PolicyDocument"]));
            return Task.FromResult(new MadeResource(request.GeneratedName));
        },
        DeleteAsync = request =>
        {
            request.Cloud.S3.PutPolicy(request.Required("Bucket"), null);
            return Task.CompletedTask;
        },
    };
}
