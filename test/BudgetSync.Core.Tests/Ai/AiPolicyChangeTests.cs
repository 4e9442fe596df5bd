using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>What an edit of rows changes for whom.</summary>
public sealed class AiPolicyChangeTests
{
    private static readonly AiBudget Fifty = AiBudget.Default with { Limit = 50 };

    private static readonly AiPolicy Before = new()
    {
        Principals = Named("role/DataScience", Fifty).Items.Add("BedrockAPIKey-*", AiBudget.Default with { Limit = 5 }),
        Pools = ImmutableSortedDictionary<string, AiPool>.Empty.Add("research", new(["role/DataScience"], Fifty)),
        Models = Named("anthropic.*", Fifty),
        AccountCap = Fifty,
        DiscountPercent = 10,
    };

    [Fact]
    public void Equal_policies_and_those_that_say_what_counts_anyway_change_nothing()
    {
        Assert.Empty(AiPolicyChange.Between(Before, Before));
        Assert.Empty(AiPolicyChange.Between(null, AiPolicy.Empty));
        Assert.Empty(AiPolicyChange.Between(null, new AiPolicy { Principals = Named("user/alice", AiBudget.Default) }));
    }

    [Fact]
    public void Each_part_that_changes_is_told_before_and_after()
    {
        var armed = Fifty with
        {
            Limit = 80,
            Window = AiWindow.Monthly,
            Warn = 50,
            Mode = ResponseMode.ARMED,
            Shared = true,
            Rate = new AiRate(10, null, 60),
        };
        Assert.Equal(
            [
                "role/DataScience: 50 USD in 30d → 80 USD in MONTHLY; not said → 10 calls a minute; told at 70 and 90 % → told at 50 and 90 %; "
                    + "never suspended → suspended after 5m; not said → a role too",
            ],
            Texts(Before with { Principals = Before.Principals.Items.SetItem("role/DataScience", armed) }));
    }

    [Fact]
    public void Whoever_is_named_anew_or_no_more_is_told_with_what_counts_for_it_instead()
    {
        Assert.Equal(["role/DataScience: 50 → 1 USD in 30d"], Texts(Before with { Principals = Before.Principals.Items.Remove("role/DataScience") }));
        Assert.Equal(
            ["BedrockAPIKey-ab12: 5 → 50 USD in 30d"], Texts(Before with { Principals = Before.Principals.Items.Add("BedrockAPIKey-ab12", Fifty) }));
    }

    [Fact]
    public void Patterns_pools_models_the_cap_and_the_discount_come_go_and_change()
    {
        var after = new AiPolicy
        {
            Default = AiBudget.Default with { Limit = 2 },
            Principals = Named("role/DataScience", Fifty).Items.Add("user/*", Fifty),
            Pools = ImmutableSortedDictionary<string, AiPool>.Empty.Add("research", new(["person/*"], Fifty with { Limit = 60 })),
            AccountCap = Fifty with { Mode = ResponseMode.CONFIRM },
            DiscountPercent = 12.5m,
        };

        Assert.Equal(
            [
                "- each BedrockAPIKey-*: 5 USD in 30d, told at 70 and 90 %, never suspended",
                "+ each user/*: 50 USD in 30d, told at 70 and 90 %, never suspended",
                "each other principal: 1 → 2 USD in 30d",
                "pool research (person/*): 50 → 60 USD in 30d; members were role/DataScience",
                "- each model anthropic.*: 50 USD in 30d, told at 70 and 90 %",
                "the account: never suspended → when a person approves it the organization is asked to deny its models, and does 1h later where the "
                    + "deployment has respond and controlPolicies",
                "prices: 10 → 12.5 % less than listed",
            ],
            Texts(after));
        Assert.Equal(
            [
                "Ai.Principals.BedrockAPIKey-*", "Ai.Principals.user/*", "Ai.Default", "Ai.Pools.research", "Ai.Models.anthropic.*", "Ai.AccountCap",
                "Ai.DiscountPercent",
            ],
            AiPolicyChange.Between(Before, after).Select(change => change.Attribute));
    }

    /// <summary>What lets suspensions begin by themselves needs a second word where it reaches many accounts.</summary>
    [Theory]
    [InlineData("""{}""", """{"Default":{"Mode":"ARMED"}}""", true)]
    [InlineData("""{}""", """{"Default":{"Mode":"CONFIRM"}}""", false)]
    [InlineData("""{"Default":{"Mode":"ARMED"}}""", """{"Default":{"Mode":"ARMED","Limit":9}}""", false)]
    [InlineData("""{"Default":{"Mode":"ARMED"}}""", """{"Default":{"Mode":"WATCH"}}""", false)]
    [InlineData("""{"Principals":{"role/A":{}}}""", """{"Principals":{"role/A":{"Mode":"ARMED"}}}""", false)]
    [InlineData("""{"Principals":{"role/A":{"Mode":"ARMED"}}}""", """{"Principals":{"role/A":{"Mode":"ARMED","Shared":true}}}""", true)]
    [InlineData("""{"Default":{"Mode":"ARMED"},"Principals":{"user/*":{"Mode":"WATCH"}}}""", """{"Default":{"Mode":"ARMED"}}""", true)]
    [InlineData("""{"Default":{"Mode":"ARMED"},"Principals":{"user/b":{"Mode":"WATCH"}}}""", """{"Default":{"Mode":"ARMED"}}""", true)]
    [InlineData("""{}""", """{"AccountCap":{"Limit":9,"Mode":"ARMED"}}""", true)]
    [InlineData(
        """{"Pools":{"x":{"Limit":9,"Mode":"ARMED","Members":["user/a"]}}}""",
        """{"Pools":{"x":{"Limit":9,"Mode":"ARMED","Members":["user/a","user/b"]}}}""",
        true)]
    [InlineData(
        """{"Pools":{"x":{"Limit":9,"Mode":"ARMED","Members":["user/a","user/b"]}}}""",
        """{"Pools":{"x":{"Limit":9,"Mode":"ARMED","Members":["user/a"]}}}""",
        false)]
    public void Whether_suspensions_begin_by_themselves_is_known_of_each_change(string before, string after, bool arms)
    {
        var changes = AiPolicyChange.Between(Of(before), Of(after));

        Assert.NotEmpty(changes);
        Assert.Equal(arms, changes.Any(change => change.Arms));

        static AiPolicy? Of(string ai) => Given.Desired("""{"BudgetValue":1,"Ai":AI}""".Replace("AI", ai, StringComparison.Ordinal)).Ai;
    }

    private static EquatableDictionary<string, AiBudget> Named(string name, AiBudget budget) =>
        ImmutableSortedDictionary.Create<string, AiBudget>(StringComparer.Ordinal).Add(name, budget);

    private static IEnumerable<string> Texts(AiPolicy after) => AiPolicyChange.Between(Before, after).Select(change => change.Text);
}
