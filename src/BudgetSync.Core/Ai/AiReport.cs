namespace BudgetSync.Core.Ai;

/// <summary>What a spoke says of its models: the detail of its event, and what the status row keeps.</summary>
/// <param name="At">When it was read, by the spoke's clock.</param>
public sealed record AiReport(DateTimeOffset At)
{
    /// <summary>Budgets that a report names; the rest is counted. Ours, for a status row and an event hold 256 KB at most.</summary>
    public const int MostLines = 100;

    /// <summary>The loudest first, then the dearest.</summary>
    public EquatableArray<AiLine> Lines { get; init; } = [];

    /// <summary>Budgets that are not among the lines.</summary>
    public int Omitted { get; init; }

    /// <summary>Regions in which models are metered, in order of name.</summary>
    public EquatableArray<AiRegion> Regions { get; init; } = [];

    /// <summary>What models cost by day, of the days that a bill can be compared with (<see cref="AiDayCost.Span"/>), in order.</summary>
    public EquatableArray<AiDayCost> Days { get; init; } = [];

    /// <summary>Long-term API keys of Bedrock that have called and are Active.</summary>
    public int ActiveKeys { get; init; }

    /// <summary>Of IAM Identity Center; null where the account has none, or an earlier version told.</summary>
    public PermissionSets? PermissionSets { get; init; }

    /// <summary>
    /// Characters that the policy of suspended people has left for names; null where the account has no permission sets, or an earlier version told.
    /// </summary>
    public int? PeopleRoom { get; init; }

    /// <summary>Null where IAM did not say it, or an earlier version told.</summary>
    public PolicyQuota? PolicyQuota { get; init; }

    /// <summary>The account's cap asks the organization to deny its models.</summary>
    public bool DenyAccount { get; init; }

    /// <summary>Who has no room for the deny policy cannot be suspended: the line says so before it is tried.</summary>
    public AiReport With(PolicyQuota? quota) => this with
    {
        PolicyQuota = quota,
        Lines = quota is null or { Full.IsEmpty: true }
            ? Lines
            : [.. Lines.Select(line => IsFull(line, quota) ? line with { Unattachable = PolicyQuota.WhyNot } : line)],
    };

    private static bool IsFull(AiLine line, PolicyQuota quota) =>
        line is { Unattachable: "", Subject: AiSubject.Principal(var principal), State: not AiState.Suspended } && quota.Full.Contains(principal.Name);

    /// <summary>
    /// What is true of it when the account meters no more: all that its Meter took is given back with it, so nobody is called Suspended. The account's own line
    /// stays, because the organization denies by it and the organization ends that; and the days, with which bills are compared.
    /// </summary>
    /// <param name="why">What became of metering.</param>
    /// <param name="at">Since when.</param>
    public AiReport Ended(string why, DateTimeOffset at) => new(at > At ? at : At)
    {
        Lines = [.. Lines.Where(line => line.Subject is AiSubject.Account)],
        Regions = [.. Regions.Select(region => new AiRegion(region.Name, AiLog.Blind, why))],
        Days = Days,
        DenyAccount = DenyAccount,
    };

    /// <summary>What is left of it where nothing is told any more: who was suspended, or about to be, may be so or not.</summary>
    /// <param name="why">Why nothing is.</param>
    /// <param name="isCapKnown">Whether the organization is known to deny by the account's cap.</param>
    public AiReport Doubted(string why, bool isCapKnown) => this with
    {
        Lines =
        [
            .. Lines.Select(line => line.State is AiState.Suspended or AiState.Grace && !(isCapKnown && line.Subject is AiSubject.Account)
                ? line with { Doubt = why }
                : line),
        ],
        Regions = [.. Regions.Select(region => region.Log == AiLog.Blind ? region : region with { Log = AiLog.Blind, Why = why })],
    };

    /// <summary>In order, and no more than <see cref="MostLines"/>.</summary>
    public AiReport With(IEnumerable<AiLine> lines)
    {
        var all = lines.OrderBy(line => line.State.Loudness)
            .ThenByDescending(line => line.Spent)
            .ThenBy(line => line.Subject.Key, StringComparer.Ordinal)
            .ToList();
        return this with { Lines = [.. all.Take(MostLines)], Omitted = Math.Max(0, all.Count - MostLines) };
    }
}
