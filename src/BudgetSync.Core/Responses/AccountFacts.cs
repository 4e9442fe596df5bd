using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Responses;

/// <summary>All that is known of one account when its responses are decided.</summary>
/// <param name="Row">Its status: what was spent, and its restrictions so far.</param>
/// <param name="Rules">What its rows ask for; null where they are wrong: then nothing begins, and nothing ends for that.</param>
/// <param name="Desired">Its budgets as its rows ask for them; null where they are wrong or ask for none.</param>
public sealed record AccountFacts(AccountId Account, StatusRow Row, EquatableArray<ResponseRule>? Rules, Snooze? Snooze, DesiredBudgets? Desired)
{
    /// <summary>What its rows say about models, which takes room in its parameter too.</summary>
    public AiPolicy? Ai { get; init; }

    /// <summary>What its spoke answered, where it was asked.</summary>
    public SpokeWord Word { get; init; } = new SpokeWord.NotAsked();

    /// <summary>Whether the account's own tag keeps it from being restricted.</summary>
    public AccountProtection Protection { get; init; } = new AccountProtection.NotAsked();

    /// <summary>Why nobody can do anything in the account: it is closed, or left the organization; null where that is not known of it.</summary>
    public string? OutOfReach => Row.IsOutOfReach ? string.Join("; ", Row.Reasons) : null;

    /// <summary>Where its spoke meters models, that travels.</summary>
    public AiPolicy? TravellingAi => Row.TravellingAi(Ai);

    /// <param name="nearestFirst">The rows that bear on the account.</param>
    public static AccountFacts Of(AccountId account, StatusRow row, ImmutableArray<RowImage> nearestFirst, StackDefaults defaults)
    {
        var none = RowResponses.None.Rules;
        if (defaults.IsNeverRestricted(account)) return new AccountFacts(account, row, none, null, null);
        var said = RowResponses.Of(nearestFirst);
        return Resolver.Resolve(account, nearestFirst, defaults) switch
        {
            Resolution.Desired desired => new AccountFacts(account, row, With(said.Rules, desired.Ai), said.Snooze, desired.Budgets) { Ai = desired.Ai },
            Resolution.Rejected => new AccountFacts(account, row, null, said.Snooze, null),
            _ => new AccountFacts(account, row, none, null, null),
        };

        static EquatableArray<ResponseRule>? With(EquatableArray<ResponseRule>? rules, AiPolicy? ai) =>
            rules is { } known && AiCap.IsIn(ai) ? [.. known, AiCap.Rule] : rules;
    }
}
