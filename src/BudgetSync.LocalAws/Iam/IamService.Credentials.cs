using System.Collections.Concurrent;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <content>Service-specific credentials.</content>
public sealed partial class IamService
{
    private readonly ConcurrentDictionary<(string AccountId, string Id), ServiceCredential> credentials = new();

    /// <summary>Makes a credential of a user, Active.</summary>
    public ServiceCredential CreateCredential(User user, string serviceName = "bedrock.amazonaws.com", DateTimeOffset? expires = null)
    {
        var made = new ServiceCredential(
            user.AccountId, user.Name, $"ACCA{Interlocked.Increment(ref nextRole):D17}", serviceName, "Active", cloud.Time.GetUtcNow())
        { Expires = expires };
        return credentials[(made.AccountId, made.Id)] = made;
    }

    /// <summary>A credential as it is now: Expired where its time is over.</summary>
    public ServiceCredential? FindCredential(string accountId, string id) =>
        credentials.GetValueOrDefault((accountId, id)) is not { } found ? null
        : found.Expires <= cloud.Time.GetUtcNow() ? found with { Status = "Expired" }
        : found;

    /// <summary>Sets a credential's status, as an administrator of the account would.</summary>
    /// <exception cref="AwsException">NoSuchEntity.</exception>
    public void SetCredential(string accountId, string? userName, string id, string status)
    {
        if (FindCredential(accountId, id) is not { } found || (userName is not null && found.UserName != userName))
            throw new AwsException("NoSuchEntity", $"No such credential {id} exists", 404);
        // Only time makes a credential Expired, and nothing takes that back.
        if (status == "Expired" || found.Status == "Expired")
            throw new AwsException("ValidationError", $"The credential {id} cannot be made {status}.");
        credentials[(accountId, id)] = credentials[(accountId, id)] with { Status = status };
    }

    internal IEnumerable<ServiceCredential> Credentials(string accountId) => credentials.Values
        .Where(one => one.AccountId == accountId).OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => FindCredential(accountId, one.Id)!);
}
