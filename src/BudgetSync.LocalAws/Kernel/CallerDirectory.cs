using System.Collections.Concurrent;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// Access key ids to callers. An id of 12 digits is that account's administrator; every other id was handed out by STS or to a function.
/// Signatures are not verified: this cloud listens on loopback only and knows no secrets.
/// </summary>
public sealed class CallerDirectory(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (Caller Caller, string? SessionToken, DateTimeOffset Expires)> sessions = new(StringComparer.Ordinal);

    /// <summary>Remembers whom an access key id stands for, until it expires. A session has a token; a long-term key of a user has none.</summary>
    public void Add(string accessKeyId, string? sessionToken, Caller caller, DateTimeOffset expires) =>
        sessions[accessKeyId] = (caller, sessionToken, expires);

    /// <summary>The caller behind an access key id.</summary>
    /// <exception cref="AwsException">UnrecognizedClientException for an unknown id or a wrong token, ExpiredTokenException after its time.</exception>
    public Caller Identify(string? accessKeyId, string? sessionToken)
    {
        if (accessKeyId is { Length: 12 } && accessKeyId.All(char.IsAsciiDigit)) return Caller.Root(accessKeyId);
        if (accessKeyId is null)
            throw new AwsException(
                "MissingAuthenticationTokenException",
                "The request is not signed. Give any secret and, as access key id, the 12 digits of the account to act in.",
                403);
        if (!sessions.TryGetValue(accessKeyId, out var session) || session.SessionToken != sessionToken)
            throw new AwsException(
                "UnrecognizedClientException",
                $"The security token included in the request is invalid: access key id \"{accessKeyId}\" is neither 12 digits (an account) nor a session or "
                    + $"key handed out here.",
                403);
        if (session.Expires <= time.GetUtcNow())
            throw new AwsException("ExpiredTokenException", "The security token included in the request is expired", 403);
        return session.Caller;
    }
}
