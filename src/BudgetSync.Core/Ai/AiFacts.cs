using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>All that is known when an account's budgets of models are decided.</summary>
public sealed record AiFacts(AccountId Account, AiPolicy Policy, DateTimeOffset Now)
{
    /// <summary>What was used, one for each subject and window.</summary>
    public ImmutableArray<AiTotal> Totals { get; init; } = [];

    /// <summary>Where budgets stand so far.</summary>
    public ImmutableArray<AiRecord> Records { get; init; } = [];

    /// <summary>What IAM says, by a principal's name. Of whom it says nothing nothing is done.</summary>
    public ImmutableDictionary<string, AiAccess> Access { get; init; } = ImmutableDictionary<string, AiAccess>.Empty;

    /// <summary>Why a principal is not suspended whatever its mode; "" where it can be, and of what is no principal.</summary>
    /// <param name="state">Where it stands: whom IAM was not asked of, and who is Suspended, is so until IAM says something else.</param>
    public string WhyNot(AiSubject subject, AiState? state)
    {
        if (subject is not AiSubject.Principal(var principal)) return "";
        var access = Access.GetValueOrDefault(principal.Name);
        return access is AiAccess.Unread && state is AiState.Suspended ? "" : AiDecision.WhyNot(principal, Policy.Of(principal), access);
    }

    /// <summary>Characters that the policy of suspended people has left for names.</summary>
    public int PeopleRoom => Math.Max(0, AiSteps.PeopleCharacters - Access
        .Where(one => one.Value is AiAccess.Person(true) or AiAccess.Unattachable { Bound: true } && one.Key.StartsWith("person/", StringComparison.Ordinal))
        .Sum(one => AiSteps.CharactersOf(one.Key)));

    /// <summary>Why the last try to suspend a principal did not do it, by name.</summary>
    public ImmutableDictionary<string, EquatableArray<string>> Refusals { get; init; } = ImmutableDictionary<string, EquatableArray<string>>.Empty;

    /// <summary>Of <see cref="Refusals"/> those after which nothing of the try can take effect any more, by name.</summary>
    public ImmutableHashSet<string> SureRefusals { get; init; } = [];
}
