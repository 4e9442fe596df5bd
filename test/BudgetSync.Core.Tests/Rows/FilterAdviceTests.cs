namespace BudgetSync.Core.Tests.Rows;

/// <summary>The way out of a wrong filter is what the person meant.</summary>
public sealed class FilterAdviceTests
{
    [Theory]
    [InlineData("TagKey", "write TagKeyValue with the tag's key and value as one text, \"user:KEY$VALUE\"")]
    [InlineData("user:Project", "write TagKeyValue with the tag's key and value as one text, \"user:Project$VALUE\"")]
    [InlineData("tag:Env", "write TagKeyValue with the tag's key and value as one text, \"user:Env$VALUE\"")]
    [InlineData("Tag", "write TagKeyValue with the tag's key and value as one text, \"user:KEY$VALUE\"")]
    [InlineData("Services", "write Service")]
    [InlineData("Tenancy", "write a FilterExpression with the dimension TENANCY, or one of AZ, BillingEntity, ")]
    [InlineData("RecordType", "write a FilterExpression with the dimension RECORD_TYPE, or one of AZ, BillingEntity, ")]
    public void A_name_that_people_write_leads_to_AWSs(string name, string wayOut) => Assert.StartsWith(
        $"CostFilters.{name}: \"{name}\" is no filter of AWS Budgets; {wayOut}",
        Assert.Single(Given.Reasons($$$"""{"BudgetValue":1,"CostFilters":{"{{{name}}}":["a"]}}""")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Team$blue", "user:Team$blue")]
    [InlineData("user:Team", "user:Team$VALUE")]
    [InlineData("user:Team:blue", "user:Team$blue")]
    [InlineData("Team=blue", "user:Team$blue")]
    [InlineData("aws:createdBy", "aws:createdBy$VALUE")]
    [InlineData("$blue", "user:KEY$VALUE")]
    public void A_tag_without_its_prefix_or_sign_is_offered_with_both(string tag, string wayOut) => Assert.Equal(
        $"CostFilters.TagKeyValue: \"{tag}\" filters nothing: a tag is user:KEY$VALUE, or aws:KEY$VALUE for AWS's own; write \"{wayOut}\"",
        Assert.Single(Given.Reasons($$$"""{"BudgetValue":1,"CostFilters":{"TagKeyValue":["{{{tag}}}"]}}""")));

    [Fact]
    public void A_console_label_is_offered_the_name_of_bills() => Assert.Equal(
        "CostFilters.Service: \"EC2-Instances (Elastic Compute Cloud - Compute)\" is how the console labels the service, and matches no costs; write "
            + "\"Amazon Elastic Compute Cloud - Compute\"",
        Assert.Single(Given.Reasons("""{"BudgetValue":1,"CostFilters":{"Service":["EC2-Instances (Elastic Compute Cloud - Compute)"]}}""")));

    /// <summary>What narrows a budget is put right, never taken away: without it the budget would count more than anybody asked for.</summary>
    [Fact]
    public void No_message_about_a_filter_advises_what_widens_the_budget()
    {
        string[] values = ["null", "\"\"", "\" \"", "7", "true", "[]", "[null]", "[\"\"]", "[7]", "{}", "\",\"", "[\"a\",null]"];
        string[] names = ["Service", "TagKeyValue", "CostCategory", "LinkedAccount", "Colour", "Tag", "service", "BudgetLimit"];
        string[] members =
        [
            "Dimensions", "Tags", "CostCategories", "And", "Or", "Not", "Colour", "Dimension", "BudgetLimit", "Key", "MatchOptions",
        ];
        var rows = names.SelectMany(name => values.Select(value => $$$"""{"CostFilters":{"{{{name}}}":{{{value}}}}}"""))
            .Concat(members.SelectMany(name => values.Select(value => $$$"""{"FilterExpression":{"{{{name}}}":{{{value}}}}}""")))
            .Concat(members.SelectMany(name => values.Select(
                value => $$$$"""{"FilterExpression":{"Tags":{"Key":"a","Values":["b"],"{{{{name}}}}":{{{{value}}}}}}}""")))
            .Append("""{"FilterExpression":{"Tags":{"Key":"a","Values":["b"],"MatchOptions":["ABSENT"]}}}""")
            .Append("""{"CostFilters":{"Service":["a"]},"FilterExpression":{"Tags":{"Key":"a","Values":["b"]}}}""")
            .Select(row => $$"""{"BudgetValue":1,{{row[1..]}}""")
            .Select(row => new[] { row })
            .Concat(RuleCases.All.Cast<object[]>().Select(data => (RuleCase)data[0]).Where(rule => !rule.IsDocument).Select(rule => rule.Broken));

        var told = rows.SelectMany(row => RuleCase.Problems(false, "111122223333", row))
            .Where(problem => problem.Path.Contains("CostFilters", StringComparison.Ordinal)
                || problem.Path.Contains("FilterExpression", StringComparison.Ordinal))
            .ToList();

        Assert.True(told.Count > 200, $"{told.Count} messages");
        Assert.DoesNotContain(
            told,
            problem => problem.Text.Contains("remove", StringComparison.Ordinal) || problem.Text.Contains("leave", StringComparison.Ordinal));
    }
}
