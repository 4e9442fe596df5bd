namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>A test that needs AWS's own DynamoDB Local; skipped, visibly, where DYNAMODB_LOCAL_URL does not say where it listens.</summary>
internal sealed class DynamoDbLocalFactAttribute : FactAttribute
{
    public const string Variable = "DYNAMODB_LOCAL_URL";

    public DynamoDbLocalFactAttribute()
    {
        if (string.IsNullOrEmpty(Url)) Skip = $"{Variable} is not set; run-dynamodb-local.sh starts DynamoDB Local and prints its URL.";
    }

    public static string? Url => Environment.GetEnvironmentVariable(Variable);
}
