using Amazon.CDK;
using BudgetSync.Cdk.Code;

namespace BudgetSync.Cdk.Stacks;

/// <summary>The code of a portable template: whoever deploys it says in which bucket and under which key the zip lies.</summary>
internal static class PortableCode
{
    public static FunctionCode Take(Stack stack, string prefix = "")
    {
        var bucket = new CfnParameter(stack, prefix + "CodeBucket", new CfnParameterProps
        {
            Type = "String",
            Description = "The S3 bucket, in the home region, that has the function code",
            AllowedPattern = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
            ConstraintDescription = "The name of an S3 bucket",
        });
        return new FunctionCode(bucket.ValueAsString, Key(stack, prefix));
    }

    /// <summary>
    /// The same of a template for several Regions: Lambda takes code from a bucket of its own Region only (Lambda API reference, "FunctionCode"), and a stack
    /// set gives all its stacks the same parameters.
    /// </summary>
    public static FunctionCode TakeInRegion(Stack stack)
    {
        var buckets = new CfnParameter(stack, "CodeBuckets", new CfnParameterProps
        {
            Type = "String",
            Description = "How the S3 buckets that have the function code begin: each Region's is called so, a dash, and the Region",
            AllowedPattern = "^[a-z0-9][a-z0-9.-]{1,50}$",
            ConstraintDescription = "The beginning of names of S3 buckets",
        });
        return new FunctionCode($"{buckets.ValueAsString}-{Aws.REGION}", Key(stack, ""));
    }

    private static string Key(Stack stack, string prefix) => new CfnParameter(stack, prefix + "CodeKey", new CfnParameterProps
    {
        Type = "String",
        Description = "The key of the zip in that bucket; new code needs a new key, or CloudFormation sees no change",
        AllowedPattern = "^.{1,1024}$",
        ConstraintDescription = "The key of an S3 object",
    }).ValueAsString;
}
