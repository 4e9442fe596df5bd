using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>The connections and API destinations of all accounts and regions, by name and ARN.</summary>
internal sealed class ApiDestinationStore(LocalCloud cloud)
{
    private readonly ConcurrentDictionary<(string AccountId, string Region, string Name), Connection> connections = new();
    private readonly ConcurrentDictionary<(string AccountId, string Region, string Name), ApiDestination> destinations = new();

    public OAuthTokens Tokens => field ??= new OAuthTokens(cloud, this);

    /// <exception cref="AwsException">ValidationException, ResourceAlreadyExistsException or LimitExceededException.</exception>
    public Connection CreateConnection(string accountId, string region, JsonObject input)
    {
        ApiDestinationShapes.CreateConnection.Validate(input, "ValidationException", "CreateConnection");
        var name = input.RequiredText("Name");
        Room(connections.Keys.Count(key => key.AccountId == accountId && key.Region == region));
        var id = cloud.Gateway.NewRequestId();
        var now = cloud.Time.GetUtcNow();
        var nothing = new HttpParameter("", "", true);
        var secret = SecretName(name, id);
        var made = new Connection(ArnOf(accountId, region, "connection", name, id), name, "", "", now) { Authorization = nothing }.With(input, now);
        if (connections.ContainsKey((accountId, region, name))) throw Exists("Connection", name);
        made = made with { SecretArn = cloud.Secrets.PutSecret(accountId, secret, input.RequiredStructure("AuthParameters").ToJsonString(), region) };
        if (connections.TryAdd((accountId, region, name), made))
        {
            Tokens.Begin(made);
            return made;
        }

        cloud.Secrets.RemoveSecret(accountId, region, secret);
        throw Exists("Connection", name);
    }

    /// <summary>Gives a connection other parameters, which authorizes it again.</summary>
    /// <exception cref="AwsException">ValidationException or ResourceNotFoundException.</exception>
    public Connection UpdateConnection(string accountId, string region, JsonObject input)
    {
        ApiDestinationShapes.CreateConnection.Validate(input, "ValidationException", "UpdateConnection");
        var old = Connection(accountId, region, input.RequiredText("Name"));
        var changed = old.With(input, cloud.Time.GetUtcNow());
        cloud.Secrets.PutSecret(accountId, SecretName(old), input.RequiredStructure("AuthParameters").ToJsonString(), region);
        connections[(accountId, region, old.Name)] = changed;
        Tokens.Begin(changed);
        return changed;
    }

    public Connection DeleteConnection(string accountId, string region, string name)
    {
        var gone = Connection(accountId, region, name);
        connections.TryRemove((accountId, region, name), out _);
        cloud.Secrets.RemoveSecret(accountId, region, SecretName(gone));
        return gone;
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public Connection Connection(string accountId, string region, string name) =>
        connections.GetValueOrDefault((accountId, region, name)) ?? throw Missing($"Connection '{name}'");

    /// <summary>Null where it is gone.</summary>
    public Connection? ConnectionOf(ApiDestination destination) => connections.Values.FirstOrDefault(known => known.Arn == destination.ConnectionArn);

    /// <summary>As EventBridge does when an endpoint refuses the connection's authorization; what has been updated since stays as it is.</summary>
    public void Deauthorize(Connection refused) => Become(refused, ApiDestinations.Connection.Deauthorized);

    /// <summary>As EventBridge does when it has got a token.</summary>
    public void Authorize(Connection connection) => Become(connection, ApiDestinations.Connection.Authorized);

    /// <summary>Gives it a state; what has been updated since stays as it is.</summary>
    public void Become(Connection known, string state)
    {
        if (Arn.TryParse(known.Arn, out var arn)) connections.TryUpdate((arn.AccountId, arn.Region, known.Name), known with { State = state }, known);
    }

    /// <summary>Creates an API destination, or replaces the one of that name.</summary>
    /// <exception cref="AwsException">
    /// ValidationException, ResourceNotFoundException (the connection), ResourceAlreadyExistsException or LimitExceededException.
    /// </exception>
    public ApiDestination PutDestination(string accountId, string region, JsonObject input, bool replace)
    {
        ApiDestinationShapes.CreateApiDestination.Validate(input, "ValidationException", "CreateApiDestination");
        var name = input.RequiredText("Name");
        var connection = input.RequiredText("ConnectionArn");
        if (connections.Values.All(known => known.Arn != connection)) throw Missing($"Connection '{connection}'");
        var written = input.RequiredText("InvocationEndpoint");
        // AWS would fill a * from the target's HttpParameters, which are not known here.
        if (!Uri.TryCreate(written, UriKind.Absolute, out var endpoint)
            || endpoint.Scheme != Uri.UriSchemeHttps
            || written.Contains('*', StringComparison.Ordinal))
            throw new AwsException(
                "ValidationException",
                "Parameter InvocationEndpoint is not valid. Reason: it must be an HTTPS URL, and LocalAws knows none with *.");
        var now = cloud.Time.GetUtcNow();
        var key = (accountId, region, name);
        if (!destinations.ContainsKey(key)) Room(destinations.Keys.Count(other => other.AccountId == accountId && other.Region == region));
        var made = new ApiDestination(
            ArnOf(accountId, region, "api-destination", name, cloud.Gateway.NewRequestId()), name, connection, endpoint, input.RequiredText("HttpMethod"),
            input.Whole("InvocationRateLimitPerSecond") ?? AwsLimits.EventBridge.InvocationsPerSecond, now)
        { Description = input.Text("Description") };
        if (!replace) return destinations.TryAdd(key, made) ? made : throw Exists("ApiDestination", name);
        return destinations.AddOrUpdate(key, made, (_, old) => made with { Arn = old.Arn, CreatedAt = old.CreatedAt });
    }

    public void DeleteDestination(string accountId, string region, string name)
    {
        if (!destinations.TryRemove((accountId, region, name), out _)) throw Missing($"ApiDestination '{name}'");
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public ApiDestination Destination(string accountId, string region, string name) =>
        destinations.GetValueOrDefault((accountId, region, name)) ?? throw Missing($"ApiDestination '{name}'");

    /// <summary>Null where there is none.</summary>
    public ApiDestination? Find(string arn) => destinations.Values.FirstOrDefault(known => known.Arn == arn);

    private static string ArnOf(string accountId, string region, string kind, string name, string id) =>
        $"arn:aws:events:{region}:{accountId}:{kind}/{name}/{id}";

    private static string SecretName(Connection connection) => SecretName(connection.Name, connection.Arn[(connection.Arn.LastIndexOf('/') + 1)..]);

    private static string SecretName(string connection, string id) => $"events!connection/{connection}/{id}";

    private static void Room(int count)
    {
        if (count >= AwsLimits.EventBridge.Destinations)
            throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
    }

    private static AwsException Missing(string what) => new("ResourceNotFoundException", $"Failed to describe the {what}: it does not exist.");

    private static AwsException Exists(string kind, string name) => new("ResourceAlreadyExistsException", $"{kind} {name} already exists.");
}
