namespace BudgetSync.LocalAws.DynamoDb;

/// <summary>The namespaces of <c>__type</c> in DynamoDB's errors: those of its own model, and those of AWS's framework for what it checks before.</summary>
internal static class DynamoDbErrorType
{
    public static string Of(string code) => code switch
    {
        "ValidationException" => $"com.amazon.coral.validate#{code}",
        "SerializationException"
            or "AccessDeniedException"
            or "UnknownOperationException"
            or "UnrecognizedClientException"
            or "MissingAuthenticationTokenException"
            or "ExpiredTokenException" => $"com.amazon.coral.service#{code}",
        _ => $"com.amazonaws.dynamodb.v20120810#{code}",
    };
}
