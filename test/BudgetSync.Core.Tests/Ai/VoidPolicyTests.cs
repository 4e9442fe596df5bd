using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>A policy that somebody gave another text denies nothing for sure, though it is attached: nobody is called suspended by it.</summary>
public sealed class VoidPolicyTests
{
    private const string Alice = "user/alice";
    private const string Key = "BedrockAPIKey-ab12";

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Whom => [Alice, Key, "person/alice@example.com"];

    [Theory]
    [MemberData(nameof(Whom))]
    public void Nobody_is_suspended_by_it_and_the_reason_says_so(string who)
    {
        var account = new AiAccount().Has(who, Free(who) with { Void = "the policy is not as the stack made it" }).Spent(who, 2).Settle();
        account.After(FiveMinutes).Settle();

        Assert.Equal("Grace", account.State(who));
        Assert.Equal($"{who} of 111122223333 is not suspended: the policy is not as the stack made it", account.Told[^1].Text);
        account.Has(who, account.Access[who] with { Void = "" });
        Assert.Equal("Suspended", account.Settle().State(who));
    }

    [Theory]
    [MemberData(nameof(Whom))]
    public void Who_was_suspended_is_not_any_more_until_the_text_is_back(string who)
    {
        var account = Suspended(who);

        account.Has(who, account.Access[who] with { Void = "the policy is not as the stack made it" });
        Assert.Equal("Grace", account.Settle().State(who));
        Assert.Contains("not as the stack made it", account.Told[^1].Text, StringComparison.Ordinal);

        account.Has(who, account.Access[who] with { Void = "" });
        Assert.Equal("Suspended", account.Settle().State(who));
        Assert.False(account.CanCall(who));
    }

    /// <summary>What is left attached would bind again when the text is back, and nobody would give it back.</summary>
    [Theory]
    [MemberData(nameof(Whom))]
    public void What_is_not_asked_for_any_more_is_taken_off_all_the_same(string who)
    {
        var account = Suspended(who);
        account.Has(who, account.Access[who] with { Void = "another text" }).Settle();
        account.Policy = AiPolicy.Empty;

        account.Settle().After(TimeSpan.FromHours(1)).Settle();

        account.Has(who, account.Access[who] with { Void = "" }).Settle();
        Assert.True(account.CanCall(who));
        Assert.Empty(account.Record(who).Taken);
    }

    /// <summary>An API key's user may have access keys besides, which no key that is Inactive stops.</summary>
    [Fact]
    public void The_user_of_an_API_key_has_the_deny_policy_too_and_is_given_back_both()
    {
        var account = new AiAccount().Has(Key, new AiAccess.Keys([])).Spent(Key, 2).Settle().After(FiveMinutes).Settle();
        Assert.Equal(("Suspended", true), (account.State(Key), ((AiAccess.Keys)account.Access[Key]).Attached));
        Assert.Equal("BedrockAPIKey-ab12 of 111122223333 is suspended: the deny policy attached", account.Told[^1].Text);

        account.Policy = AiPolicy.Empty;
        account.Settle();
        Assert.Equal(("Exceeded", false), (account.State(Key), ((AiAccess.Keys)account.Access[Key]).Attached));
    }

    [Fact]
    public void The_digest_is_of_what_a_policy_means_and_not_of_how_it_is_written()
    {
        const string made = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["b:1","b:2"],"Resource":"*"}]}""";

        Assert.Equal(
            PolicyDigest.Of(made),
            PolicyDigest.Of("""{ "Statement": [ { "Resource": ["*"], "Action": ["b:2", "b:1"], "Effect": "Deny" } ], "Version": "2012-10-17" }"""));
        Assert.NotEqual(PolicyDigest.Of(made), PolicyDigest.Of(made.Replace("b:2", "b:3", StringComparison.Ordinal)));
        // One text with a comma is not two.
        Assert.NotEqual(PolicyDigest.Of("""{"Action":["b:1","b:2"]}"""), PolicyDigest.Of("""{"Action":"b:1,b:2"}"""));
        Assert.NotEqual(PolicyDigest.Of("""{"Action":["b:1","b:2"]}"""), PolicyDigest.Of("""{"Action":"b:1\",\"b:2"}"""));
        Assert.NotEqual(PolicyDigest.Of(made), PolicyDigest.Of(made.Replace("Deny", "Allow", StringComparison.Ordinal)));
        const string condition = ",\"Condition\":{\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}}}]}";
        Assert.NotEqual(PolicyDigest.Of(made), PolicyDigest.Of(made.Replace("}]}", condition, StringComparison.Ordinal)));
        Assert.Null(PolicyDigest.Of("no JSON"));
    }

    private static AiAccount Suspended(string who)
    {
        var account = new AiAccount().Has(who, Free(who)).Spent(who, 2).Settle().After(FiveMinutes).Settle();
        Assert.Equal("Suspended", account.State(who));
        return account;
    }

    private static AiAccess Free(string who) => who switch
    {
        Key => new AiAccess.Keys([new AiKey("ACCA1", true)]),
        Alice => new AiAccess.Policy(false),
        _ => new AiAccess.Person(false),
    };
}
