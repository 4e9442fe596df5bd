using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>Of no letter of base64: the entry of an attachment of which nothing says whose it is.</summary>
    private const char Unknown = '?';

    /// <summary>Begins the entry that says when those were last found, in seconds since 1970.</summary>
    private const char Found = '@';

    /// <summary>The year 9999.</summary>
    private const long MostSeconds = 253_370_764_800;

    /// <summary>The entry of a policy on a role or user: on one of the same name that was made anew, which has another id, it is another.</summary>
    /// <param name="policy">Its name, below the path of our policies.</param>
    public static string EntryOf(string policy, Principal principal) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{policy}\n{principal.Id}")).AsSpan(0, DigestBytes));

    public static bool IsOurs(this OwnJournal journal, string policy, Principal principal) => journal.Entries.Contains(EntryOf(policy, principal));

    /// <summary>
    /// Whether it was found attached when neither the journal nor a version of the hub's said why: it may be ours, and it may be a person's. It stays, and is
    /// told until it is detached.
    /// </summary>
    public static bool IsUnknown(this OwnJournal journal, string policy, Principal principal) => journal.Entries.Contains(UnknownOf(policy, principal));

    /// <summary>The entry of an attachment of which nothing says whose it is.</summary>
    public static string UnknownOf(string policy, Principal principal) => $"{Unknown}{EntryOf(policy, principal)}";

    /// <summary>When such attachments were last found anew; null where there is none.</summary>
    public static DateTimeOffset? UnknownSince(this OwnJournal journal)
    {
        var times = journal.Entries.Items.Where(entry => entry.StartsWith(Found))
            .Select(entry => long.TryParse(entry.AsSpan(1), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < MostSeconds ? seconds : 0);
        return times.DefaultIfEmpty().Max() is var last and > 0 ? DateTimeOffset.FromUnixTimeSeconds(last) : null;
    }

    /// <summary>The journal with all that it does not know and that has the policy as what it cannot say whose it is.</summary>
    public static OwnJournal WithUnknown(this OwnJournal journal, string policy, IEnumerable<Principal> attached, DateTimeOffset now)
    {
        var unknown = attached.Where(principal => !journal.IsOurs(policy, principal)).Select(principal => UnknownOf(policy, principal)).ToList();
        return unknown.Count == 0 ? journal : journal with
        {
            Entries = journal.Entries.Items.Where(entry => !entry.StartsWith(Found)).Concat(unknown)
                .Append(string.Create(CultureInfo.InvariantCulture, $"{Found}{now.ToUnixTimeSeconds()}"))
                .ToImmutableSortedSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The entries without those that are gone; the time of what is not known stays until the last of that is gone.</summary>
    public static ImmutableSortedSet<string> Without(this ImmutableSortedSet<string> entries, IEnumerable<string> gone)
    {
        var kept = entries.Except(gone.Where(entry => !entry.StartsWith(Found)));
        return kept.Any(entry => entry.StartsWith(Unknown)) ? kept : kept.Except(kept.Where(entry => entry.StartsWith(Found)));
    }

    /// <summary>
    /// The entries of what counts as ours where no journal was ever written, or somebody deleted it: what a version of the hub's asked for. A spoke of before
    /// the journal took away whatever else was attached, so what it left is that. What somebody else pushed out of the history is not in it.
    /// </summary>
    /// <param name="attached">Those that have the policy.</param>
    /// <param name="history">What the hub has ever asked for, as far as AWS remembers.</param>
    public static IEnumerable<string> Adopted(string policy, IEnumerable<Principal> attached, IReadOnlyCollection<DesiredRestriction> history)
    {
        var denies = history.Where(restriction => DenyPlan.IsBy(restriction, policy)).ToImmutableArray();
        return attached.Where(principal => denies.Any(deny => deny.Asks(principal))).Select(principal => EntryOf(policy, principal));
    }
}
