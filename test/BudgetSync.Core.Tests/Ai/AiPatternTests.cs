using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Tests.Ai;

public sealed class AiPatternTests
{
    [Theory]
    [InlineData("role/DataScience", "role/DataScience", true)]
    [InlineData("role/DataScience", "role/datascience", false)]
    [InlineData("role/DataScience", "role/DataScience2", false)]
    [InlineData("BedrockAPIKey-*", "BedrockAPIKey-ab12", true)]
    [InlineData("BedrockAPIKey-*", "BedrockAPIKey-", true)]
    [InlineData("BedrockAPIKey-*", "user/BedrockAPIKey-ab12", false)]
    [InlineData("*", "root", true)]
    [InlineData("role/*-prod-*", "role/a-prod-b", true)]
    [InlineData("role/*-prod-*", "role/a-prod", false)]
    [InlineData("role/a*a", "role/a", false)]
    [InlineData("role/*ab*ab", "role/xabab", true)]
    [InlineData("role/*ab*ab", "role/xab", false)]
    [InlineData("role/*a*b*", "role/ba", false)]
    [InlineData("person/*@example.com", "person/alice@example.com", true)]
    public void A_star_stands_for_any_number_of_any_characters(string pattern, string name, bool matches) =>
        Assert.Equal(matches, AiPattern.Matches(pattern, name));

    [Theory]
    [InlineData("role/Data", "role/Data")]
    [InlineData("role/DataScience", "role/Data*")]
    [InlineData("role/Other", "role/*")]
    [InlineData("user/bob", "*")]
    [InlineData("role/DataB", "role/*B")]
    public void The_name_itself_decides_then_the_pattern_with_most_characters_then_the_first_in_order(string name, string strongest)
    {
        string[] patterns = name == "role/DataB" ? ["role/B*", "role/*B", "*"] : ["*", "role/*", "role/Data", "role/Data*"];

        Assert.Equal(strongest, AiPattern.Strongest(patterns, name));
        Assert.Equal(strongest, AiPattern.Strongest(patterns.Reverse(), name));
    }

    [Fact]
    public void Of_two_patterns_of_the_same_length_the_first_in_order_of_characters_decides() =>
        Assert.Equal("role/*B", AiPattern.Strongest(["role/D*", "role/*B"], "role/DB"));

    [Fact]
    public void Without_a_pattern_that_matches_none_decides() => Assert.Null(AiPattern.Strongest(["role/*"], "user/bob"));
}
