using System.Globalization;

namespace BudgetSync.Core.Restrictions;

/// <summary>One entry of a row's <c>Responses</c>: at what, what, how far by itself, how soon and for how long.</summary>
public sealed record ResponseRule(ResponseTrigger At, RestrictionKind Do)
{
    /// <summary>The mass brake needs an hour to see that many accounts are about to be restricted at once, so what acts by itself waits as long.</summary>
    public static readonly TimeSpan LeastGrace = TimeSpan.FromHours(1);

    /// <summary>How long an approval may take before the restriction is given up for the period.</summary>
    public static readonly TimeSpan ApproveWithin = TimeSpan.FromHours(24);

    /// <summary>As <see cref="DesiredRestriction.Policy"/>.</summary>
    public string? Policy { get; init; }

    /// <summary>As <see cref="DesiredRestriction.Tag"/>.</summary>
    public ResourceTag? Tag { get; init; }

    /// <summary>As <see cref="DesiredRestriction.Binds"/>.</summary>
    public PrincipalNames Binds { get; init; } = PrincipalNames.None;

    /// <summary>As <see cref="DesiredRestriction.Except"/>.</summary>
    public PrincipalNames Except { get; init; } = PrincipalNames.None;

    public ResponseMode Mode { get; init; } = ResponseMode.WATCH;

    /// <summary>From when it is told to when it is done; what happens meanwhile may cancel it.</summary>
    public TimeSpan Grace { get; init; } = LeastGrace;

    public ResponseEnd Until { get; init; } = new ResponseEnd.Period();

    /// <summary>The budget whose spending is looked at; null: any of the account's budgets of money.</summary>
    public string? Budget { get; init; }

    /// <summary>
    /// True: the organization does it by a service control policy, which nobody in the account can take away. False: the account's own spoke does it.
    /// QUARANTINE is always the organization's.
    /// </summary>
    public bool Binding { get; init; }

    /// <summary>True: the organization carries it out, by a policy. False: the spoke does.</summary>
    public bool IsOfOrganization => Binding || Do == RestrictionKind.QUARANTINE;

    /// <summary>True: nothing is ever restricted by it.</summary>
    public bool IsOnlyWatched => Mode == ResponseMode.WATCH || Do == RestrictionKind.NOTIFY;

    /// <summary>
    /// The same for whichever budget: one that names a restriction's budget and one that means all ask the same of it, so by this they are compared.
    /// </summary>
    public ResponseRule OfAnyBudget => this with { Budget = null };

    /// <summary>What it answers to and with, which a row says once.</summary>
    public string Subject => $"{At}|{Do}|{Policy}|{Tag}|{Budget}";

    /// <summary>
    /// Equal for the same response however its mode, grace and end are edited. Whom it binds is part of it: whoever is to be bound by an edit is told, and has
    /// the whole grace, as by a response that is new.
    /// </summary>
    public string Key => $"{Subject}{(Binding && Do != RestrictionKind.QUARANTINE ? "|Binding" : "")}{Told("only", Binds)}{Told("not", Except)}";

    /// <summary>For people: <c>DENY_APIS critical at Over</c>.</summary>
    public override string ToString() => $"{Do}{(Policy is null ? "" : $" {Policy}")}{(Tag is null ? "" : $" {Tag}")} at {At}";

    private static string Told(string word, PrincipalNames names) =>
        names.IsEmpty ? "" : $"|{word} {string.Join(',', names.Roles)};{string.Join(',', names.Users)}";

    /// <summary>As a row writes it: <c>90m</c>, <c>12h</c>, <c>3d</c>.</summary>
    public static string Text(TimeSpan grace) =>
        grace > TimeSpan.Zero && grace.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{grace.TotalDays:0}d")
        : grace > TimeSpan.Zero && grace.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{grace.TotalHours:0}h")
        : string.Create(CultureInfo.InvariantCulture, $"{grace.TotalMinutes:0}m");
}
