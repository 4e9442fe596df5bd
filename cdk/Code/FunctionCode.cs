using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3.Assets;
using Constructs;

namespace BudgetSync.Cdk.Code;

/// <summary>Where a function's zip lies when CloudFormation comes for it: a bucket of the function's own region.</summary>
/// <param name="Bucket">Bucket name, or a token for one.</param>
/// <param name="Key">Object key. It has the content's hash in it: CloudFormation sees new code only in a new key.</param>
internal sealed record FunctionCode(string Bucket, string Key)
{
    /// <summary>A published folder, which CDK zips, hashes and uploads to the asset bucket of the stack's synthesizer.</summary>
    public static FunctionCode FromFolder(Construct scope, string id, string folder)
    {
        var asset = new Asset(scope, id, new AssetProps { Path = folder });
        return new FunctionCode(asset.S3BucketName, asset.S3ObjectKey);
    }

    public CfnFunction.CodeProperty ToProperty() => new() { S3Bucket = Bucket, S3Key = Key };
}
