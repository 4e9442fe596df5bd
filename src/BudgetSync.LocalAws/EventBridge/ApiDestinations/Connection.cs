using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>A header, a part of the query or a member of the body that a connection adds to each request.</summary>
internal sealed record HttpParameter(string Key, string Value, bool IsSecret);

/// <summary>How EventBridge authorizes itself at an endpoint.</summary>
/// <param name="SecretArn">Where EventBridge keeps the parameters, in a secret of its own.</param>
internal sealed record Connection(string Arn, string Name, string AuthorizationType, string SecretArn, DateTimeOffset CreatedAt)
{
    public string? Description { get; init; }

    /// <summary>False after an endpoint has answered 401 or 407, until the connection is updated (user guide, "De-authorizing connections").</summary>
    public bool IsAuthorized { get; init; } = true;

    public DateTimeOffset ModifiedAt { get; init; } = CreatedAt;

    /// <summary>The header that authorizes: its name, and its value.</summary>
    public required HttpParameter Authorization { get; init; }

    /// <summary>Of BASIC: what DescribeConnection tells.</summary>
    public string? UserName { get; init; }

    public ImmutableArray<HttpParameter> Headers { get; init; } = [];

    public ImmutableArray<HttpParameter> Query { get; init; } = [];

    public ImmutableArray<HttpParameter> Body { get; init; } = [];

    public string State => IsAuthorized ? "AUTHORIZED" : "DEAUTHORIZED";

    /// <summary>Takes the members of a request over.</summary>
    /// <exception cref="AwsException">ValidationException: parameters of another type of authorization than it says.</exception>
    public Connection With(JsonObject input, DateTimeOffset now)
    {
        var auth = input.RequiredStructure("AuthParameters");
        var type = input.RequiredText("AuthorizationType");
        var (header, user) = type switch
        {
            "API_KEY" when auth.Structure("ApiKeyAuthParameters") is { } key =>
                (new HttpParameter(key.RequiredText("ApiKeyName"), key.RequiredText("ApiKeyValue"), true), null),
            "BASIC" when auth.Structure("BasicAuthParameters") is { } basic =>
                (new HttpParameter("Authorization", Basic(basic.RequiredText("Username"), basic.RequiredText("Password")), true), basic.Text("Username")),
            "OAUTH_CLIENT_CREDENTIALS" =>
                throw new AwsException(
                    "ValidationException",
                    "LocalAws does not know connections with OAUTH_CLIENT_CREDENTIALS; BEHAVIOUR.md lists what it knows."),
            _ => throw new AwsException("ValidationException", $"Parameter AuthParameters is not valid. Reason: they are none of {type}."),
        };
        var more = auth.Structure("InvocationHttpParameters") ?? [];
        return this with
        {
            AuthorizationType = type,
            Authorization = header,
            UserName = user,
            Description = input.Text("Description"),
            Headers = Read(more, "HeaderParameters"),
            Query = Read(more, "QueryStringParameters"),
            Body = Read(more, "BodyParameters"),
            IsAuthorized = true,
            ModifiedAt = now,
        };
    }

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static ImmutableArray<HttpParameter> Read(JsonObject members, string name) =>
    [
        .. members.Structures(name).Select(one => new HttpParameter(one.Text("Key") ?? "", one.Text("Value") ?? "", one.Flag("IsValueSecret") == true)),
    ];
}
