namespace BudgetSync.Core.Tests.Rows;

/// <summary>What a refusal of a row of models tells people to write is what they meant, and all that is wrong is told at once.</summary>
public sealed class AiAdviceTests
{
    private const string Forms =
        "names no principal; write role/NAME, user/NAME, person/NAME, federated/NAME, BedrockAPIKey-NAME, root or unknown, with * for any characters, or "
            + "* alone for all";

    [Theory]
    [InlineData("user/BedrockAPIKey-ab12", "write BedrockAPIKey-ab12")]
    [InlineData("user/BedrockAPIKey-*", "write BedrockAPIKey-*")]
    [InlineData(
        "role/AWSReservedSSO_Dev_0123",
        "is a role of IAM Identity Center, whose calls are counted to each person; write person/NAME, or person/* for all of them")]
    [InlineData("Role/Web", "write role/Web")]
    [InlineData("PERSON/Alice@Example.com", "write person/Alice@Example.com")]
    [InlineData("bedrockapikey-ab12", "write BedrockAPIKey-ab12")]
    [InlineData("Root", "write root")]
    [InlineData("role/service-role/Agent", "write role/Agent")]
    [InlineData("user/teams/data/alice", "write user/alice")]
    [InlineData("role/DataScience ", "write role/DataScience")]
    [InlineData("arn:aws:iam::111122223333:role/service-role/Agent", "write role/Agent")]
    [InlineData("arn:aws:iam::111122223333:user/BedrockAPIKey-ab12", "write BedrockAPIKey-ab12")]
    [InlineData("group/data", Forms)]
    [InlineData("alice", Forms)]
    public void A_principal_that_could_never_call_is_refused_with_the_name_that_was_meant(string name, string advice)
    {
        Assert.Contains(advice, Reason("""{"Principals":{"NAME":{"Limit":1}}}""", name), StringComparison.Ordinal);
        Assert.Contains(advice, Reason("""{"Pools":{"x":{"Limit":1,"Members":["NAME"]}}}""", name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us.amazon.nova-pro-v1:0", "write amazon.nova-pro-v1:0")]
    [InlineData("us-gov.anthropic.*", "write anthropic.*")]
    [InlineData("global.anthropic.claude-sonnet-4-20250514-v1:0", "write anthropic.claude-sonnet-4-20250514-v1:0")]
    [InlineData("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", "write amazon.nova-pro-v1:0")]
    [InlineData("arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0", "write amazon.nova-pro-v1:0")]
    [InlineData("Anthropic.*", "write anthropic.*")]
    [InlineData("Nova Pro", "is no id of a model; write for example amazon.nova-pro-v1:0 or anthropic.*")]
    public void A_model_is_called_by_the_id_that_has_the_price(string name, string advice) =>
        Assert.Contains(advice, Reason("""{"Models":{"NAME":{"Limit":1}}}""", name), StringComparison.Ordinal);

    [Fact]
    public void Profiles_and_provisioned_models_keep_their_ARN() => Assert.Equal(2, Given.Desired(
        """
        {"BudgetValue":1,"Ai":{"Models":{"arn:aws:bedrock:us-east-1:111122223333:provisioned-model/ab12cd34ef56":{"Limit":1},
                                         "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/ab12cd34ef56":{"Limit":1}}}}
        """).Ai?.Models.Items.Count);

    [Theory]
    [InlineData("Window", "monthly", "write MONTHLY")]
    [InlineData("Window", "5H", "write 5h")]
    [InlineData("Window", "hourly", "is not one of MONTHLY, WEEKLY, DAILY, 5h, 30d")]
    [InlineData("Grace", "10s", "write whole minutes, hours or days, for example 60m, 12h or 3d; seconds are not possible, 0m is none")]
    public void A_word_of_a_budget_that_is_nearly_right_is_told_as_it_is_written(string member, string value, string advice) =>
        Assert.Contains(advice, Reason("""{"Default":{"NAME":"VALUE"}}""".Replace("VALUE", value, StringComparison.Ordinal), member), StringComparison.Ordinal);

    [Fact]
    public void A_member_that_stands_twice_is_told() => Assert.Equal(
        "Ai.Pools.x.Members: \"user/a\" stands 2 times; write it once",
        Reason("""{"Pools":{"x":{"Limit":1,"Members":["user/a","user/b","user/a"]}}}"""));

    /// <summary>What is missing, and what stands in the wrong order, is no less wrong because something else cannot be read.</summary>
    [Fact]
    public void All_that_is_wrong_is_told_at_once() => Assert.Equal(
        [
            "Ai.AccountCap: Limit is missing; add it",
            "Ai.Default.Grace: \"10s\" is no time; write whole minutes, hours or days, for example 60m, 12h or 3d; seconds are not possible, 0m is none",
            "Ai.Models.claude: Limit is missing; add it",
            "Ai.Pools.bad.Members: \"A\" " + Forms,
            "Ai.Pools.bad.Members: \"Role/B\" names no principal; write role/B",
            "Ai.Pools.bad.Members[2]: 3 is not a text (S); write a text (S)",
            "Ai.Pools.nolimit: Limit is missing; add it",
            "Ai.Principals.user/a: Warn is 95 and Critical 90, which would be told first; write Warn at or below it",
            "Ai.Principals.user/b.Limit: 0 is not above 0; write the limit as a positive number",
        ],
        Reasons(
            """
            {"Default":{"Grace":"10s"},"Principals":{"user/a":{"Warn":95},"user/b":{"Limit":0}},"Models":{"claude":{}},"AccountCap":{},
             "Pools":{"bad":{"Limit":1,"Members":["A","Role/B",3]},"nolimit":{"Members":["user/a"]}}}
            """).Order(StringComparer.Ordinal));

    [Fact]
    public void What_entries_inherit_is_told_once_where_it_is_said() => Assert.Equal(
        "Ai.Default: Warn is 95 and Critical 90, which would be told first; write Warn at or below it",
        Reason("""{"Default":{"Warn":95},"Principals":{"user/a":{},"user/b":{"Limit":3}},"Models":{"anthropic.*":{"Limit":1}},"AccountCap":{"Limit":1}}"""));

    private static string Reason(string ai, string name = "") => Assert.Single(Reasons(ai.Replace("NAME", name, StringComparison.Ordinal)));

    private static IEnumerable<string> Reasons(string ai) => Given.Reasons("""{"BudgetValue":1,"Ai":AI}""".Replace("AI}", ai + "}", StringComparison.Ordinal));
}
