using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>What a pool asks of its members, beside what their own budgets ask.</summary>
public sealed class AiPoolTests
{
    private const string Key = "BedrockAPIKey-ab12";

    private const string Alice = "user/alice";

    private const string Pool = "pool/research";

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private static readonly AiAccess OneKey = new AiAccess.Keys([new AiKey("ACCA1", true)]);

    private static readonly AiBudget Confirmed = AiBudget.Default with { Mode = ResponseMode.CONFIRM };

    [Fact]
    public void A_pool_that_is_used_up_suspends_its_members_and_gives_them_back()
    {
        var account = WithPool();
        account.Has(Key, OneKey).Has(Alice, new AiAccess.Policy(false)).Has("user/bob", new AiAccess.Policy(false));
        account.Spent(Pool, 10).Spent(Key, 0.1m).Spent(Alice, 0.1m).Spent("user/bob", 0.1m).Settle();

        account.After(FiveMinutes).Settle();

        Assert.Equal([false, false, true], new[] { Key, Alice, "user/bob" }.Select(account.CanCall));
        Assert.Equal("Suspended", account.State(Pool));
        Assert.Contains(account.Told, notice => notice.Text == "user/alice of 111122223333 is suspended: the deny policy attached, for the pool research");
        Assert.Contains(account.Told, notice => notice.Text == "pool/research of 111122223333 is suspended: all of its members");

        account.Policy = WithPool(limit: 100).Policy;
        account.Settle();
        Assert.True(account.CanCall(Key) && account.CanCall(Alice));
        Assert.DoesNotContain(account.Records, record => record.State is AiState.Suspended);
    }

    [Fact]
    public void A_member_that_comes_later_is_suspended_too_and_one_over_its_own_limit_stays_suspended()
    {
        var account = WithPool();
        account.Has(Alice, new AiAccess.Policy(false)).Spent(Pool, 10).Spent(Alice, 5).Settle().After(FiveMinutes).Settle();
        account.Has(Key, OneKey).Spent(Key, 0.01m).Settle();
        Assert.False(account.CanCall(Key));

        account.Policy = WithPool(limit: 100).Policy with { Default = AiAccount.Armed };
        account.Settle();

        Assert.True(account.CanCall(Key));
        Assert.False(account.CanCall(Alice));
        Assert.Equal("", account.Record(Alice).Pool);
    }

    [Fact]
    public void A_pool_of_whom_nobody_can_be_suspended_says_so()
    {
        var account = WithPool();
        account.Has(Alice, new AiAccess.Unattachable("it is gone")).Spent(Pool, 10).Settle().After(FiveMinutes).Settle();

        Assert.Equal("Grace", account.State(Pool));
        Assert.Equal("pool/research of 111122223333 is not suspended: none of its members can be suspended", account.Told[^1].Text);
    }

    [Fact]
    public void A_pool_that_says_CONFIRM_waits_for_a_person_and_its_approval_is_one_of_its_members_too()
    {
        var account = Members(ResponseMode.CONFIRM, Confirmed);
        account.After(TimeSpan.FromHours(1)).Settle();
        Assert.Equal(("Exceeded", "Active"), (account.State(Pool), account.State(Alice)));
        Assert.EndsWith(
            "the suspension waits for a person: budgetsync ai approve 111122223333 pool/research --because TEXT",
            Assert.Single(account.Told).Text,
            StringComparison.Ordinal);

        Ask(account, AiRequestKind.Approve, Pool);

        Assert.Equal(("Suspended", "Suspended"), (account.State(Pool), account.State(Alice)));
        Assert.False(account.CanCall(Alice));
    }

    [Fact]
    public void A_member_whose_row_says_CONFIRM_waits_for_a_person_and_the_pool_with_it()
    {
        var account = Members(ResponseMode.ARMED, Confirmed).After(FiveMinutes).Settle().After(TimeSpan.FromHours(1)).Settle();

        Assert.Equal(("Grace", "Exceeded", true), (account.State(Pool), account.State(Alice), account.CanCall(Alice)));
        Assert.Equal("user/alice waits for a person's approval", account.Record(Pool).HeldBack);
        Assert.Equal(
            "user/alice of 111122223333 has used $0.50 of $1 (50 %), mostly amazon.nova-pro-v1:0 in us-east-1; "
                + "the suspension for the pool research waits for a person: budgetsync ai approve 111122223333 user/alice --because TEXT",
            Assert.Single(account.Told, notice => notice.Kind == AiNoticeKind.AwaitingApproval).Text);
        Ask(account, AiRequestKind.Approve, Alice);
        Assert.Equal(("Suspended", "Suspended", false), (account.State(Pool), account.State(Alice), account.CanCall(Alice)));
        Assert.Equal("", account.Record(Pool).HeldBack);
    }

    [Fact]
    public void Others_of_the_pool_are_suspended_meanwhile_and_the_pool_is_not_called_so()
    {
        var account = Members(ResponseMode.ARMED, Confirmed, (Key, AiAccount.Armed)).Has(Key, OneKey).Spent(Key, 0.1m).After(FiveMinutes).Settle();

        Assert.Equal(("Suspended", "Exceeded", "Grace"), (account.State(Key), account.State(Alice), account.State(Pool)));
    }

    [Fact]
    public void A_pools_approval_is_none_of_the_members_own_suspension()
    {
        var account = Members(ResponseMode.ARMED, Confirmed).Spent(Alice, 5).After(FiveMinutes).Settle();
        // Its own limit waits already, and one approval is for both.
        Assert.Equal("Exceeded", account.State(Alice));
        account = Members(ResponseMode.CONFIRM, Confirmed);
        Ask(account, AiRequestKind.Approve, Pool);
        account.Spent(Alice, 5).Settle();
        Assert.False(account.CanCall(Alice));

        Ask(account, AiRequestKind.Restore, Pool);

        Assert.Equal(("Exceeded", true, ""), (account.State(Alice), account.CanCall(Alice), account.Record(Alice).Pool));
        Assert.Contains(account.Told, notice => notice.Text == "user/alice of 111122223333 is restored: its pool does not ask for it any more");
        Assert.EndsWith("budgetsync ai approve 111122223333 user/alice --because TEXT", account.Told[^1].Text, StringComparison.Ordinal);
        Ask(account, AiRequestKind.Approve, Alice);
        Assert.False(account.CanCall(Alice));
    }

    /// <summary>A pool that asks meanwhile neither needs another approval nor takes the first one away.</summary>
    [Fact]
    public void What_was_approved_for_the_members_own_limit_stays_when_the_pool_ends()
    {
        var account = Members(ResponseMode.ARMED, Confirmed, limit: 100).Spent(Alice, 5).Settle();
        Ask(account, AiRequestKind.Approve, Alice);
        Assert.False(account.CanCall(Alice));
        account.Spent(Pool, 100).Settle().After(FiveMinutes).Settle();
        Assert.Equal(("Suspended", "Suspended", ""), (account.State(Pool), account.State(Alice), account.Record(Alice).Pool));

        Ask(account, AiRequestKind.Restore, Pool);

        Assert.Equal(("Restored", "Suspended"), (account.State(Pool), account.State(Alice)));
    }

    [Fact]
    public void A_suspension_that_was_about_to_come_for_a_pool_waits_for_a_person_where_the_pool_ends()
    {
        var account = Members(ResponseMode.CONFIRM, Confirmed).Spent(Alice, 5);
        account.Requests.Add(new AiRequest(AiSubject.Parse(Pool)!, AiRequestKind.Approve, account.Now, "jane", "enough")); // It is one.
        account.Refusals[Alice] = ["LimitExceeded: it has 10 policies"];
        for (var look = 0; look < 3; look++) account.Look(carryOut: false);
        Assert.Equal(("Grace", "research"), (account.State(Alice), account.Record(Alice).Pool));
        account.Refusals.Clear();

        Ask(account, AiRequestKind.Restore, Pool);

        Assert.Equal(("Exceeded", true), (account.State(Alice), account.CanCall(Alice)));
    }

    /// <summary>As of its own budget: Restored by hand, and a new window.</summary>
    [Fact]
    public void Who_is_restored_by_hand_stays_so_for_its_window_also_where_a_pool_asks_when_it_turns()
    {
        var account = Members(ResponseMode.ARMED, AiBudget.Default with { Window = AiWindow.FiveHours }).After(FiveMinutes).Settle();
        Ask(account, AiRequestKind.Restore, Alice);
        Assert.Equal(("Restored", true), (account.State(Alice), account.CanCall(Alice)));
        var ends = account.Record(Alice).Period.End;

        account.After(ends - account.Now - TimeSpan.FromMinutes(1)).Settle();
        Assert.True(account.CanCall(Alice));
        account.After(TimeSpan.FromMinutes(1)).Settle();

        Assert.Equal(("Suspended", false, "research"), (account.State(Alice), account.CanCall(Alice), account.Record(Alice).Pool));
        Assert.Equal(ends, account.Record(Alice).Period.Start);
    }

    [Theory]
    [InlineData(ResponseMode.WATCH)]
    [InlineData(ResponseMode.ARMED)]
    public void A_members_own_new_window_gives_nothing_back_that_its_pool_asks_for(ResponseMode own)
    {
        var account = Members(ResponseMode.ARMED, AiBudget.Default with { Window = AiWindow.FiveHours, Mode = own }).After(FiveMinutes).Settle();
        var told = account.Told.Count;

        account.After(TimeSpan.FromHours(5)).Settle();

        Assert.False(account.CanCall(Alice));
        Assert.Equal(told, account.Told.Count);
    }

    /// <summary>Another window has an approval of its own.</summary>
    [Fact]
    public void A_new_window_ends_what_a_person_approved_for_the_last_one_also_where_an_armed_pool_asks()
    {
        var account = Members(ResponseMode.ARMED, Confirmed with { Window = AiWindow.FiveHours }, limit: 100).Spent(Alice, 5).Settle();
        Ask(account, AiRequestKind.Approve, Alice);
        account.Spent(Pool, 100).Settle().After(FiveMinutes).Settle();
        Assert.False(account.CanCall(Alice));

        account.After(TimeSpan.FromHours(5)).Settle();

        Assert.Equal(("Exceeded", true), (account.State(Alice), account.CanCall(Alice)));
    }

    private static void Ask(AiAccount account, AiRequestKind kind, string subject)
    {
        account.After(TimeSpan.FromMinutes(1));
        account.Requests.Add(new AiRequest(AiSubject.Parse(subject)!, kind, account.Now, "jane", "enough")); // Tests name subjects.
        account.Settle();
    }

    /// <summary>alice has called, and the pool is used up unless the limit is higher.</summary>
    private static AiAccount Members(ResponseMode pool, AiBudget alice, (string Name, AiBudget Budget)? other = null, decimal limit = 10)
    {
        var account = WithPool(limit);
        var principals = ImmutableSortedDictionary.Create<string, AiBudget>(StringComparer.Ordinal).Add(Alice, alice);
        var research = account.Policy.Pools["research"];
        account.Policy = account.Policy with
        {
            Principals = other is { } one ? principals.Add(one.Name, one.Budget) : principals,
            Pools = account.Policy.Pools.Items.SetItem("research", research with { Budget = research.Budget with { Mode = pool } }),
        };
        return account.Has(Alice, new AiAccess.Policy(false)).Spent(Pool, 10).Spent(Alice, 0.5m).Settle();
    }

    private static AiAccount WithPool(decimal limit = 10) => new()
    {
        Policy = new AiPolicy
        {
            Pools = ImmutableSortedDictionary.Create<string, AiPool>(StringComparer.Ordinal)
                .Add("research", new AiPool([Key, Alice], AiAccount.Armed with { Limit = limit })),
        },
    };
}
