using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>An account with the protect tag in the organization is not restricted (spend-and-response.md, F12).</summary>
public sealed class ProtectedAccountTests
{
    private const string Armed = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private static readonly TimeSpan Grace = TimeSpan.FromHours(2);

    [Theory]
    [InlineData(Armed)]
    [InlineData("""[{"At":"Over","Do":"STOP_ALL","Mode":"CONFIRM"}]""")]
    [InlineData("""[{"At":"Over","Do":"QUARANTINE","Mode":"ARMED"}]""")]
    public void What_is_found_is_cancelled_once_and_says_why(string responses)
    {
        var account = new Spending(responses, 1050) { Protection = new AccountProtection.Tagged() };
        for (var round = 0; round < 10; round++) account.After(Grace).Decide();

        var cancelled = Assert.IsType<RestrictionState.Cancelled>(account.Only.State);
        Assert.Equal("the account has the tag budgetsync:protect, so nothing is restricted there", cancelled.Why);
        Assert.Equal("Cancelled", Assert.Single(account.Ledger).What);
        Assert.Contains("budgetsync:protect", account.Ledger[0].Text, StringComparison.Ordinal);
    }

    /// <summary>Quarantine too, which a snooze leaves in force.</summary>
    [Theory]
    [InlineData("DENY_NEW")]
    [InlineData("QUARANTINE")]
    public void What_is_in_force_is_lifted_and_begins_anew_without_the_tag(string kind)
    {
        var account = new Spending($$"""[{"At":"Over","Do":"{{kind}}","Mode":"ARMED"}]""", 1050);
        account.Decide();
        Assert.Equal("InForce", account.After(Grace).Decided());

        account.Protection = new AccountProtection.Tagged();
        Assert.Equal("Revoked", account.After(TimeSpan.FromMinutes(15)).Decided());

        account = new Spending(Armed, 1050) { Protection = new AccountProtection.Tagged() };
        Assert.Equal("Cancelled", account.Decided());
        account.Protection = new AccountProtection.None(account.Now);
        Assert.Equal("Planned", account.After(TimeSpan.FromMinutes(15)).Decided());
        Assert.Equal("InForce", account.After(Grace).Decided());
    }

    [Fact]
    public void What_only_watches_goes_on_saying_what_it_would_do()
    {
        var account = new Spending("""[{"At":"Over","Do":"STOP_ALL"},{"At":"Over","Do":"NOTIFY","Mode":"ARMED"}]""", 1050);
        account.Protection = new AccountProtection.Tagged();
        Assert.False(account.Decide().AsksTags);
        Assert.Equal("Watched, Watched", account.Decided());
        // Meant in earnest from now on.
        account.Respond("""[{"At":"Over","Do":"STOP_ALL","Mode":"ARMED"}]""").Decide();
        Assert.Equal(["Cancelled", "Cancelled"], account.Row.Restrictions.Select(one => one.State.Name));
    }

    /// <summary>What AWS does not say neither restricts nor frees anybody.</summary>
    [Fact]
    public void Where_the_tags_are_not_known_nothing_begins_and_what_is_in_force_stays()
    {
        var account = new Spending(Armed, 1050) { Protection = new AccountProtection.Unknown("AWS does not say") };
        Assert.Equal("Planned", account.Decided());
        Assert.Equal("Planned", account.After(Grace).Decided());
        Assert.Equal("AWS does not say", account.Only.HeldBack);
        account.Protection = new AccountProtection.None(account.Now);
        Assert.Equal("InForce", account.After(TimeSpan.FromMinutes(15)).Decided());
        account.Protection = new AccountProtection.Unknown("AWS does not say");
        Assert.Equal("InForce", account.After(TimeSpan.FromMinutes(15)).Decided());

        account = new Spending(Armed, 1050) { Protection = new AccountProtection.Tagged() };
        Assert.Equal("Cancelled", account.Decided());
        account.Protection = new AccountProtection.Unknown("AWS does not say");
        Assert.Equal("Cancelled", account.After(Grace).Decided());
        Assert.Single(account.Ledger);
    }

    /// <summary>Of ten thousand accounts most cannot be asked about in a round: they are the brake's, and one message tells of all.</summary>
    [Fact]
    public void The_mass_brake_holds_back_before_what_is_not_known_of_the_account()
    {
        var brake = new MassBrake(10_000, 10_000);
        var account = new Spending(Armed, 1050) { Protection = new AccountProtection.Unknown("there was no time"), Brake = brake };
        account.Decide();
        Assert.Equal("Planned", account.After(Grace).Decided());
        Assert.Equal(brake.Why, account.Only.HeldBack);
    }

    [Fact]
    public void Tags_are_asked_for_where_something_is_meant_in_earnest_and_has_not_ended()
    {
        Assert.False(new Spending(Armed, 10).Decide().AsksTags);
        var account = new Spending(Armed, 1050);
        Assert.True(account.Decide().AsksTags);
        account.Lift();
        Assert.False(account.Decide().AsksTags);
    }

    /// <summary>Each environment of a function has read for itself: one that read "no tag" an hour ago does not undo what another did for the tag.</summary>
    [Fact]
    public void That_there_is_no_tag_is_believed_only_where_it_was_read_after_what_ended_for_it()
    {
        var account = new Spending(Armed, 1050) { Protection = new AccountProtection.Tagged() };
        var earlier = new AccountProtection.None(account.Now.AddMinutes(-1));
        Assert.Same(earlier, earlier.Beside(account.Row.Restrictions));
        account.Decide();
        Assert.IsType<AccountProtection.NotAsked>(earlier.Beside(account.Row.Restrictions));
        Assert.IsType<AccountProtection.NotAsked>(new AccountProtection.None(account.Now).Beside(account.Row.Restrictions));
        var later = new AccountProtection.None(account.Now.AddMinutes(1));
        Assert.Same(later, later.Beside(account.Row.Restrictions));

        account = new Spending(Armed, 1050);
        account.Decide();
        Assert.Equal("InForce", account.After(Grace).Decided());
        account.Protection = new AccountProtection.Tagged();
        Assert.Equal("Revoked", account.After(Grace).Decided());
        Assert.IsType<AccountProtection.NotAsked>(new AccountProtection.None(account.Now.AddMinutes(-1)).Beside(account.Row.Restrictions));
    }
}
