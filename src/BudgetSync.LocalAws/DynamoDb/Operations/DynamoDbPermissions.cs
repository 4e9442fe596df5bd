using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>What each operation needs of IAM (Service Authorization Reference, "Actions for Amazon DynamoDB").</summary>
internal sealed class DynamoDbPermissions(DynamoDbState state)
{
    /// <summary>The operation's own action on the table it names.</summary>
    public static IEnumerable<IamRequest> OnTable(AwsCall call) => [new($"dynamodb:{call.Operation}", TableArn(call, call.Input["TableName"]))];

    /// <summary>As <see cref="OnTable"/>, with the partition key under <c>dynamodb:LeadingKeys</c>.</summary>
    public IEnumerable<IamRequest> OnItem(AwsCall call) =>
        [new($"dynamodb:{call.Operation}", TableArn(call, call.Input["TableName"])) { Context = LeadingKeys(call) }];

    /// <summary>The operation's action on each table of RequestItems.</summary>
    public static IEnumerable<IamRequest> OnTables(AwsCall call) =>
        (call.Input["RequestItems"] as JsonObject ?? []).Select(entry => new IamRequest($"dynamodb:{call.Operation}", DynamoDbState.Arn(call, entry.Key)));

    /// <summary>Listing has no resource-level permission.</summary>
    public static IEnumerable<IamRequest> OnAll(AwsCall call) => [new($"dynamodb:{call.Operation}", "*")];

    public static IEnumerable<IamRequest> OnStream(AwsCall call) =>
        [new($"dynamodb:{call.Operation}", Text(call.Input["StreamArn"]) ?? "*")];

    /// <summary>GetRecords names its stream inside the iterator only.</summary>
    public static IEnumerable<IamRequest> OnIterator(AwsCall call) =>
        [new($"dynamodb:{call.Operation}", Text(call.Input["ShardIterator"]) is { } iterator ? StreamOperations.StreamOf(iterator) : "*")];

    private ImmutableDictionary<string, ImmutableArray<string>> LeadingKeys(AwsCall call)
    {
        var none = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        if (Text(call.Input["TableName"]) is not { } name || !state.Tables.TryGetValue(DynamoDbState.Arn(call, name), out var table)) return none;
        var value = (call.Input["Key"] ?? call.Input["Item"]) is JsonObject item
            ? (item[table.Keys.Partition.Name] as JsonObject)?[table.Keys.Partition.Type]
            : null;
        return Text(value) is { } key ? none.Add("dynamodb:LeadingKeys", [key]) : none;
    }

    private static string TableArn(AwsCall call, JsonNode? name) => Text(name) is { } text ? DynamoDbState.Arn(call, text) : "*";

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
