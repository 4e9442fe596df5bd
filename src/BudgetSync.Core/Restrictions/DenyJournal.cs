using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace BudgetSync.Core.Restrictions;

/// <summary>
/// Whom a spoke has attached which of its policies to, written down before it attaches one. IAM does not say who attached a policy: an attachment that stands
/// in the journal is ours and is taken away when nothing asks for it, and any other is a person's, and stays.
/// </summary>
public static class DenyJournal
{
    /// <summary>Its parameter in the spoke.</summary>
    public const string ParameterName = "/BudgetSync/Denied";

    /// <summary>
    /// So many attachments at most: a journal of them takes less than half of the hundred versions that AWS keeps. The 1,000 roles and 5,000 users that an
    /// account has by default (IAM user guide, "IAM and AWS STS quotas"), bound by two policies each, are 12,000.
    /// </summary>
    public const int Most = 15_000;

    /// <summary>Twelve letters of base64.</summary>
    private const int DigestBytes = 9;

    /// <summary>The entry of a policy on a role or user: on one of the same name that was made anew, which has another id, it is another.</summary>
    /// <param name="policy">Its name, below the path of our policies.</param>
    public static string EntryOf(string policy, Principal principal) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{policy}\n{principal.Id}")).AsSpan(0, DigestBytes));

    public static bool IsOurs(this OwnJournal journal, string policy, Principal principal) => journal.Entries.Contains(EntryOf(policy, principal));

    /// <summary>
    /// The entries of what counts as ours where no journal was ever written, or somebody deleted it: what a version of the hub's asked for. A spoke of before
    /// the journal took away whatever else was attached, so what it left is that.
    /// </summary>
    /// <param name="attached">Those that have the policy.</param>
    /// <param name="history">What the hub has ever asked for, as far as AWS remembers.</param>
    public static IEnumerable<string> Adopted(string policy, IEnumerable<Principal> attached, IReadOnlyCollection<DesiredRestriction> history)
    {
        var denies = history.Where(restriction => DenyPlan.IsBy(restriction, policy)).ToImmutableArray();
        return attached.Where(principal => denies.Any(deny => deny.Asks(principal))).Select(principal => EntryOf(policy, principal));
    }
}
