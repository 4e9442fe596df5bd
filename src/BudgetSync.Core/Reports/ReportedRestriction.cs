namespace BudgetSync.Core.Reports;

/// <summary>Where a restriction stands in a spoke.</summary>
public enum RestrictionOutcome
{
    /// <summary>All that it asks for is so.</summary>
    InForce,

    /// <summary>No document asks for it any more, and what we had done is given back.</summary>
    Lifted,

    /// <summary>Some of it could not be done or given back: the reasons say what, and the next apply tries again.</summary>
    Failed,
}

/// <summary>One thing that a restriction changed, or gave back.</summary>
/// <param name="Resource">Its ARN, with the region.</param>
/// <param name="Before">What it was before we changed it, so that a person can give it back by hand: <c>running</c>, <c>min 1, desired 3, max 5</c>.</param>
public sealed record RestrictedResource(string Resource, string Before)
{
    /// <summary>It was given back, and not taken: also while its restriction holds, or another resource of it cannot be given back.</summary>
    public bool IsGivenBack { get; init; }
}

/// <summary>What a spoke says of one restriction: every one that its document asks for, and once those that it has lifted since.</summary>
public sealed record ReportedRestriction(string Id, RestrictionOutcome State)
{
    /// <summary>
    /// So many are told of at most: a document holds ten, and those that were lifted since the last report come on top. A report of so many says nothing of
    /// any other by its silence.
    /// </summary>
    public const int Most = 20;

    /// <summary>What was changed by this very apply, and what was given back; of a Lifted one all was given back.</summary>
    public EquatableArray<RestrictedResource> Did { get; init; } = [];

    /// <summary>How many more there were than <see cref="Did"/> has room for.</summary>
    public int Omitted { get; init; }

    /// <summary>How many of <see cref="Omitted"/> were given back.</summary>
    public int OmittedGivenBack { get; init; }

    /// <summary>
    /// All that is changed by it now, whichever apply did it. Told where the hub asks: what an event told of it, and was not taken, is recorded by that.
    /// </summary>
    public EquatableArray<RestrictedResource> Holds { get; init; } = [];

    /// <summary>How many more there are than <see cref="Holds"/> has room for.</summary>
    public int HoldsOmitted { get; init; }

    /// <summary>Why the state is Failed, or what was left alone and why.</summary>
    public EquatableArray<string> Reasons { get; init; } = [];
}
