using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>What is suspended and restored, by which means, and what is told of it.</summary>
public sealed class AiPlanTests
{
    private const string Key = "BedrockAPIKey-ab12";

    private const string Alice = "person/alice@example.com";

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private static readonly AiAccess OneKey = new AiAccess.Keys([new AiKey("ACCA1", true)]);

    public static TheoryData<string, string, string> Means()
    {
        var means = new TheoryData<string, string, string>();
        foreach (var line in AiDocument.Table("means").Skip(1)) means.Add(line[0], line[1], line[2]);
        return means;
    }

    [Theory]
    [MemberData(nameof(Means))]
    public void A_principal_is_suspended_by_the_means_of_the_table_or_not_at_all(string principal, string shared, string means)
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Shared = shared == "true" } } };
        account.Has(principal, AccessOf(principal)).Spent(principal, 1).Settle();
        account.After(FiveMinutes).Spent(principal, 1);

        var plan = account.Look();

        if (means.StartsWith("never: ", StringComparison.Ordinal))
        {
            Assert.Empty(plan.Steps);
            Assert.Equal("Exceeded", account.State(principal));
            Assert.EndsWith($"; it cannot be suspended: {means["never: ".Length..]}", Assert.Single(account.Told).Text, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(means, string.Join(", ", plan.Steps));
            Assert.False(account.CanCall(principal));
            Assert.Equal("Suspended", account.Settle().State(principal));
        }

        static AiAccess AccessOf(string principal) => principal switch
        {
            Key => OneKey,
            "person/bob@example.com" => new AiAccess.Person(false) { Without = ["Admin", "Developer"] },
            _ when principal.StartsWith("person/", StringComparison.Ordinal) => new AiAccess.Person(false),
            _ => new AiAccess.Policy(false),
        };
    }

    /// <summary>As of restrictions: nothing begins, and nothing is given back for that.</summary>
    [Fact]
    public void The_kill_switch_holds_back_what_is_due_and_leaves_what_is_in_force()
    {
        const string other = "BedrockAPIKey-cd34";
        var account = new AiAccount().Has(Key, OneKey).Has(other, new AiAccess.Keys([new AiKey("ACCA2", true)])).Spent(Key, 2).Settle();
        account.After(FiveMinutes).Spent(Key, 2).Settle();
        Assert.Equal("Suspended", account.State(Key));

        account.Policy = account.Policy with { Stopped = true };
        account.Spent(other, 2).Settle();
        // Somebody undoes the first by hand.
        account.Has(Key, OneKey).After(FiveMinutes).Settle();
        Assert.Equal(("Suspended", "Grace"), (account.State(Key), account.State(other)));
        Assert.Equal((false, true), (account.CanCall(Key), account.CanCall(other)));
        Assert.Contains("budgetsync arm", account.Record(other).HeldBack, StringComparison.Ordinal);
        Assert.Contains("held back", Assert.Single(account.Told, notice => notice.Kind == AiNoticeKind.HeldBack).Text, StringComparison.Ordinal);

        account.Policy = account.Policy with { Stopped = false };
        Assert.Equal("Suspended", account.Settle().State(other));
    }

    /// <summary>Who may call by another permission set is not suspended, and not left named.</summary>
    [Fact]
    public void A_person_is_given_back_where_a_permission_set_comes_that_does_not_refer_to_the_policy()
    {
        var account = new AiAccount().Has(Alice, new AiAccess.Person(false)).Spent(Alice, 2).Settle();
        account.After(FiveMinutes).Spent(Alice, 2).Settle();
        Assert.Equal(("Suspended", false), (account.State(Alice), account.CanCall(Alice)));

        account.Has(Alice, new AiAccess.Person(true) { Without = ["Admin"] }).After(FiveMinutes).Settle();

        Assert.Equal("Exceeded", account.State(Alice));
        Assert.False(((AiAccess.Person)account.Access[Alice]).Denied);
        Assert.Empty(account.After(TimeSpan.FromMinutes(15)).Settle().Record(Alice).Taken);
        Assert.Equal("", string.Join("; ", account.Records.Where(record => record.State is AiState.Suspended)));
    }

    [Fact]
    public void A_key_goes_from_warning_to_suspension_after_one_grace_and_each_step_is_told_once()
    {
        var account = new AiAccount().Has(Key, OneKey);
        const string used = "BedrockAPIKey-ab12 of 111122223333 has used";
        const string mostly = ", mostly amazon.nova-pro-v1:0 in us-east-1;";
        foreach (var (spent, state) in new[] { (0.69m, "Active"), (0.70m, "Warned"), (0.80m, "Warned"), (0.93m, "Critical"), (1m, "Grace") })
            Assert.Equal(state, account.Spent(Key, spent).Settle().State(Key));
        Assert.Equal("Grace", account.After(TimeSpan.FromSeconds(299)).Spent(Key, 1.2m).Settle().State(Key));
        Assert.True(account.CanCall(Key));

        Assert.Equal("Suspended", account.After(TimeSpan.FromSeconds(1)).Settle().State(Key));

        Assert.False(account.CanCall(Key));
        Assert.Equal<string[]>(
            [
                $"Warned: {used} $0.70 of $1 (70 %){mostly} suspension at 100 % after 5m",
                $"Critical: {used} $0.93 of $1 (93 %){mostly} suspension at 100 % after 5m",
                $"Planned: {used} $1.00 of $1 (100 %){mostly} it is suspended at 2026-11-12 12:05 UTC; "
                    + "stop it: budgetsync ai restore 111122223333 BedrockAPIKey-ab12 --because TEXT",
                "Suspended: BedrockAPIKey-ab12 of 111122223333 is suspended: 1 API key set Inactive, the deny policy attached",
            ],
            [.. account.Told.Select(notice => $"{notice.Kind}: {notice.Text}")]);
    }

    [Fact]
    public void Nothing_is_suspended_without_a_row_that_says_so()
    {
        var account = new AiAccount { Policy = AiPolicy.Empty }.Has(Key, OneKey).Spent(Key, 1_000_000).Settle().After(TimeSpan.FromDays(1)).Settle();

        Assert.Equal("Exceeded", account.State(Key));
        Assert.True(account.CanCall(Key));
        Assert.EndsWith("; nothing is done: its row only watches", Assert.Single(account.Told).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_of_nothing_suspends_nobody(int limit)
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Limit = limit, Grace = TimeSpan.Zero } } };

        Assert.Equal("Active", account.Has(Key, OneKey).Spent(Key, 1_000_000).Settle().State(Key));
    }

    [Fact]
    public void What_has_no_price_suspends_nobody()
    {
        var account = new AiAccount().Has(Key, OneKey);
        account.Spent(Key, 0);

        Assert.True(account.Look().IsEmpty);
    }

    [Fact]
    public void A_suspension_waits_for_a_person_where_the_row_says_so()
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Mode = ResponseMode.CONFIRM } } };
        account.Has(Key, OneKey).Spent(Key, 2).Settle().After(TimeSpan.FromDays(1)).Settle();
        Assert.Equal(("Exceeded", AiNoticeKind.AwaitingApproval), (account.State(Key), Assert.Single(account.Told).Kind));

        account.Requests.Add(Request(AiRequestKind.Approve, Key, account.Now));

        Assert.Equal("Suspended", account.Settle().State(Key));
    }

    [Fact]
    public void A_row_that_is_changed_to_CONFIRM_in_the_grace_has_a_person_asked_first()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle();
        Assert.Equal("Grace", account.State(Key));
        account.Policy = new AiPolicy { Default = AiAccount.Armed with { Mode = ResponseMode.CONFIRM } };
        account.Settle().After(FiveMinutes).Settle();
        Assert.Equal(("Exceeded", true, AiNoticeKind.AwaitingApproval), (account.State(Key), account.CanCall(Key), account.Told[^1].Kind));

        account.Requests.Add(Request(AiRequestKind.Approve, Key, account.Now));

        Assert.False(account.Settle().CanCall(Key));
        // And what somebody undoes comes back, because it was approved.
        Assert.False(account.Has(Key, OneKey).Settle().CanCall(Key));
    }

    /// <summary>IAM did half of what was asked, and then nobody asks for it any more.</summary>
    [Fact]
    public void What_was_half_taken_is_given_back_where_a_person_stops_the_suspension()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle().After(FiveMinutes);
        account.Look(carryOut: false);
        account.Has(Key, new AiAccess.Keys([new AiKey("ACCA1", false)]));
        account.Refusals[Key] = ["LimitExceeded: it has 10 policies"];
        account.Look(carryOut: false);
        Assert.Equal("Grace", account.State(Key));
        account.Refusals.Clear();

        account.Requests.Add(Request(AiRequestKind.Restore, Key, account.Now));
        account.Settle().After(TimeSpan.FromHours(1)).Settle();

        Assert.Equal(("Restored", OneKey), (account.State(Key), account.Access[Key]));
    }

    [Fact]
    public void An_approval_of_an_earlier_suspension_is_none_of_this_one()
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Mode = ResponseMode.CONFIRM } } };
        account.Has(Key, OneKey).Spent(Key, 2).Settle();
        account.Requests.Add(Request(AiRequestKind.Approve, Key, account.Now));
        account.Settle().After(TimeSpan.FromHours(1));
        account.Policy = new AiPolicy { Default = account.Policy.Default with { Limit = 3 } };
        Assert.Equal("Active", account.Settle().State(Key));

        account.After(TimeSpan.FromHours(1)).Spent(Key, 4).Settle();

        Assert.Equal("Exceeded", account.State(Key));
    }

    [Fact]
    public void A_new_window_restores_and_begins_anew()
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Window = AiWindow.Daily, Grace = TimeSpan.Zero } } };
        account.Has(Key, OneKey).Spent(Key, 2).Settle();
        Assert.False(account.CanCall(Key));

        account.After(TimeSpan.FromDays(1)).Settle();

        Assert.True(account.CanCall(Key));
        Assert.Equal("BedrockAPIKey-ab12 of 111122223333 is restored: a new window has begun", account.Told[^1].Text);
        Assert.Empty(account.After(TimeSpan.FromMinutes(15)).Settle().Record(Key).Taken);
        Assert.Equal(account.Policy.Default.Window.Of(account.Now), account.Record(Key).Period);
    }

    [Fact]
    public void A_raised_limit_restores()
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Grace = TimeSpan.Zero } } };
        account.Has(Key, OneKey).Spent(Key, 2).Settle();
        account.Policy = new AiPolicy { Default = account.Policy.Default with { Limit = 100 } };

        account.Settle();

        Assert.True(account.CanCall(Key));
        Assert.Contains(account.Told, notice => notice.Text.EndsWith("is restored: its spending is below the limit", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_is_restored_by_hand_stays_so_for_the_window_and_not_longer()
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Window = AiWindow.Daily, Grace = TimeSpan.Zero } } };
        account.Has(Key, OneKey).Spent(Key, 2).Settle();
        account.Requests.Add(Request(AiRequestKind.Restore, Key, account.Now));

        account.Settle().Spent(Key, 50).Settle();
        Assert.True(account.CanCall(Key));
        Assert.Equal("BedrockAPIKey-ab12 of 111122223333 is restored: jane gave it back: a slip", account.Told[^1].Text);

        account.After(TimeSpan.FromDays(1)).Spent(Key, 2).Settle();
        Assert.False(account.CanCall(Key));
    }

    [Fact]
    public void A_suspension_that_comes_is_stopped_by_hand()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle();
        account.Requests.Add(Request(AiRequestKind.Restore, Key, account.Now));

        account.Settle().After(TimeSpan.FromHours(1)).Settle();

        Assert.True(account.CanCall(Key));
    }

    [Fact]
    public void What_a_person_undid_is_done_again_at_once()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle().After(FiveMinutes).Settle();

        account.Has(Key, OneKey).After(TimeSpan.FromMinutes(1)).Settle();

        Assert.False(account.CanCall(Key));
        Assert.Equal([AiNoticeKind.Planned, AiNoticeKind.Suspended, AiNoticeKind.Undone, AiNoticeKind.Suspended], account.Told.Select(notice => notice.Kind));
    }

    [Fact]
    public void A_key_made_meanwhile_is_taken_too_and_both_are_given_back()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle().After(FiveMinutes).Settle();
        account.Has(Key, new AiAccess.Keys([new AiKey("ACCA1", false), new AiKey("ACCA2", true)])).Settle();
        Assert.False(account.CanCall(Key));
        account.Requests.Add(Request(AiRequestKind.Restore, Key, account.Now));

        account.Settle();

        Assert.Equal(new AiAccess.Keys([new AiKey("ACCA1", true), new AiKey("ACCA2", true)]), account.Access[Key]);
    }

    [Fact]
    public void A_key_that_others_set_inactive_stays_so()
    {
        var account = new AiAccount().Has(Key, new AiAccess.Keys([new AiKey("ACCA1", true), new AiKey("ACCA2", false)]));
        account.Spent(Key, 2).Settle().After(FiveMinutes).Settle();
        account.Requests.Add(Request(AiRequestKind.Restore, Key, account.Now));

        account.Settle();

        Assert.Equal(new AiAccess.Keys([new AiKey("ACCA1", true), new AiKey("ACCA2", false)]), account.Access[Key]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whom_others_suspended_is_left_alone_and_not_called_suspended(bool none)
    {
        var account = new AiAccount().Has(Key, new AiAccess.Keys(none ? [] : [new AiKey("ACCA1", false)]) { Attached = true });
        account.Spent(Key, 2).Settle().After(FiveMinutes).Settle();

        Assert.Equal("Grace", account.State(Key));
        Assert.Equal(
            "BedrockAPIKey-ab12 of 111122223333 is not suspended: it is denied already, by somebody else, which is left alone", account.Told[^1].Text);
        account.Policy = AiPolicy.Empty;
        account.Settle();
        Assert.False(account.CanCall(Key));
    }

    [Fact]
    public void A_policy_that_others_attached_is_not_taken_off()
    {
        var account = new AiAccount().Has("user/alice", new AiAccess.Policy(true)).Spent("user/alice", 0.1m).Settle();

        Assert.Equal(new AiAccess.Policy(true), account.Access["user/alice"]);
    }

    [Fact]
    public void Where_IAM_refuses_it_is_told_once_and_nobody_is_called_suspended()
    {
        var account = new AiAccount().Has("user/alice", new AiAccess.Policy(false)).Spent("user/alice", 2).Settle().After(FiveMinutes);
        account.Look(carryOut: false);
        account.Refusals["user/alice"] = ["LimitExceeded: it has 10 policies"];
        for (var look = 0; look < 3; look++) account.Look(carryOut: false);

        Assert.Equal("Grace", account.State("user/alice"));
        Assert.Equal("user/alice of 111122223333 is not suspended: LimitExceeded: it has 10 policies", account.Told[^1].Text);
        Assert.Single(account.Told, notice => notice.Kind == AiNoticeKind.Refused);
    }

    [Fact]
    public void Of_whom_IAM_could_not_be_asked_nothing_is_decided()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle().After(FiveMinutes).Settle();
        account.Has(Key, new AiAccess.Unread("AccessDenied")).After(TimeSpan.FromDays(40));

        Assert.True(account.Look().IsEmpty);
        Assert.Equal("Suspended", account.State(Key));
    }

    [Fact]
    public void A_step_that_was_done_after_its_reason_went_is_undone()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle().After(FiveMinutes);
        var late = account.Look(carryOut: false).Steps;
        account.Policy = AiPolicy.Empty;
        account.Look();
        Assert.Equal("Exceeded", account.State(Key));
        Assert.Equal(2, late.Length);

        account.Has(Key, new AiAccess.Keys([new AiKey("ACCA1", false)]) { Attached = true }).Settle();

        Assert.True(account.CanCall(Key));
    }

    [Fact]
    public void People_are_named_by_one_policy_and_whom_others_named_stays_named()
    {
        var account = new AiAccount().Has(Alice, new AiAccess.Person(false)).Has("person/bob@example.com", new AiAccess.Person(true));
        account.Spent(Alice, 2).Settle().After(FiveMinutes);

        var step = Assert.IsType<AiStep.SetPeople>(Assert.Single(account.Look().Steps));

        Assert.Equal([Alice, "person/bob@example.com"], step.Denied);
        account.Settle();
        account.Requests.Add(Request(AiRequestKind.Restore, Alice, account.Now));
        account.Settle();
        Assert.Equal([true, false], new[] { Alice, "person/bob@example.com" }.Select(account.CanCall));
    }

    [Fact]
    public void A_person_for_whom_the_policy_has_no_room_is_told_and_not_called_suspended()
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Grace = TimeSpan.Zero } } };
        for (var number = 0; number < 81; number++) account.Has($"person/{new string('x', 53)}{number:00}@example.com", new AiAccess.Person(true));
        account.Has(Alice, new AiAccess.Person(false)).Spent(Alice, 2).Settle();

        Assert.Equal("Grace", account.State(Alice));
        Assert.EndsWith("the policy of suspended people has no room for one more", account.Told[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_accounts_cap_asks_the_organization_and_is_suspended_when_that_says_so()
    {
        var account = new AiAccount { Policy = new AiPolicy { AccountCap = AiAccount.Armed with { Limit = 100 } } };
        Assert.False(account.Spent("account", 100).Look().DenyAccount);

        Assert.True(account.After(FiveMinutes).Look().DenyAccount);
        Assert.Equal("Grace", account.State("account"));
        account.AccountDenied = true;
        Assert.Equal("Suspended", account.Settle().State("account"));
        account.Policy = AiPolicy.Empty;
        Assert.False(account.Look().DenyAccount);
        account.AccountDenied = false;
        Assert.Equal("Restored", account.Look().Records.Single().State.Name);
    }

    [Fact]
    public void A_models_budget_tells_and_suspends_nobody()
    {
        var account = new AiAccount
        {
            Policy = new AiPolicy
            {
                Models = ImmutableSortedDictionary.Create<string, AiBudget>(StringComparer.Ordinal).Add("amazon.*", AiBudget.Default),
            },
        };
        account.Has(Key, OneKey).Spent("model/amazon.nova-pro-v1:0", 5).Settle().After(TimeSpan.FromHours(1)).Settle();

        Assert.Equal(AiNoticeKind.Exceeded, Assert.Single(account.Told).Kind);
        Assert.True(account.CanCall(Key));
    }

    [Theory]
    [InlineData(10, 0, "Active")]
    [InlineData(11, 0, "Suspended")]
    [InlineData(11, -5, "Suspended")]
    [InlineData(10, -5, "Active")]
    [InlineData(11, -6, "Active")]
    public void A_rate_is_passed_within_its_minute_and_suspends_without_another_grace(int calls, int minutesAgo, string state)
    {
        var account = WithRate(new AiRate(10, null, 60));
        account.Spent(Key, 0.01m, new AiMinute(account.Now.AddMinutes(minutesAgo), calls, 1_000)).Settle();

        Assert.Equal(state, account.State(Key));
    }

    [Theory]
    [InlineData(1_500, "Active")]
    [InlineData(1_501, "Suspended")]
    public void A_rate_over_more_minutes_is_their_average(long tokens, string state)
    {
        var account = WithRate(new AiRate(null, 300, 300));
        account.Spent(Key, 0, new AiMinute(account.Now.AddMinutes(-10), 1, 999_999), new AiMinute(account.Now.AddMinutes(-4), 1, tokens)).Settle();

        Assert.Equal(state, account.State(Key));
    }

    /// <summary>The window has whole minutes of the clock, the one that runs among them, and is looked at until five minutes after its end.</summary>
    [Theory]
    [InlineData(5, 0, "Active")]
    [InlineData(6, 0, "Suspended")]
    [InlineData(6, 299, "Suspended")]
    [InlineData(6, 599, "Suspended")]
    [InlineData(6, 600, "Active")]
    public void The_sixth_call_of_five_minutes_passes_a_rate_of_one_a_minute(int calls, int secondsLater, string state)
    {
        var account = WithRate(new AiRate(1, null, 300));
        var minute = account.Now;
        account.After(TimeSpan.FromSeconds(secondsLater)).Spent(Key, 0.01m, new AiMinute(minute, calls, 1_000)).Settle();

        Assert.Equal(state, account.State(Key));
    }

    /// <summary>As AI.md says: what falls on both sides of a minute's turn is added up only where the window has more than one.</summary>
    [Theory]
    [InlineData(60, 10, "Active")]
    [InlineData(60, 11, "Suspended")]
    [InlineData(300, 41, "Suspended")]
    public void Calls_of_two_minutes_are_added_up_where_the_window_has_both(int window, int callsNow, string state)
    {
        var account = WithRate(new AiRate(10, null, window));
        var before = new AiMinute(account.Now.AddMinutes(-1), 10, 1_000);
        account.Spent(Key, 0.01m, before, new AiMinute(account.Now, callsNow, 1_000)).Settle();

        Assert.Equal(state, account.State(Key));
    }

    [Fact]
    public void Who_was_suspended_for_a_rate_is_restored_after_an_hour()
    {
        var account = WithRate(new AiRate(10, null, 60));
        account.Spent(Key, 0.01m, new AiMinute(account.Now, 11, 0)).Settle();

        Assert.Equal("Suspended", account.After(TimeSpan.FromMinutes(59)).Settle().State(Key));
        Assert.True(account.After(TimeSpan.FromMinutes(1)).Settle().CanCall(Key));
    }

    /// <summary>
    /// Records come one to five seconds after their calls. What was called in the last seconds of a minute is seen in the next, and counts for an hour from the
    /// minute's end; what was called in the budget's window before is not held against the new one.
    /// </summary>
    [Fact]
    public void A_burst_at_the_end_of_a_minute_is_seen_in_the_next_and_counts_for_an_hour_of_its_own()
    {
        var account = WithRate(new AiRate(2, null, 60));
        var burst = new AiMinute(account.Now, 200, 0);
        account.After(TimeSpan.FromSeconds(63)).Spent(Key, 0.01m, burst).Settle();
        Assert.Equal("Suspended", account.State(Key));
        account.After(TimeSpan.FromMinutes(3)).Settle();
        Assert.Equal(new DateTimeOffset(2026, 11, 12, 13, 1, 0, TimeSpan.Zero), account.Record(Key).RateUntil);

        var daily = WithRate(new AiRate(2, null, 60));
        daily.Policy = daily.Policy with { Default = daily.Policy.Default with { Window = AiWindow.Daily } };
        daily.Now = new DateTimeOffset(2026, 11, 13, 0, 1, 0, TimeSpan.Zero);
        daily.Spent(Key, 0.01m, new AiMinute(daily.Now.AddMinutes(-2), 200, 0)).Settle();
        Assert.Equal("Active", daily.State(Key));
    }

    /// <summary>A run that hung while another suspended and a third gave back: what its step then takes is ours, and is given back too.</summary>
    [Theory]
    [InlineData("user/alice")]
    [InlineData(Key)]
    public void What_a_step_takes_that_ends_minutes_after_the_restoration_is_given_back(string who)
    {
        var account = new AiAccount().Has(who, who == Key ? OneKey : new AiAccess.Policy(false)).Spent(who, 2).Settle();
        account.After(FiveMinutes).Settle();
        var taken = account.Access[who];
        Assert.False(account.CanCall(who));
        account.Policy = new AiPolicy { Default = AiAccount.Armed with { Limit = 10 } };
        Assert.True(account.Settle().CanCall(who));

        account.Has(who, taken).After(FiveMinutes).Settle();

        Assert.Equal(("Active", true), (account.State(who), account.CanCall(who)));
        if (account.Access[who] is AiAccess.Keys keys) Assert.All(keys.All, key => Assert.True(key.Active));
        // After that time it is somebody else's.
        account.After(TimeSpan.FromMinutes(15)).Settle();
        Assert.Empty(account.Record(who).Taken);
        account.Has(who, taken).After(FiveMinutes).Settle();
        Assert.False(account.CanCall(who));
    }

    /// <summary>It may have leaked: nothing of ours makes it Active again, where its suspension is too long ago for a step of it to be under way.</summary>
    [Fact]
    public void A_key_that_somebody_sets_Inactive_after_it_was_given_back_stays_so()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle().After(FiveMinutes).Settle();
        Assert.False(account.CanCall(Key));
        account.Policy = new AiPolicy { Default = AiAccount.Armed with { Limit = 10 } };
        Assert.True(account.After(TimeSpan.FromMinutes(15)).Settle().CanCall(Key));

        account.Has(Key, new AiAccess.Keys([new AiKey("ACCA1", false)])).After(TimeSpan.FromMinutes(1)).Settle();

        Assert.Equal([new AiKey("ACCA1", false)], Assert.IsType<AiAccess.Keys>(account.Access[Key]).All);
    }

    /// <summary>What was passed under another rate, in a role that was not to be suspended then, is no reason under the rate that the row has now.</summary>
    [Fact]
    public void A_rate_that_the_row_has_no_more_suspends_nobody_and_frees_whom_it_suspended()
    {
        var watched = WithRate(new AiRate(2, null, 60));
        watched.Policy = watched.Policy with { Default = watched.Policy.Default with { Mode = ResponseMode.WATCH } };
        watched.Spent(Key, 0.01m, new AiMinute(watched.Now, 3, 0)).Settle();
        watched.Policy = WithRate(new AiRate(5, null, 60)).Policy;
        Assert.Equal("Active", watched.Settle().State(Key));

        var suspended = WithRate(new AiRate(2, null, 60));
        suspended.Spent(Key, 0.01m, new AiMinute(suspended.Now, 3, 0)).Settle();
        Assert.False(suspended.CanCall(Key));
        suspended.Policy = WithRate(new AiRate(5, null, 60)).Policy;
        Assert.True(suspended.Settle().CanCall(Key));
    }

    [Fact]
    public void Of_many_at_once_ten_begin_in_an_hour_the_dearest_first_and_one_message_says_so()
    {
        var account = new AiAccount();
        foreach (var number in Enumerable.Range(10, 25)) account.Has($"user/u{number}", new AiAccess.Policy(false)).Spent($"user/u{number}", number);
        account.Settle().After(FiveMinutes).Settle();

        Assert.Equal(Enumerable.Range(25, 10).Select(number => $"user/u{number}"), Suspended(account));
        var held = Assert.Single(account.Told, notice => notice.Kind == AiNoticeKind.HeldBack);
        Assert.Equal(
            "15 suspensions of 111122223333 are due and held back, user/u10 among them: more than 10 suspensions would begin within an hour",
            held.Text);
        Assert.Equal(10, Suspended(account.After(TimeSpan.FromMinutes(59)).Settle()).Count());
        Assert.Equal(20, Suspended(account.After(TimeSpan.FromMinutes(1)).Settle()).Count());

        static IEnumerable<string> Suspended(AiAccount account) =>
            account.Records.Where(record => record.State is AiState.Suspended).Select(record => record.Subject.Key).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Through_the_day_of_a_snooze_nobody_is_suspended_and_who_is_gets_it_back()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle().After(FiveMinutes).Settle();
        Assert.False(account.CanCall(Key));

        account.Policy = account.Policy with { SnoozedThrough = new DateOnly(2026, 11, 13) };
        Assert.True(account.Settle().CanCall(Key));
        Assert.True(account.After(TimeSpan.FromHours(35)).Settle().CanCall(Key));

        Assert.False(account.After(TimeSpan.FromHours(1)).Settle().After(FiveMinutes).Settle().CanCall(Key));
    }

    private static AiRequest Request(AiRequestKind kind, string subject, DateTimeOffset at) => new(AiSubject.Parse(subject)!, kind, at, "jane", "a slip");

    private static AiAccount WithRate(AiRate rate) =>
        new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Limit = 100, Rate = rate } } }.Has(Key, OneKey);
}
