using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>IAM says nothing of somebody, or gives no way to suspend him any more.</summary>
public sealed class LostWayTests
{
    private const string Key = "BedrockAPIKey-ab12";
    private const string Refused = "IAM cannot be asked: AccessDenied";

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly AiAccess OneKey = new AiAccess.Keys([new AiKey("ACCA1", true)]);
    private static readonly AiAccess Unread = new AiAccess.Unread("AccessDenied");

    [Theory]
    [InlineData("role/DataScience")]
    [InlineData("person/alice@example.com")]
    public void What_was_taken_is_given_back_where_there_is_no_way_to_suspend_any_more(string who)
    {
        var account = new AiAccount { Policy = new AiPolicy { Default = AiAccount.Armed with { Shared = true } } };
        account.Has(who, who.StartsWith("role", StringComparison.Ordinal) ? new AiAccess.Policy(false) : new AiAccess.Person(false)).Spent(who, 2).Settle();
        Assert.Equal("Suspended", account.After(FiveMinutes).Settle().State(who));

        account.Lose(who).After(FiveMinutes).Settle();

        Assert.Equal("Exceeded", account.State(who));
        Assert.False(((AiAccess.Unattachable)account.Access[who]).Bound);
        Assert.Contains(account.Told, notice => notice.Kind == AiNoticeKind.Restored);
    }

    /// <summary>What others wrote into the policy of people stays.</summary>
    [Fact]
    public void Whom_others_named_stays_named_where_somebody_else_is_given_back()
    {
        const string alice = "person/alice@example.com";
        var account = new AiAccount().Has(alice, new AiAccess.Person(false)).Has("person/bob", new AiAccess.Person(true)).Spent(alice, 2).Settle();
        account.After(FiveMinutes).Settle().Lose(alice).Lose("person/bob").After(FiveMinutes).Settle();

        Assert.Equal(
            (false, true), (((AiAccess.Unattachable)account.Access[alice]).Bound, ((AiAccess.Unattachable)account.Access["person/bob"]).Bound));
    }

    [Fact]
    public void Who_cannot_be_asked_about_is_warned_of_and_is_said_not_to_be_suspended()
    {
        var account = new AiAccount().Has(Key, Unread);
        Assert.Equal("Warned", account.Spent(Key, 0.75m).Settle().State(Key));

        Assert.Equal("Exceeded", account.Spent(Key, 2).Settle().After(FiveMinutes).Settle().State(Key));

        Assert.EndsWith($"; it cannot be suspended: {Refused}", account.Told[^1].Text, StringComparison.Ordinal);
    }

    /// <summary>Whoever throttles IAM does not begin his grace anew.</summary>
    [Fact]
    public void A_grace_goes_on_while_IAM_cannot_be_asked_and_what_is_due_then_says_why_it_is_not_done()
    {
        var account = new AiAccount().Has(Key, OneKey).Spent(Key, 2).Settle();
        account.Has(Key, Unread).After(FiveMinutes).Settle();
        Assert.Equal(("Grace", $"{Key} of 111122223333 is not suspended: {Refused}"), (account.State(Key), account.Told[^1].Text));

        Assert.Equal("Suspended", account.Has(Key, OneKey).Settle().State(Key));
        Assert.Equal("Suspended", account.Has(Key, Unread).After(FiveMinutes).Settle().State(Key));
    }

    [Fact]
    public void A_pool_of_whose_members_one_cannot_be_asked_about_is_held_back_and_not_called_suspended()
    {
        var account = new AiAccount
        {
            Policy = new AiPolicy
            {
                Pools = ImmutableSortedDictionary.Create<string, AiPool>(StringComparer.Ordinal).Add(
                    "research", new AiPool(["BedrockAPIKey-*"], AiAccount.Armed with { Limit = 2, Grace = TimeSpan.Zero, Mode = ResponseMode.ARMED })),
            },
        };
        account.Has(Key, Unread).Has("BedrockAPIKey-cd34", OneKey).Spent(Key, 1).Spent("BedrockAPIKey-cd34", 1).Spent("pool/research", 2).Settle();

        Assert.Equal(("Grace", "Suspended"), (account.State("pool/research"), account.State("BedrockAPIKey-cd34")));
        Assert.Equal($"{Key}: {Refused}", account.Record("pool/research").HeldBack);
    }
}
