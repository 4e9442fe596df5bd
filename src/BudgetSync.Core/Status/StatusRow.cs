using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Status;

/// <summary>
/// One item of the status table: where one row of the budgets table, or one account, stands. Written by <see cref="StatusChange"/> only.
/// Scopes that are no account (OU, root, default) and keys that are no scope at all have a row too, when there is something to say of them.
/// </summary>
public sealed record StatusRow
{
    /// <summary>The key text as it stands in the budgets table; for an account covered by inheritance, its id.</summary>
    public required string Key { get; init; }

    public required AccountState State { get; init; }

    /// <summary>When we first heard of the account.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>Counts the writes of this item. The shell writes on the condition that it has not moved, so two writers never undo each other.</summary>
    public long ItemVersion { get; init; }

    /// <summary>What the spoke should have; null when nothing valid is asked for.</summary>
    public string? DesiredRevision { get; init; }

    /// <summary>What the spoke last said it has.</summary>
    public string? AppliedRevision { get; init; }

    /// <summary>The parameter's version when it last held <see cref="DesiredRevision"/> by our doing or to our knowledge; 0 before that.</summary>
    public long ParameterVersion { get; init; }

    /// <summary>Why the state is what it is; empty when all is well.</summary>
    public EquatableArray<string> Reasons { get; init; } = [];

    public EquatableArray<ReportedBudget> Budgets { get; init; } = [];

    /// <summary>Where the money of each budget stands, in order of name. Kept when a report has no budgets, because AWS refused to tell them.</summary>
    public EquatableArray<SpendStanding> Spend { get; init; } = [];

    /// <summary>Events about money that the bus has not taken yet, oldest first.</summary>
    public EquatableArray<SpendEvent> Untold { get; init; } = [];

    /// <summary>What is restricted in the account, is about to be, or was in this period, in order of id. The spoke's travel in its parameter.</summary>
    public EquatableArray<Restriction> Restrictions { get; init; } = [];

    /// <summary>Ids of restrictions that had no place beside those, of which the ledger says so.</summary>
    public EquatableSet<string> LeftOut { get; init; } = [];

    /// <summary>The topics of which the last look was not sure that AWS Budgets may publish to them.</summary>
    public EquatableArray<TopicAccess> Topics { get; init; } = [];

    /// <summary>
    /// Entries that the ledger does not hold yet, oldest first. What they are about does not travel before they are written: no restriction without an entry.
    /// </summary>
    public EquatableArray<LedgerEntry> Unrecorded { get; init; } = [];

    /// <summary>The spoke said with its last apply that it carries out restrictions; only then may its parameter hold any.</summary>
    public bool Restricts { get; init; }

    /// <summary>
    /// An event told what would free the account: that its spoke restricts no more, or has given back what was in force. Which function of the account an event
    /// is of nobody certifies, so nothing follows until the spoke was asked itself.
    /// </summary>
    public bool IsToBeAsked { get; init; }

    /// <summary>The account has no row of its own, and is uncovered because it is closed or left the organization. With a row it is an Orphan.</summary>
    public bool IsShut { get; init; }

    /// <summary>The account is closed, or not in the organization: nobody can do anything there.</summary>
    public bool IsOutOfReach => State is AccountState.Orphan || (State is AccountState.Uncovered && IsShut);

    /// <summary>When its spoke was last asked itself; null: never. Events have it asked so often and no more.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>What events told of restrictions in the hour that runs, of which the ledger holds so much and no more; null: nothing yet.</summary>
    public ToldChanges? Told { get; init; }

    /// <summary>When the last report was made of which the states of the spoke's restrictions were taken, by its clock, never later than ours.</summary>
    public DateTimeOffset? RestrictionsAt { get; init; }

    /// <summary>What reports told that was done and given back, of which the ledger has an entry, the last ones, newest last.</summary>
    public EquatableArray<RecordedDeed> Deeds { get; init; } = [];

    /// <summary>The spoke said with its last apply that it meters models; only then may its parameter say what they may cost.</summary>
    public bool Meters { get; init; }

    /// <summary>What the spoke last said of its models; null: nothing yet.</summary>
    public AiReport? Ai { get; init; }

    /// <summary>What people want of budgets of models, newest last, as long as its window may last.</summary>
    public EquatableArray<AiRequest> AiRequests { get; init; } = [];

    /// <summary>Where the spoke meters models: the kill switch was thrown when Respond, or where there is none Reconcile, last read it.</summary>
    public bool AiStopped { get; init; }

    /// <summary>
    /// Of a spoke that meters models: a digest of what its parameter was last made to say of them beside budgets (<see cref="AiTravel"/>); null: not known.
    /// </summary>
    public string? AiCarried { get; init; }

    /// <summary>Why what is asked of its models could not be brought into its parameter while its rows are wrong; "" where it could.</summary>
    public string AiNotCarried { get; init; } = "";

    /// <summary>
    /// Differences found at rest by the last report: a manual change, since this revision had been applied before. They were put right by the same apply.
    /// A parameter changed by hand is one too, from when it is seen until the report after the one that says it was put back.
    /// </summary>
    public EquatableArray<DriftEntry> Drift { get; init; } = [];

    /// <summary>Budgets that the last report took over.</summary>
    public EquatableArray<string> Adopted { get; init; } = [];

    /// <summary>
    /// The OUs above the account, nearest first, and the root, as key texts: where the last reconcile saw it. Whoever handles edits takes it from here, because
    /// the organization answers slowly (20 accounts a call) and refuses many who ask at once. Empty where no reconcile has seen the account, or there is no
    /// organization.
    /// </summary>
    public EquatableArray<string> Path { get; init; } = [];

    /// <summary>The account's name in the organization, as the last reconcile saw it; "" where it is not known. For events, whose readers know names.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>
    /// The scopes whose rows made the desired budgets, nearest first, as key texts. They stay until a report confirms that those budgets were deleted,
    /// so that nothing is forgotten that is asked for again, or let go, in between.
    /// </summary>
    public EquatableArray<string> From { get; init; } = [];

    /// <summary>What is to happen when the nearest of <see cref="From"/> goes. Kept here because a lost delete event leaves no old image behind.</summary>
    public OnDelete OnDelete { get; init; }

    /// <summary>Set when that has happened with DELETE or RETAIN; no row further away reclaims the account then.</summary>
    public RowDeletion? DeletedRow { get; init; }

    /// <summary>
    /// When the parameter was made to say that the spoke is released; null while it may hold desired budgets, or never held anything of ours.
    /// </summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>
    /// The revisions last asked for, newest first: how a write of ours that took effect long after its caller had given it up is told from a manual change.
    /// </summary>
    public EquatableArray<string> RecentRevisions { get; init; } = [];

    /// <summary>The last report that counted.</summary>
    public LastReport? LastReport { get; init; }

    /// <summary>When the row that asks for <see cref="DesiredRevision"/> was edited.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When the parameter was last seen or made to hold <see cref="DesiredRevision"/>.</summary>
    public DateTimeOffset? PropagatedAt { get; init; }

    /// <summary>When <see cref="AppliedRevision"/> was first reported.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>When the spoke last reported, by its clock, never later than ours.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>When drift was last found; stays after it was put right.</summary>
    public DateTimeOffset? DriftSeenAt { get; init; }

    /// <summary>When a deployment of the spoke's stack last made us ask for a reconcile of the account.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>Tries since the last success or edit.</summary>
    public int Attempts { get; init; }

    /// <summary>When the next try is due; null when none is.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>
    /// From the edit to the first report that it is applied; null while either is missing or an edit is still open, and where it was applied anew after
    /// a manual change.
    /// </summary>
    public TimeSpan? Latency =>
        State == AccountState.Applied && AppliedAt != DriftSeenAt && AppliedAt - EditedAt is { } time && time >= TimeSpan.Zero ? time : null;

    /// <summary>
    /// True when this row remembers what <paramref name="wanted"/> was made of and what is to happen when that goes: the one rule for the same sources.
    /// </summary>
    public bool HasSourcesOf(DesiredParameter wanted) =>
        From == wanted.FromKeys && OnDelete == wanted.OnDelete && DeletedRow == wanted.DeletedRow;

    /// <summary>False where the parameter cannot hold a revision by what is known here: it was not asked for lately, and was not reported last.</summary>
    public bool MayHold(string revision) => RecentRevisions.Contains(revision) || LastReport?.Revision == revision;

    /// <summary>The restrictions that the spoke's parameter is to hold, in order of id.</summary>
    public EquatableArray<DesiredRestriction> Travelling => Restricts
        ? [.. Restrictions.Where(IsRecorded).Select(restriction => restriction.Desired).OfType<DesiredRestriction>()]
        : [];

    /// <summary>True while the organization denies the account's models for their cap: from when that is done, until it is undone.</summary>
    internal bool IsCapped => Restrictions.Any(one => one is { Budget: AiPolicy.CapBudget, ConfirmedAt: not null });

    /// <summary>True while something is being given back that the spoke did: its parameter may ask for it still.</summary>
    public bool IsToBeLifted => Restrictions.Any(IsBeingLifted);

    /// <summary>What the spoke's parameter is to say of models; null where it says nothing.</summary>
    /// <param name="said">By the account's rows.</param>
    public AiPolicy? TravellingAi(AiPolicy? said) => Meters && said is not null ? said.With(AiTravelOf(said.SnoozedThrough)) : null;

    /// <summary>What its parameter is to say of models beside budgets.</summary>
    /// <param name="snoozedThrough">As its rows say, also where they are wrong in something else.</param>
    public AiTravel AiTravelOf(DateOnly? snoozedThrough) => new(AiRequests, AiStopped, IsCapped, snoozedThrough);

    /// <summary>True when the ledger holds what led to the restriction: before that nobody carries it out.</summary>
    public bool IsRecorded(Restriction restriction) =>
        !Unrecorded.Any(entry => entry.Restriction == restriction.Id && entry.What == nameof(RestrictionState.InForce));

    /// <summary>
    /// True while the parameter of an account whose rows are wrong is to be amended: something is being lifted, or what is asked of its models is not in it.
    /// </summary>
    /// <param name="snoozedThrough">As its rows say.</param>
    public bool IsToBeAmended(DateOnly? snoozedThrough) =>
        IsToBeLifted || (Meters && PropagatedAt is not null && AiCarried != ParameterDocument.Digest(AiTravelOf(snoozedThrough)));

    /// <summary>True where that is to be done now: it was not tried lately, or something else is.</summary>
    public bool IsAmendDue(DateOnly? snoozedThrough, DateTimeOffset now) =>
        IsToBeAmended(snoozedThrough) && (State is not AccountState.Rejected || NextAttemptAt is not { } next || next <= now);

    /// <summary>Whether the spoke is giving it back, as far as is known.</summary>
    internal static bool IsBeingLifted(Restriction restriction) =>
        restriction is { State: RestrictionState.Revoked, IsOfOrganization: false } && restriction.Rule.Do.IsOfSpoke();

    /// <summary>The keys of the rows that bear on an account, nearest first, as far as its status knows where it stands.</summary>
    /// <param name="row">Null where it has no status.</param>
    public static ImmutableArray<string> ScopesOf(string account, StatusRow? row) => [account, .. row?.Path.Items ?? [], new Scope.Default().Key];

    /// <summary>True when the other says the same, whatever its <see cref="ItemVersion"/>: then there is nothing to write.</summary>
    internal bool HasSameContent(StatusRow other) => this == other with { ItemVersion = ItemVersion };
}
