using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Iam;

/// <summary>AWS's own managed policies that our templates may name, with the permissions AWS gives them.</summary>
internal static class ManagedPolicies
{
    private static readonly ImmutableDictionary<string, PolicyDocument> Known = new Dictionary<string, PolicyDocument>
    {
        ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"] =
            Allow("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
        ["arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole"] =
            Allow(
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:PutLogEvents"),
        ["arn:aws:iam::aws:policy/AdministratorAccess"] = Allow("*"),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    public static PolicyDocument? Find(string arn) => Known.GetValueOrDefault(arn);

    private static PolicyDocument Allow(params string[] actions) =>
        PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{string.Join("\",\"", actions)}}"],"Resource":"*"}]}""");
}
