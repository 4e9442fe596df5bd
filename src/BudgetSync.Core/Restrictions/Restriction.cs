using System.Security.Cryptography;
using System.Text;

namespace BudgetSync.Core.Restrictions;

/// <summary>One restriction of an account, from when its trigger first held until it has ended.</summary>
/// <param name="Id">As <see cref="DesiredRestriction.Id"/>.</param>
/// <param name="Budget">The budget whose spending is the reason.</param>
/// <param name="Rule">As the row says now, or said last.</param>
public sealed record Restriction(string Id, string Budget, ResponseRule Rule, RestrictionState State)
{
    private const int IdBytes = 6;

    /// <summary>The first day of the period in which it was found: once in a period for each response.</summary>
    public DateOnly PeriodStart { get; init; }

    /// <summary>The day after the last one of the period in which its trigger last held.</summary>
    public DateOnly PeriodEnd { get; init; }

    /// <summary>The facts that it follows from: <c>team-a has spent 1,210 USD (121 %) of 1,000 USD</c>.</summary>
    public string Fact { get; init; } = "";

    /// <summary>Why it does not begin although it is due, or does not end although events say so; "" where nothing holds it back.</summary>
    public string HeldBack { get; init; } = "";

    /// <summary>
    /// What whoever carries it out says beside its state: who is not bound and why, what is left running, or why it is not known to be given back. Those of a
    /// Failed one are its state's.
    /// </summary>
    public EquatableArray<string> Remarks { get; init; } = [];

    /// <summary>The ARN of the person who approved it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>The ARN of the person who let it pass the mass brake.</summary>
    public string? ReleasedBy { get; init; }

    /// <summary>The mass brake has held it back: it waits for a person, however few others would begin with it.</summary>
    public bool IsBraked { get; init; }

    /// <summary>
    /// A round over all accounts found that it is not one of too many. Until then its plan is told to nobody: where it is, one message tells of all.
    /// </summary>
    public bool IsWeighed { get; init; }

    /// <summary>Whether nobody is told of it yet: it may be one of too many, for all of which there is one message.</summary>
    internal bool IsQuiet => this is { State: RestrictionState.Planned, IsWeighed: false, ApprovedBy: null, ReleasedBy: null }
        && Rule is { Mode: ResponseMode.ARMED, Do: not RestrictionKind.NOTIFY };

    /// <summary>Since when whoever carries it out says that it is done; null where it is not yet, or not any more.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When the ledger last got what it has changed; null: it never did.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>The most that is known of the budget in its period since the restriction was found; null before it is meant in earnest.</summary>
    public KnownSpend? Known { get; init; }

    /// <summary>A person has decided, or let the time pass: it does not begin again in the period.</summary>
    public bool IsFinal { get; init; }

    /// <summary>As it is decided anew: what was said of it while it was in another state is not of this one.</summary>
    internal Restriction WithoutRemarks => this with { Remarks = [], RecordedAt = State is RestrictionState.Revoked ? RecordedAt : null };

    /// <inheritdoc cref="ResponseRule.IsOfOrganization"/>
    public bool IsOfOrganization => Rule.IsOfOrganization;

    /// <summary>When it ends by itself; null: when a person or the row says so.</summary>
    public DateTimeOffset? Until => Rule.Until switch
    {
        ResponseEnd.Period => new DateTimeOffset(PeriodEnd, TimeOnly.MinValue, TimeSpan.Zero),
        ResponseEnd.Day(var last) when last < DateOnly.MaxValue => new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero),
        _ => null,
    };

    /// <summary>As it travels to the spoke; null where it does not: it is not in force, or not the spoke's to do.</summary>
    public DesiredRestriction? Desired
    {
        get
        {
            var since = State switch
            {
                RestrictionState.InForce state => state.Since,
                RestrictionState.Failed state => state.Since,
                _ => (DateTimeOffset?)null,
            };
            if (since is not { } from || IsOfOrganization || !Rule.Do.IsOfSpoke()) return null;
            return new DesiredRestriction(Id, Rule.Do, DateTimeOffset.FromUnixTimeSeconds(from.ToUnixTimeSeconds()))
            {
                Policy = Rule.Policy,
                Tag = Rule.Tag,
                Binds = Rule.Binds,
                Except = Rule.Except,
                Until = Until,
            };
        }
    }

    public static bool IsId(string text) => text.StartsWith("r-", StringComparison.Ordinal)
        && text.Length == 2 + (2 * IdBytes)
        && text.Skip(2).All(char.IsAsciiHexDigitLower);

    /// <summary>The same account, budget, response and period have the same id, however often and by whom it is decided.</summary>
    public static string IdOf(AccountId account, string budget, ResponseRule rule, DateOnly periodStart)
    {
        var text = $"{account}|{budget}|{rule.OfAnyBudget.Key}|{DayText.Format(periodStart)}";
        return "r-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdBytes));
    }
}
