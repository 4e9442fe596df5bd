using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>The operations on connections and API destinations as they come over the wire. None answers a value that is secret.</summary>
internal static class ApiDestinationOperations
{
    public static void Declare(ApiDestinationStore store, Action<string, Shape, Func<AwsCall, IEnumerable<IamRequest>>, Func<AwsCall, JsonObject>> operation)
    {
        operation("CreateConnection", ApiDestinationShapes.CreateConnection, Needs("connection"), call =>
            Summary(store.CreateConnection(call.AccountId, call.Region, call.Input)));
        operation("DescribeConnection", ApiDestinationShapes.ByName, Needs("connection"), call =>
            Description(store.Connection(call.AccountId, call.Region, Name(call))));
        operation("DeleteConnection", ApiDestinationShapes.ByName, Needs("connection"), call =>
        {
            var answer = Summary(store.DeleteConnection(call.AccountId, call.Region, Name(call)));
            answer["ConnectionState"] = "DELETING";
            return answer;
        });
        operation("CreateApiDestination", ApiDestinationShapes.CreateApiDestination, Needs("api-destination"), call =>
            Summary(store, store.PutDestination(call.AccountId, call.Region, call.Input, replace: false)));
        operation("DescribeApiDestination", ApiDestinationShapes.ByName, Needs("api-destination"), call =>
            Description(store, store.Destination(call.AccountId, call.Region, Name(call))));
        operation("DeleteApiDestination", ApiDestinationShapes.ByName, Needs("api-destination"), call =>
        {
            store.DeleteDestination(call.AccountId, call.Region, Name(call));
            return [];
        });
    }

    private static string Name(AwsCall call) => call.Input.RequiredText("Name");

    /// <summary>Policies name connections and destinations without the id that ends their ARNs (service authorization reference, Amazon EventBridge).</summary>
    private static Func<AwsCall, IEnumerable<IamRequest>> Needs(string kind) => call =>
        [new IamRequest($"events:{call.Operation}", $"arn:aws:events:{call.Region}:{call.AccountId}:{kind}/{Name(call)}")];

    private static JsonObject Summary(Connection connection) => new()
    {
        ["ConnectionArn"] = connection.Arn,
        ["ConnectionState"] = connection.State,
        ["CreationTime"] = connection.CreatedAt.ToEpochSeconds(),
        ["LastModifiedTime"] = connection.ModifiedAt.ToEpochSeconds(),
    };

    private static JsonObject Description(Connection connection)
    {
        var answer = Summary(connection);
        answer["Name"] = connection.Name;
        if (connection.Description is { } text) answer["Description"] = text;
        answer["AuthorizationType"] = connection.AuthorizationType;
        answer["SecretArn"] = connection.SecretArn;
        var auth = connection switch
        {
            { UserName: { } user } => new JsonObject { ["BasicAuthParameters"] = new JsonObject { ["Username"] = user } },
            { OAuth: { } client } => new JsonObject { ["OAuthParameters"] = Description(client) },
            _ => new JsonObject { ["ApiKeyAuthParameters"] = new JsonObject { ["ApiKeyName"] = connection.Authorization.Key } },
        };
        auth["InvocationHttpParameters"] = Shown(connection.Headers, connection.Query, connection.Body);
        answer["AuthParameters"] = auth;
        return answer;
    }

    private static JsonObject Description(OAuthClient client) => new()
    {
        ["ClientParameters"] = new JsonObject { ["ClientID"] = client.Id },
        ["AuthorizationEndpoint"] = client.Endpoint.OriginalString,
        ["HttpMethod"] = client.Method,
        ["OAuthHttpParameters"] = Shown(client.Headers, client.Query, client.Body),
    };

    private static JsonObject Shown(ImmutableArray<HttpParameter> headers, ImmutableArray<HttpParameter> query, ImmutableArray<HttpParameter> body) => new()
    {
        ["HeaderParameters"] = Shown(headers),
        ["QueryStringParameters"] = Shown(query),
        ["BodyParameters"] = Shown(body),
    };

    private static JsonArray Shown(ImmutableArray<HttpParameter> parameters) =>
    [
        .. parameters.Select(one => one.IsSecret
            ? new JsonObject { ["Key"] = one.Key, ["IsValueSecret"] = true }
            : new JsonObject { ["Key"] = one.Key, ["IsValueSecret"] = false, ["Value"] = one.Value }),
    ];

    private static JsonObject Summary(ApiDestinationStore store, ApiDestination destination) => new()
    {
        ["ApiDestinationArn"] = destination.Arn,
        ["ApiDestinationState"] = store.ConnectionOf(destination)?.IsAuthorized == true ? "ACTIVE" : "INACTIVE",
        ["CreationTime"] = destination.CreatedAt.ToEpochSeconds(),
        ["LastModifiedTime"] = destination.ModifiedAt.ToEpochSeconds(),
    };

    private static JsonObject Description(ApiDestinationStore store, ApiDestination destination)
    {
        var answer = Summary(store, destination);
        answer["Name"] = destination.Name;
        if (destination.Description is { } text) answer["Description"] = text;
        answer["ConnectionArn"] = destination.ConnectionArn;
        answer["InvocationEndpoint"] = destination.Endpoint.OriginalString;
        answer["HttpMethod"] = destination.Method;
        answer["InvocationRateLimitPerSecond"] = destination.PerSecond;
        return answer;
    }
}
