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
        var key = new CfnParameter(stack, prefix + "CodeKey", new CfnParameterProps
        {
            Type = "String",
            Description = "The key of the zip in that bucket; new code needs a new key, or CloudFormation sees no change",
            AllowedPattern = "^.{1,1024}$",
            ConstraintDescription = "The key of an S3 object",
        });
        return new FunctionCode(bucket.ValueAsString, key.ValueAsString);
    }
}
