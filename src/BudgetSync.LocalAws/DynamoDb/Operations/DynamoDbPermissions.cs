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
        [new($"dynamodb:{call.Operation}", TableArn(call, call.Input["TableName"])) { Context = LeadingKeys(call, call.Input) }];

    /// <summary>
    /// A transaction needs what each of its actions would need by itself, and tells IAM that it is one (DynamoDB developer guide, "Using IAM with DynamoDB
    /// transactions"); there is no action of its own.
    /// </summary>
    public IEnumerable<IamRequest> OnActions(AwsCall call) =>
        from item in (call.Input["TransactItems"] as JsonArray ?? []).OfType<JsonObject>()
        from action in item
        where action.Value is JsonObject
        let members = (JsonObject)action.Value
        select new IamRequest($"dynamodb:{action.Key}Item", TableArn(call, members["TableName"]))
        {
            Context = LeadingKeys(call, members).Add("dynamodb:EnclosingOperation", [call.Operation]),
        };

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

    private ImmutableDictionary<string, ImmutableArray<string>> LeadingKeys(AwsCall call, JsonObject members)
    {
        var none = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        if (Text(members["TableName"]) is not { } name || !state.Tables.TryGetValue(DynamoDbState.Arn(call, name), out var table)) return none;
        var value = (members["Key"] ?? members["Item"]) is JsonObject item
            ? (item[table.Keys.Partition.Name] as JsonObject)?[table.Keys.Partition.Type]
            : null;
        return Text(value) is { } key ? none.Add("dynamodb:LeadingKeys", [key]) : none;
    }

    private static string TableArn(AwsCall call, JsonNode? name) => Text(name) is { } text ? DynamoDbState.Arn(call, text) : "*";

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
