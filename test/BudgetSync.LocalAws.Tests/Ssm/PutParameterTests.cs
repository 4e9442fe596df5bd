using BudgetSync.LocalAws.Ssm;

namespace BudgetSync.LocalAws.Tests.Ssm;

public sealed class PutParameterTests
{
    private readonly SsmTestBed bed = new();

    [Fact]
    public async Task A_created_parameter_has_version_1_and_is_read_back()
    {
        var put = await bed.CallAsync("PutParameter", "{'Name':'/BudgetSync/Budgets','Type':'String','Value':'1500.50'}");

        var parameter = await bed.GetAsync("/BudgetSync/Budgets");
        Assert.Equal("""{"Version":1,"Tier":"Standard"}""", put.ToJsonString());
        Assert.Equal(
            """{"Name":"/BudgetSync/Budgets","Type":"String","Value":"1500.50","Version":1,"LastModifiedDate":1779273000"""
                + ""","ARN":"arn:aws:ssm:us-east-1:111122223333:parameter/BudgetSync/Budgets","DataType":"text"}""",
            parameter.ToJsonString());
    }

    [Fact]
    public async Task A_parameter_belongs_to_one_account_and_one_region()
    {
        await bed.PutAsync("/a");

        await bed.CallAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'other'}", account: "444455556666");
        await bed.CallAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'other'}", region: "eu-west-1");
        Assert.Equal("v", (await bed.GetAsync("/a"))["Value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Creating_needs_a_type() =>
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Value':'v'}"));

    [Fact]
    public async Task Putting_an_existing_parameter_needs_overwrite()
    {
        await bed.PutAsync("/a");

        Assert.Equal("ParameterAlreadyExists", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'w'}"));
    }

    [Fact]
    public async Task Overwriting_raises_the_version_even_with_the_same_value()
    {
        await bed.PutAsync("/a", "same");

        var put = await bed.OverwriteAsync("/a", "same");

        Assert.Equal(2, put["Version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Overwriting_keeps_the_description_that_it_does_not_give()
    {
        await bed.CallAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'v','Description':'managed'}");

        await bed.OverwriteAsync("/a", "w");

        var all = await bed.CallAsync("DescribeParameters", "{}");
        Assert.Equal("managed", all["Parameters"]![0]!["Description"]!.GetValue<string>());
    }

    [Fact]
    public async Task Overwriting_what_does_not_exist_creates_it() =>
        Assert.Equal(1, (await bed.CallAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'v','Overwrite':true}"))["Version"]!.GetValue<int>());

    [Fact]
    public async Task Tags_and_overwrite_exclude_each_other() =>
        Assert.Equal(
            "ValidationException",
            await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'v','Overwrite':true,'Tags':[{'Key':'k','Value':'v'}]}"));

    [Fact]
    public async Task The_type_of_a_parameter_cannot_change()
    {
        await bed.PutAsync("/a");

        Assert.Equal(
            "HierarchyTypeMismatchException",
            await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'StringList','Value':'v','Overwrite':true}"));
    }

    [Theory]
    [InlineData("/a b")]
    [InlineData("/a:1")]
    [InlineData("a/b")]
    [InlineData("/a/")]
    [InlineData("/a//b")]
    [InlineData("aws-thing")]
    [InlineData("/AWS/thing")]
    [InlineData("SsmThing")]
    [InlineData("/ä")]
    public async Task A_name_outside_the_rules_is_refused(string name) =>
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", $"{{'Name':'{name}','Type':'String','Value':'v'}}"));

    [Fact]
    public async Task A_name_has_at_most_15_levels()
    {
        await bed.PutAsync(string.Concat(Enumerable.Repeat("/x", 15)));

        Assert.Equal(
            "HierarchyLevelLimitExceededException",
            await bed.RefusedAsync("PutParameter", $"{{'Name':'{string.Concat(Enumerable.Repeat("/x", 16))}','Type':'String','Value':'v'}}"));
    }

    [Fact]
    public async Task A_name_with_its_arn_prefix_has_at_most_1011_characters()
    {
        var fits = new string('n', 1011 - "arn:aws:ssm:us-east-1:111122223333:parameter/".Length);
        await bed.PutAsync(fits);

        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", $"{{'Name':'{fits}n','Type':'String','Value':'v'}}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("see {{ssm:/other}}")]
    public async Task An_empty_value_and_a_reference_to_another_parameter_are_refused(string value) =>
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", $"{{'Name':'/a','Type':'String','Value':'{value}'}}"));

    [Theory]
    [InlineData("/x", "x")]
    [InlineData("x", "/x")]
    public async Task At_the_top_level_a_slash_in_front_says_nothing(string written, string other)
    {
        await bed.PutAsync(written);

        Assert.Equal(other, (await bed.GetAsync(other))["Name"]!.GetValue<string>());
        Assert.Equal("ParameterAlreadyExists", await bed.RefusedAsync("PutParameter", $"{{'Name':'{other}','Type':'String','Value':'v'}}"));
        Assert.Equal(2, (await bed.OverwriteAsync(other, "w"))["Version"]!.GetValue<int>());
        Assert.Equal(2, (await bed.CallAsync("GetParameterHistory", $"{{'Name':'{other}'}}"))["Parameters"]!.AsArray().Count);
        Assert.Single((await bed.CallAsync("GetParameters", $"{{'Names':['{other}']}}"))["Parameters"]!.AsArray());
        Assert.Single((await bed.CallAsync("GetParametersByPath", "{'Path':'/'}"))["Parameters"]!.AsArray());
        Assert.Single((await bed.CallAsync("DescribeParameters", $"{{'ParameterFilters':[{{'Key':'Name','Values':['{other}']}}]}}"))["Parameters"]!.AsArray());
        await bed.CallAsync("AddTagsToResource", $"{{'ResourceType':'Parameter','ResourceId':'{other}','Tags':[{{'Key':'k','Value':'v'}}]}}");
        Assert.Single((await bed.CallAsync("ListTagsForResource", $"{{'ResourceType':'Parameter','ResourceId':'{written}'}}"))["TagList"]!.AsArray());
        await bed.CallAsync("DeleteParameter", $"{{'Name':'{other}'}}");
        Assert.Equal("ParameterNotFound", await bed.RefusedAsync("GetParameter", $"{{'Name':'{written}'}}"));
    }

    [Theory]
    [InlineData("/a//b")]
    [InlineData("a/b")]
    public async Task A_path_that_is_not_fully_qualified_is_refused_when_read(string name) =>
        Assert.Equal("ValidationException", await bed.RefusedAsync("GetParameter", $"{{'Name':'{name}'}}"));

    [Theory]
    [InlineData("[0-9]+", "ParameterPatternMismatchException")]
    [InlineData("[", "InvalidAllowedPatternException")]
    public async Task A_value_must_match_the_whole_allowed_pattern(string pattern, string error)
    {
        Assert.Equal(error, await bed.RefusedAsync("PutParameter", $"{{'Name':'/a','Type':'String','Value':'12x','AllowedPattern':'{pattern}'}}"));

        await bed.CallAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'12x','AllowedPattern':'[0-9]+x'}");
    }

    [Fact]
    public async Task SecureString_policies_and_other_data_types_are_refused()
    {
        Assert.Equal("UnsupportedParameterType", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'SecureString','Value':'v'}"));
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'v','Policies':'[]'}"));
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'v','DataType':'aws:ec2:image'}"));
    }

    [Fact]
    public async Task A_request_outside_the_service_model_is_refused()
    {
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Value':'v'}"));
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'Text','Value':'v'}"));
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'v','Overwite':true}"));
        Assert.Equal("SerializationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Type':'String','Value':12}"));
        Assert.Equal("SerializationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Name':'/b','Type':'String','Value':'v'}"));
    }

    [Fact]
    public async Task PutParameter_is_throttled_per_second_where_a_rate_is_set()
    {
        var limited = new SsmTestBed(new SsmOptions { PutParametersPerSecond = 3 });
        for (var i = 0; i < 3; i++) await limited.PutAsync($"/a{i}");

        Assert.Equal("ThrottlingException", await limited.RefusedAsync("PutParameter", "{'Name':'/b','Type':'String','Value':'v'}"));
        limited.Clock.Advance(TimeSpan.FromSeconds(1));
        await limited.PutAsync("/b");
    }
}
