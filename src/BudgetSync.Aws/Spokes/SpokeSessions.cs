using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using Amazon.SimpleSystemsManagement;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;

namespace BudgetSync.Aws.Spokes;

/// <summary>
/// Sessions in spokes: credentials and an SSM client for each account, kept across warm invocations until shortly before they expire,
/// so that a second edit of the same account asks STS nothing. Bounded, paced, and safe for many accounts at once.
/// </summary>
public sealed class SpokeSessions(AwsClients clients, SpokeRole role, int assumeRolePerSecond, AwsCaller caller, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<AccountId, Session> sessions = [];
    private readonly AdaptiveRateLimiter pacing = new(assumeRolePerSecond, Limits.AssumeRoleBurst, time);

    /// <summary>SSM in the account.</summary>
    /// <exception cref="AwsFaultException">The role cannot be assumed (<see cref="FaultKind.Blocked"/>) or STS failed.</exception>
    public async Task<IAmazonSimpleSystemsManagement> OpenAsync(AccountId account, CancellationToken cancellation) =>
        (await SessionAsync(account, cancellation)).Client;

    /// <summary>What calls in the account are signed with.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public async Task<ImmutableCredentials> CredentialsAsync(AccountId account, CancellationToken cancellation) =>
        await (await SessionAsync(account, cancellation)).Credentials.GetCredentialsAsync();

    private async Task<Session> SessionAsync(AccountId account, CancellationToken cancellation)
    {
        if (Kept(account) is { } kept) return kept;
        var request = new AssumeRoleRequest
        {
            RoleArn = role.Arn(account),
            RoleSessionName = "BudgetSync",
            ExternalId = role.ExternalId,
            DurationSeconds = Limits.SessionSeconds,
        };
        var answer = await caller.CallAsync(
            "sts",
            "AssumeRole",
            async token =>
            {
                await pacing.TurnAsync(token);
                try
                {
                    return await clients.Tokens.AssumeRoleAsync(request, token);
                }
                catch (AmazonServiceException refused) when (FaultTable.IsThrottling(refused))
                {
                    pacing.Throttled();
                    throw;
                }
            },
            cancellation,
            FaultKind.Blocked,
            Limits.DeniedAttempts);
        var credentials = new SessionAWSCredentials(answer.Credentials.AccessKeyId, answer.Credentials.SecretAccessKey, answer.Credentials.SessionToken);
        var session = new Session(clients.Systems(credentials), credentials, Expires(answer.Credentials.Expiration));
        Keep(account, session);
        return session;
    }

    /// <summary>Forgets the account's session: its credentials were refused.</summary>
    public void Drop(AccountId account)
    {
        // The client is not disposed: another task may be in the middle of a call with it. It holds no socket of its own.
        lock (gate) sessions.Remove(account);
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var session in sessions.Values) session.Client.Dispose();
            sessions.Clear();
        }
    }

    private Session? Kept(AccountId account)
    {
        lock (gate)
        {
            return sessions.TryGetValue(account, out var session) && session.Expires - Limits.SessionMargin > time.GetUtcNow() ? session : null;
        }
    }

    private void Keep(AccountId account, Session session)
    {
        lock (gate)
        {
            if (sessions.Count >= Limits.SpokeSessions && !sessions.ContainsKey(account))
                sessions.Remove(sessions.MinBy(kept => kept.Value.Expires).Key);
            sessions[account] = session;
        }
    }

    private static DateTimeOffset Expires(DateTime? expiration) =>
        expiration is { } end ? new DateTimeOffset(end.ToUniversalTime()) : DateTimeOffset.MinValue;

    private sealed record Session(IAmazonSimpleSystemsManagement Client, SessionAWSCredentials Credentials, DateTimeOffset Expires);
}
