using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>A header, a part of the query or a member of the body that a connection adds to each request.</summary>
internal sealed record HttpParameter(string Key, string Value, bool IsSecret)
{
    public static ImmutableArray<HttpParameter> Read(JsonObject members, string name) =>
    [
        .. members.Structures(name).Select(one => new HttpParameter(one.Text("Key") ?? "", one.Text("Value") ?? "", one.Flag("IsValueSecret") == true)),
    ];
}

/// <summary>How EventBridge authorizes itself at an endpoint.</summary>
/// <param name="SecretArn">Where EventBridge keeps the parameters, in a secret of its own.</param>
internal sealed record Connection(string Arn, string Name, string AuthorizationType, string SecretArn, DateTimeOffset CreatedAt)
{
    public const string Authorized = "AUTHORIZED";

    public const string Deauthorized = "DEAUTHORIZED";

    private const string Authorizing = "AUTHORIZING";

    public string? Description { get; init; }

    /// <summary>
    /// AUTHORIZED; DEAUTHORIZED after an endpoint has answered 401 or 407, or where there is no token, until the connection is updated (user guide,
    /// "De-authorizing connections"); AUTHORIZING with OAuth until its first token is there (Terraform waits so: aws_cloudwatch_event_connection).
    /// </summary>
    public string State { get; init; } = Authorized;

    public DateTimeOffset ModifiedAt { get; init; } = CreatedAt;

    public bool IsAuthorized => State == Authorized;

    public bool IsDeauthorized => State == Deauthorized;

    /// <summary>The header that authorizes: its name, and its value; with OAuth the token's is another.</summary>
    public required HttpParameter Authorization { get; init; }

    /// <summary>Of BASIC: what DescribeConnection tells.</summary>
    public string? UserName { get; init; }

    /// <summary>Null of another type of authorization.</summary>
    public OAuthClient? OAuth { get; init; }

    public ImmutableArray<HttpParameter> Headers { get; init; } = [];

    public ImmutableArray<HttpParameter> Query { get; init; } = [];

    public ImmutableArray<HttpParameter> Body { get; init; } = [];

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
            "OAUTH_CLIENT_CREDENTIALS" when auth.Structure("OAuthParameters") is not null => (new HttpParameter("Authorization", "", true), null),
            _ => throw new AwsException("ValidationException", $"Parameter AuthParameters is not valid. Reason: they are none of {type}."),
        };
        var more = auth.Structure("InvocationHttpParameters") ?? [];
        var client = type == "OAUTH_CLIENT_CREDENTIALS" ? OAuthClient.Of(auth.RequiredStructure("OAuthParameters")) : null;
        return this with
        {
            AuthorizationType = type,
            Authorization = header,
            OAuth = client,
            UserName = user,
            Description = input.Text("Description"),
            Headers = HttpParameter.Read(more, "HeaderParameters"),
            Query = HttpParameter.Read(more, "QueryStringParameters"),
            Body = HttpParameter.Read(more, "BodyParameters"),
            State = client is null ? Authorized : Authorizing,
            ModifiedAt = now,
        };
    }

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
