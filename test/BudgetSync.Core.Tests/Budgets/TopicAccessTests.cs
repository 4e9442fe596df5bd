using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Budgets;

public sealed class TopicAccessTests
{
    private const string Topic = "arn:aws:sns:us-east-1:111122223333:alerts";
    private const string Budget = "arn:aws:budgets::111122223333:budget/team-a";
    private const string Key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private const string Service = "{\"Service\":\"budgets.amazonaws.com\"}";
    private static readonly AccountId Account = AccountId.Parse("111122223333");

    /// <summary>Statements; true: AWS Budgets may publish, false: it may not, null: that is not seen.</summary>
    public static TheoryData<string, bool?> Policies => new()
    {
        // As AWS's user guide and ROWS.md have it, and without conditions.
        {
            Allow(condition: """{"StringEquals":{"aws:SourceAccount":"111122223333"},"ArnLike":{"aws:SourceArn":"arn:aws:budgets::111122223333:*"}}"""),
            true
        },
        { Allow(), true },
        { Allow("""{"Service":["a.amazonaws.com","budgets.amazonaws.com"]}""", "sns:*", "arn:aws:sns:*:111122223333:al?rts"), true },
        { Allow("\"*\""), true },

        // The policy that SNS gives a topic that is given none.
        { Allow("""{"AWS":"*"}""", condition: """{"StringEquals":{"AWS:SourceOwner":"111122223333"}}"""), false },
        { Allow("""{"AWS":"arn:aws:iam::111122223333:root"}"""), false },
        { Allow(action: "sns:Subscribe"), false },
        { Allow(resource: "arn:aws:sns:us-east-1:111122223333:other"), false },
        { Allow(condition: """{"StringEquals":{"aws:SourceAccount":"999999999999"}}"""), false },
        { Allow(condition: """{"ArnLike":{"aws:SourceArn":"arn:aws:budgets::111122223333:budget/other"}}"""), false },

        // A denial goes before all, but not one of plain text, which AWS Budgets does not send.
        { $"{Allow()},{Deny()}", false },
        { $"{Allow()},{Deny("""{"StringNotEquals":{"aws:SourceAccount":"111122223333"}}""")}", true },
        { $"{Allow()},{Deny("""{"Bool":{"aws:SecureTransport":"false"}}""")}", true },

        // What is not known here.
        { Allow(condition: """{"StringEquals":{"aws:SourceOrgID":"o-a1b2c3d4e5"}}"""), null },
        { Allow(condition: """{"DateLessThan":{"aws:SourceAccount":"111122223333"}}"""), null },
        { """{"Effect":"Allow","NotPrincipal":{"AWS":"x"},"Action":"sns:Publish","Resource":"*"}""", null },
        { $"{Allow()},{Deny("""{"StringEquals":{"aws:SourceOrgID":"o-a1b2c3d4e5"}}""")}", null },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_lets_AWS_Budgets_publish_or_not_or_it_is_not_seen(string statements, bool? allowed) =>
        Assert.Equal(allowed, Answer($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}"""));

    [Theory]
    [InlineData(null, false)]
    [InlineData("no JSON", null)]
    [InlineData("{}", null)]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}""", true)]
    public void A_topic_without_a_policy_takes_nothing_and_what_is_no_policy_is_not_seen(string? policy, bool? allowed) =>
        Assert.Equal(allowed, Answer(policy));

    [Fact]
    public void A_policy_must_let_in_each_budget_that_publishes_there()
    {
        var policy = "{\"Statement\":" + Allow(condition: $"{{\"ArnEquals\":{{\"aws:SourceArn\":\"{Budget}\"}}}}") + "}";

        Assert.Null(TopicAccess.Of(Topic, policy, null, [Budget], Account));
        Assert.True(TopicAccess.Of(Topic, policy, null, [Budget, Budget + "-2"], Account)!.IsLost);
    }

    [Fact]
    public void SNSs_own_key_loses_alerts_and_one_whose_policy_is_not_seen_is_said_with_why()
    {
        var managed = OfKey(new TopicKey("arn:aws:kms:us-east-1:111122223333:alias/aws/sns", null, ""))!;
        var alias = OfKey(TopicKey.OfAlias("alias/mine"))!;
        var hidden = OfKey(new TopicKey(Key, null, "AccessDeniedException"))!;

        Assert.Equal((true, false, false), (managed.IsLost, alias.IsLost, hidden.IsLost));
        Assert.Contains("alias/aws/sns, which AWS Budgets may not use", managed.Reason, StringComparison.Ordinal);
        Assert.Contains("whose policy is not seen: it is named by an alias", alias.Reason, StringComparison.Ordinal);
        Assert.Contains(
            "whose policy is not seen: AccessDeniedException; it must allow kms:GenerateDataKey* and kms:Decrypt", hidden.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["kms:GenerateDataKey*","kms:Decrypt"]""", "", true)]
    [InlineData("""["kms:GenerateDataKey","kms:Decrypt"]""", ""","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}""", true)]
    [InlineData("\"kms:*\"", ""","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:budgets::111122223333:*"}}""", true)]
    [InlineData("\"kms:Decrypt\"", "", false)]
    [InlineData("\"kms:GenerateDataKey*\"", "", false)]
    [InlineData("\"kms:*\"", ""","Condition":{"StringEquals":{"aws:SourceAccount":"999999999999"}}""", false)]
    [InlineData("\"kms:*\"", ""","Condition":{"StringEquals":{"kms:ViaService":"sns.us-east-1.amazonaws.com"}}""", null)]
    public void A_key_of_ones_own_lets_AWS_Budgets_use_it_or_not_or_that_is_not_seen(string actions, string condition, bool? granted)
    {
        const string ofAccount = """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}""";
        var policy = $$"""{"Statement":[{{ofAccount}},{"Effect":"Allow","Principal":{{Service}},"Action":{{actions}},"Resource":"*"{{condition}}}]}""";

        var access = OfKey(new TopicKey(Key, policy, ""));

        Assert.Equal(granted, access is null ? true : access.IsLost ? false : null);
    }

    [Theory]
    [InlineData("1234abcd-12ab-34cd-56ef-1234567890ab", true)]
    [InlineData(Key, true)]
    [InlineData("alias/mine", false)]
    [InlineData("arn:aws:kms:us-east-1:111122223333:alias/mine", false)]
    [InlineData("", false)]
    public void Ids_and_ARNs_of_keys_can_be_asked_and_aliases_not(string id, bool can) => Assert.Equal(can, TopicKey.CanBeAsked(id));

    private static TopicAccess? OfKey(TopicKey key) => TopicAccess.Of(Topic, $"{{\"Statement\":{Allow()}}}", key, [Budget], Account);

    private static bool? Answer(string? policy) =>
        TopicAccess.Of(Topic, policy, null, [Budget], Account) is not { } access ? true : access.IsLost ? false : null;

    private static string Allow(string principal = Service, string action = "SNS:Publish", string resource = "*", string? condition = null) =>
        Statement("Allow", principal, action, resource, condition);

    private static string Deny(string? condition = null) => Statement("Deny", "\"*\"", "SNS:Publish", "*", condition);

    private static string Statement(string effect, string principal, string action, string resource, string? condition) =>
        $"{{\"Effect\":\"{effect}\",\"Principal\":{principal},\"Action\":[\"{action}\"],\"Resource\":\"{resource}\""
            + $"{(condition is null ? "" : $",\"Condition\":{condition}")}}}";
}
