using System.Collections.Immutable;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <content>IAM users, just enough of them to have policies attached and to make calls.</content>
public sealed partial class IamService
{
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(3650);

    public IReadOnlyCollection<User> Users => [.. users.Values.OrderBy(user => user.Arn, StringComparer.Ordinal)];

    /// <summary>Creates a user with an inline policy.</summary>
    public User PutUser(string accountId, string name, PolicyDocument inline, string path = "/") => users.GetOrAdd(
        (accountId, name),
        _ => new User(accountId, $"AIDA{Interlocked.Increment(ref nextRole):D17}", name, [inline])
        {
            Path = path,
            Created = cloud.Time.GetUtcNow(),
            Inline = [inline],
        });

    public User? FindUser(string accountId, string name) => users.GetValueOrDefault((accountId, name));

    /// <summary>A long-term access key of a user: what the user's calls are signed with. They carry no session token.</summary>
    public string CreateAccessKey(User user)
    {
        var id = $"AKIA{Interlocked.Increment(ref nextRole):D16}";
        cloud.Callers.Add(id, null, new Caller(user.AccountId, user.Arn, user.Arn), cloud.Time.GetUtcNow() + KeyLifetime);
        return id;
    }

    internal User? FindUser(string arn) =>
        Arn.TryParse(arn, out var parts) && parts.Resource.StartsWith("user/", StringComparison.Ordinal)
            && FindUser(parts.AccountId, parts.Resource[(parts.Resource.LastIndexOf('/') + 1)..]) is { } user && user.Arn == arn ? user : null;

    private void Put(User user, ImmutableArray<string> policyArns) => users[(user.AccountId, user.Name)] = user with
    {
        ManagedPolicyArns = policyArns,
        Identity = [.. user.Inline, .. policyArns.Select(PolicyOf)],
    };
}
