using System.Security.Cryptography;
using System.Text;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Alerts;

/// <summary>One message worth telling, before any provider's format.</summary>
/// <param name="Account">12 digits; of an envelope the key of its row, as in <c>ou-ab12-11111111</c>; empty where it is about no account.</param>
/// <param name="Budget">The budget's name; <see cref="EnvelopeAlerts.Budget"/>; empty where it is about no budget.</param>
/// <param name="Period">Which period of the budget, as in <c>2026-11</c>; of what one channel alone is told <see cref="PeriodOf"/>.</param>
/// <param name="Level">What has been reached: <c>Over</c>, <c>80 % ACTUAL</c>, <c>4 days</c>. Told once for a key.</param>
/// <param name="Text">The whole story in one or two sentences.</param>
/// <param name="At">When it was found.</param>
public sealed record Alert(
    AlertKind Kind,
    AlertSeverity Severity,
    AlertPhase Phase,
    string Account,
    string Budget,
    string Period,
    string Level,
    string Text,
    DateTimeOffset At)
{
    private const int HashLetters = 16;

    /// <summary>What people call the account, where the organization has told it.</summary>
    public string? AccountName { get; init; }

    /// <summary>Amounts, days and reasons, in the order in which they are read.</summary>
    public EquatableArray<AlertFact> Facts { get; init; } = [];

    /// <summary>
    /// All levels that are reached, where there are more than <see cref="Level"/> says: those below it are told with it, and are no news when it gets better.
    /// It is no part of the message.
    /// </summary>
    public EquatableArray<string> Reached { get; init; } = [];

    /// <summary>
    /// The row's <c>Note</c>, a text of a person. It stands in the ledger and on the bus with each message, which are bounded: a longer one is cut, because
    /// nobody would be told of its account any more (an item of DynamoDB has 400 KB, as a row may).
    /// </summary>
    public string? Note { get; init => field = value is null ? null : Shortened.Cut(value, ProviderLimits.Note); }

    /// <summary>Of an alert that is resolved because a person wants to hear nothing of it: the last day of that. It is not over.</summary>
    public DateOnly? SnoozedUntil { get; init; }

    /// <summary>
    /// For whom it is, and what it comes before: a restriction that is about to begin is a warning, and is told to all who will hear that it has begun. Who
    /// hears of it first when it is in force could have stopped it.
    /// </summary>
    public AlertSeverity Urgency => Kind == AlertKind.Restriction && Level == nameof(RestrictionState.Planned) && Severity < AlertSeverity.Critical
        ? AlertSeverity.Critical
        : Severity;

    /// <summary>What opens and what resolves the alert at a provider: <c>111122223333/team-a/2026-11/SpendState</c>.</summary>
    public string DedupKey => VisibleText.Line($"{Account}/{Budget}/{Period}/{Kind}");

    /// <summary>One for each message: a message that is sent twice has it twice, so that a receiver can tell.</summary>
    public string Id => $"{DedupKey}/{VisibleText.Line(Level)}/{Phase}/{At.ToUnixTimeSeconds()}";

    /// <summary>The budget and the account, as in <c>team-a of payments-dev (111122223333)</c>.</summary>
    public string Subject
    {
        get
        {
            var account = AccountName is { Length: > 0 } name ? $"{name} ({Account})" : Account;
            return Budget.Length == 0 ? account : account.Length == 0 ? Budget : $"{Budget} of {account}";
        }
    }

    /// <summary>One line: what it is, and of what.</summary>
    public string Title
    {
        get
        {
            var what = Phase switch
            {
                AlertPhase.Resolved when SnoozedUntil is { } until => $"Snoozed through {DayText.Format(until)}: {Level}",
                AlertPhase.Resolved => $"Resolved: {Level}",
                AlertPhase.Reminder => $"Still {Level}",
                _ => Level,
            };
            return Subject.Length == 0 ? what : $"{what}: {Subject}";
        }
    }

    /// <summary>
    /// The period of what one channel alone is told, as in <c>finops 2026-11-28T20</c>: two channels may end at one provider, which takes messages of one key
    /// for one matter.
    /// </summary>
    public static string PeriodOf(Channel channel, string period) => $"{channel.Name} {period}";

    /// <summary>The key where a provider takes fewer characters than it has: its beginning, and a hash that keeps it apart from all others.</summary>
    public string KeyWithin(int most)
    {
        if (DedupKey.Length <= most) return DedupKey;
        return Shortened.Cut(DedupKey, most - HashLetters - 1, "") + "~" + KeyHash;
    }

    /// <summary>The first 16 hex digits of the key's SHA-256.</summary>
    public string KeyHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DedupKey)))[..HashLetters];
}

/// <summary>One line of what is known, for example <c>Spent</c>: <c>1,210.40 USD (121.0 %)</c>.</summary>
public readonly record struct AlertFact(string Name, string Value);
