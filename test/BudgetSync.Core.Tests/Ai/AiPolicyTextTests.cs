using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>What a policy is told to do: never more than it does. Who reviews a row approves it from these lines.</summary>
public sealed class AiPolicyTextTests
{
    private const string Role = "others may use the role, and its row does not say Shared";

    /// <summary>The rows of the table of means in AI.md, read as an exact name: what is there said to be never is not promised.</summary>
    public static TheoryData<string, bool, string> Means()
    {
        var means = new TheoryData<string, bool, string>();
        // What IAM says of permission sets is known in an account only.
        foreach (var line in AiDocument.Table("means").Skip(1).Where(line => !line[2].Contains("permission sets", StringComparison.Ordinal)))
            means.Add(line[0], line[1] == "true", line[2].StartsWith("never: ", StringComparison.Ordinal) ? line[2]["never: ".Length..] : "");
        return means;
    }

    [Theory]
    [MemberData(nameof(Means))]
    public void A_principal_is_told_to_be_suspended_where_the_table_has_a_means_and_else_why_never(string principal, bool shared, string never)
    {
        var policy = new AiPolicy { Principals = Named(principal, AiAccount.Armed with { Shared = shared }) };

        var line = AiPolicyText.Lines(policy).First();

        if (never.Length > 0) Assert.EndsWith($"%, never suspended: {never}{(shared ? ", a role too" : "")}", line, StringComparison.Ordinal);
        else Assert.Contains("%, suspended after 5m", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role/*", false, $"never suspended: {Role}")]
    [InlineData("role/*", true, "suspended after 5m, a role too")]
    [InlineData("federated/*", false, "never suspended: the log does not say which IAM user federated it")]
    [InlineData("user/*", false, "suspended after 5m")]
    [InlineData("person/*", false, "suspended after 5m, people only where all permission sets refer to AiSuspendedPeople")]
    [InlineData("*", false, "suspended after 5m, but no role, which others may use: the row does not say Shared")]
    [InlineData("*", true, "suspended after 5m, a role too")]
    public void A_pattern_says_of_whom_it_is_not_true(string pattern, bool shared, string follows)
    {
        var armed = AiAccount.Armed with { Shared = shared };

        Assert.EndsWith($"told at 70 and 90 %, {follows}", Lines(new() { Principals = Named(pattern, armed) })[0], StringComparison.Ordinal);
        if (pattern == "*") Assert.EndsWith($"told at 70 and 90 %, {follows}", Assert.Single(Lines(new() { Default = armed })), StringComparison.Ordinal);
    }

    /// <summary>A pool suspends a role where the role's own budget says Shared, whatever the pool says.</summary>
    [Theory]
    [InlineData("""["user/asked"]""", "suspended after 5m, but whose own budget says CONFIRM only when a person approves it")]
    [InlineData("""["user/*"]""", "suspended after 5m, but whose own budget says CONFIRM only when a person approves it")]
    [InlineData("""["person/*"]""", "suspended after 5m, people only where all permission sets refer to AiSuspendedPeople")]
    [InlineData("""["role/A"]""", $"never suspended: role/A, because {Role}")]
    [InlineData("""["role/A","root"]""", $"never suspended: role/A, because {Role} and root, because IAM does not bind an account's root")]
    [InlineData("""["role/A","user/b"]""", $"suspended after 5m, but never role/A, because {Role}")]
    [InlineData("""["role/Shared"]""", "suspended after 5m")]
    [InlineData("""["role/*","user/b"]""", "suspended after 5m, a role only where its own budget says Shared")]
    [InlineData(
        """["*"]""",
        "suspended after 5m, a role only where its own budget says Shared, but whose own budget says CONFIRM only when a person approves it")]
    public void A_pool_says_which_of_its_members_it_never_suspends(string members, string follows)
    {
        var policy = Given.Desired(
            """
            {"BudgetValue":1,"Ai":{"Principals":{"role/Shared":{"Shared":true},"user/asked":{"Mode":"CONFIRM"}},
            "Pools":{"x":{"Limit":9,"Mode":"ARMED","Members":MEMBERS}}}}
            """
                .Replace("MEMBERS", members, StringComparison.Ordinal)).Ai;

        Assert.NotNull(policy);
        Assert.EndsWith($"told at 70 and 90 %, {follows}", Lines(policy)[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ResponseMode.WATCH, "never suspended")]
    [InlineData(
        ResponseMode.ARMED,
        "after 5m the organization is asked to deny its models, and does 1h later where the deployment has respond and controlPolicies")]
    [InlineData(
        ResponseMode.CONFIRM,
        "when a person approves it the organization is asked to deny its models, and does 1h later where the deployment has respond and controlPolicies")]
    public void The_cap_asks_the_organization(ResponseMode mode, string follows)
    {
        var cap = AiBudget.Default with { Mode = mode };

        Assert.Equal($"the account: 1 USD in 30d, told at 70 and 90 %, {follows}", Lines(new() { AccountCap = cap })[^1]);
        Assert.Equal(TimeSpan.FromHours(1), AiCap.Rule.Grace);
    }

    [Theory]
    [InlineData("5h", "5h", true)]
    [InlineData("5h", "4h", false)]
    [InlineData("DAILY", "24h", true)]
    [InlineData("WEEKLY", "7d", true)]
    [InlineData("WEEKLY", "6d", false)]
    [InlineData("30d", "90d", true)]
    [InlineData("30d", "29d", false)]
    [InlineData("MONTHLY", "30d", false)]
    [InlineData("MONTHLY", "31d", true)]
    public void A_grace_that_no_window_is_longer_than_never_ends_and_is_warned_of(string window, string grace, bool never)
    {
        const string ai = """
            {"Default":BUDGET,"Principals":{"user/a":BUDGET},"AccountCap":BUDGET,
             "Pools":{"x":{"Limit":9,"Members":["user/a"],"Mode":"ARMED","Window":"W","Grace":"G"}}}
            """;
        var budget = $$"""{"Limit":1,"Mode":"ARMED","Window":"{{window}}","Grace":"{{grace}}"}""";
        var text = ai.Replace("BUDGET", budget, StringComparison.Ordinal).Replace("\"W\"", $"\"{window}\"", StringComparison.Ordinal)
            .Replace("\"G\"", $"\"{grace}\"", StringComparison.Ordinal);
        var policy = Given.Desired($"{{\"BudgetValue\":1,\"Ai\":{text}}}").Ai;

        Assert.NotNull(policy);
        Assert.Equal(never ? 4 : 0, AiWarnings.Of(policy).Count(line => line.Contains("does not end before its window of", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_change_of_what_follows_is_told_of_the_pool_too_whose_own_entry_stays()
    {
        const string pools = """ "Pools":{"x":{"Limit":9,"Mode":"ARMED","Members":["role/A"]}} """;
        var before = Given.Desired($"{{\"BudgetValue\":1,\"Ai\":{{{pools}}}}}").Ai;
        var after = Given.Desired(
            $"{{\"BudgetValue\":1,\"Ai\":{{\"Principals\":{{\"role/A\":{{\"Shared\":true}}}},{pools}}}}}").Ai;

        Assert.Equal(
            ["role/A: not said → a role too", $"pool x (role/A): never suspended: role/A, because {Role} → suspended after 5m"],
            AiPolicyChange.Between(before, after).Select(change => change.Text));
    }

    [Fact]
    public void A_grace_that_changes_where_nothing_follows_is_told_as_such() => Assert.Equal(
        ["each principal: grace 5m → 1h, from which nothing follows"],
        AiPolicyChange.Between(null, new() { Default = AiBudget.Default with { Grace = TimeSpan.FromHours(1) } }).Select(change => change.Text));

    private static EquatableDictionary<string, AiBudget> Named(string pattern, AiBudget budget) =>
        ImmutableSortedDictionary.Create<string, AiBudget>(StringComparer.Ordinal).Add(pattern, budget);

    private static List<string> Lines(AiPolicy policy) => [.. AiPolicyText.Lines(policy)];
}
