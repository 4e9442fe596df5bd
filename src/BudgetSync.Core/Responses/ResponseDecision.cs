using System.Collections.Immutable;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Responses;

/// <summary>What is decided for one account.</summary>
/// <param name="Restrictions">All of them, in order of id.</param>
/// <param name="Changes">Those that are another now, with what they were; what is told follows from them.</param>
/// <param name="Entries">For the ledger, before any of it takes effect.</param>
public sealed record ResponseDecision(
    EquatableArray<Restriction> Restrictions,
    ImmutableArray<RestrictionChange> Changes,
    ImmutableArray<LedgerEntry> Entries)
{
    /// <summary>Events say what would end a restriction, and the spoke was not asked: it is to be, and this decided again.</summary>
    public bool AsksSpoke { get; init; }

    /// <summary>Something is meant in earnest: whether the account has the protect tag is to be known, and this decided again.</summary>
    public bool AsksTags => Restrictions.Any(RestrictionStep.IsToBeProtectedFrom);

    /// <summary>Those that are told from now on, because they are not of too many: no other state, and nothing for the ledger.</summary>
    public ImmutableArray<RestrictionChange> Weighed { get; init; } = [];

    /// <summary>Ids of those that would be planned and have no place, as far as they are remembered.</summary>
    public EquatableSet<string> LeftOut { get; init; } = [];
}
