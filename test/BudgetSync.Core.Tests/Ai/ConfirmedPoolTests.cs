using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>A pool that was suspended by itself, and whose row comes to ask a person: what is in force stays, and nobody has approved anything by it.</summary>
public sealed class ConfirmedPoolTests
{
    private const string Alice = "user/alice";

    private const string Bob = "user/bob";

    private const string Pool = "pool/research";

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void What_is_in_force_stays_until_the_window_ends_and_then_a_person_is_asked()
    {
        var account = Suspended();

        account.Policy = Of(ResponseMode.CONFIRM);
        account.Settle().After(TimeSpan.FromHours(1)).Settle();

        Assert.Equal(("Suspended", "Suspended", false), (account.State(Pool), account.State(Alice), account.CanCall(Alice)));
        account.After(TimeSpan.FromDays(1)).Spent(Pool, 10).Spent(Alice, 0.5m).Settle().After(FiveMinutes).Settle();
        Assert.Equal(("Exceeded", true), (account.State(Pool), account.CanCall(Alice)));
    }

    [Fact]
    public void A_member_that_waits_for_its_own_approval_goes_on_waiting()
    {
        var account = Suspended().Has(Bob, new AiAccess.Policy(false)).Spent(Bob, 0.1m).Settle();
        Assert.Equal(("Exceeded", true), (account.State(Bob), account.CanCall(Bob)));

        account.Policy = Of(ResponseMode.CONFIRM);
        account.Settle().After(TimeSpan.FromHours(1)).Settle();

        Assert.Equal(("Exceeded", true), (account.State(Bob), account.CanCall(Bob)));
        Approve(account, Bob);
        Assert.Equal(("Suspended", false), (account.State(Bob), account.CanCall(Bob)));
    }

    [Fact]
    public void What_a_person_lifts_stays_lifted_for_the_window()
    {
        var account = Suspended();
        account.Policy = Of(ResponseMode.CONFIRM);
        account.Settle().After(FiveMinutes);
        account.Requests.Add(new AiRequest(AiSubject.Parse(Pool)!, AiRequestKind.Restore, account.Now, "jane", "enough")); // It is one.
        account.Settle().After(TimeSpan.FromHours(1)).Settle();

        Assert.Equal(("Restored", true), (account.State(Pool), account.CanCall(Alice)));
    }

    /// <summary>An approval is one for the members too, for as long as the suspension that it was of is there.</summary>
    [Fact]
    public void A_pool_that_a_person_approved_is_approved_also_where_its_row_said_ARMED_between()
    {
        var account = new AiAccount { Policy = Of(ResponseMode.CONFIRM) };
        account.Has(Alice, new AiAccess.Policy(false)).Spent(Pool, 10).Spent(Alice, 0.5m).Settle();
        Approve(account, Pool);
        Assert.Equal(("Suspended", true), (account.State(Pool), account.Record(Pool).Approved));
        account.Policy = Of(ResponseMode.ARMED);
        account.Settle();
        account.Policy = Of(ResponseMode.CONFIRM);
        account.Has(Bob, new AiAccess.Policy(false)).Spent(Bob, 0.1m).Settle();

        Assert.False(account.CanCall(Bob));
        account.After(TimeSpan.FromDays(1)).Spent(Pool, 0).Settle();
        Assert.False(account.Record(Pool).Approved);
    }

    private static void Approve(AiAccount account, string subject)
    {
        account.After(TimeSpan.FromMinutes(1));
        account.Requests.Add(new AiRequest(AiSubject.Parse(subject)!, AiRequestKind.Approve, account.Now, "jane", "enough")); // Tests name subjects.
        account.Settle();
    }

    /// <summary>By a pool that says ARMED, with alice.</summary>
    private static AiAccount Suspended()
    {
        var account = new AiAccount { Policy = Of(ResponseMode.ARMED) };
        account.Has(Alice, new AiAccess.Policy(false)).Spent(Pool, 10).Spent(Alice, 0.5m).Settle().After(FiveMinutes).Settle();
        Assert.Equal(("Suspended", false, false), (account.State(Pool), account.CanCall(Alice), account.Record(Pool).Approved));
        return account;
    }

    /// <summary>bob's own row says CONFIRM, alice's only watches.</summary>
    private static AiPolicy Of(ResponseMode pool) => new()
    {
        Default = AiBudget.Default with { Window = AiWindow.Daily },
        Principals = ImmutableSortedDictionary.Create<string, AiBudget>(StringComparer.Ordinal)
            .Add(Bob, AiBudget.Default with { Mode = ResponseMode.CONFIRM, Window = AiWindow.Daily }),
        Pools = ImmutableSortedDictionary.Create<string, AiPool>(StringComparer.Ordinal)
            .Add("research", new AiPool([Alice, Bob], AiAccount.Armed with { Limit = 10, Window = AiWindow.Daily, Mode = pool })),
    };
}
