using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// What a mapping needs of its function's role to read the stream (Lambda developer guide, "Process DynamoDB records with Lambda", permissions).
/// </summary>
internal static class StreamAccess
{
    /// <summary>The first permission the role lacks, in words; null where it has all.</summary>
    public static string? Missing(LocalCloud cloud, EventSourceMapping mapping)
    {
        if (cloud.Lambda.FindFunction(mapping.AccountId, mapping.FunctionName, mapping.Region) is not { } function)
            return $"Function {mapping.FunctionName} does not exist.";
        var caller = EnvironmentFactory.CallerOf(function);
        IamRequest[] needs =
        [
            new("dynamodb:GetRecords", mapping.StreamArn),
            new("dynamodb:GetShardIterator", mapping.StreamArn),
            new("dynamodb:DescribeStream", mapping.StreamArn),
            new("dynamodb:ListStreams", "*"),
        ];
        return needs.FirstOrDefault(need => !cloud.Iam.IsAllowed(caller, need)) is { } lacking
            ? $"Cannot access stream {mapping.StreamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and "
                + $"ListStreams Actions on your stream in IAM: {function.RoleArn} may not {lacking.Action} on {lacking.Resource}."
            : null;
    }
}
