using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.Ssm;

public sealed class ReadParameterTests
{
    private readonly SsmTestBed bed = new();

    [Theory]
    [InlineData("/a/b")]
    [InlineData("arn:aws:ssm:us-east-1:111122223333:parameter/a/b")]
    public async Task A_parameter_is_found_by_name_and_by_arn_with_and_without_a_version(string name)
    {
        await bed.PutAsync("/a/b", "first");
        await bed.OverwriteAsync("/a/b", "second");

        var latest = await bed.GetAsync(name);
        var first = await bed.GetAsync(name + ":1");

        Assert.Equal(("second", 2), (latest["Value"]!.GetValue<string>(), latest["Version"]!.GetValue<int>()));
        Assert.Equal(("first", ":1"), (first["Value"]!.GetValue<string>(), first["Selector"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await bed.PutAsync("/a");

        Assert.Equal("ParameterNotFound", await bed.RefusedAsync("GetParameter", "{'Name':'/b'}"));
        Assert.Equal("ParameterVersionNotFound", await bed.RefusedAsync("GetParameter", "{'Name':'/a:2'}"));
        Assert.Equal("ParameterNotFound", await bed.RefusedAsync("GetParameter", "{'Name':'arn:aws:ssm:eu-west-1:111122223333:parameter/a'}"));
        Assert.Equal("AccessDeniedException", await bed.RefusedAsync("GetParameter", "{'Name':'arn:aws:ssm:us-east-1:444455556666:parameter/a'}"));
    }

    [Fact]
    public async Task GetParameters_lists_the_names_that_do_not_exist_apart()
    {
        await bed.PutAsync("/a");

        var answer = await bed.CallAsync("GetParameters", "{'Names':['/b','/a','/a:9']}");

        Assert.Equal(["/a"], answer["Parameters"]!.AsArray().Select(parameter => parameter!["Name"]!.GetValue<string>()));
        Assert.Equal(["/b", "/a:9"], answer["InvalidParameters"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal("ValidationException", await bed.RefusedAsync("GetParameters", "{'Names':['1','2','3','4','5','6','7','8','9','10','11']}"));
    }

    [Fact]
    public async Task GetParametersByPath_goes_one_level_down_or_all_and_pages_by_10()
    {
        for (var i = 10; i < 22; i++) await bed.PutAsync($"/p/{i}");
        await bed.PutAsync("/p/sub/x");
        await bed.PutAsync("/pq");

        var first = await bed.CallAsync("GetParametersByPath", "{'Path':'/p'}");
        var second = await bed.CallAsync("GetParametersByPath", $"{{'Path':'/p','NextToken':'{first["NextToken"]}'}}");
        var deep = await bed.CallAsync("GetParametersByPath", "{'Path':'/p/sub','Recursive':true}");

        Assert.Equal(10, Names(first).Count);
        Assert.Equal(["/p/20", "/p/21"], Names(second));
        Assert.Null(second["NextToken"]);
        Assert.Equal(["/p/sub/x"], Names(deep));
    }

    [Fact]
    public async Task Paths_without_a_slash_and_tokens_of_other_listings_are_refused()
    {
        await bed.PutAsync("/a/1");
        await bed.PutAsync("/a/2");
        var page = await bed.CallAsync("GetParametersByPath", "{'Path':'/a','MaxResults':1}");

        Assert.Equal("ValidationException", await bed.RefusedAsync("GetParametersByPath", "{'Path':'a'}"));
        Assert.Equal("InvalidNextToken", await bed.RefusedAsync("GetParametersByPath", $"{{'Path':'/b','NextToken':'{page["NextToken"]}'}}"));
        Assert.Equal("InvalidNextToken", await bed.RefusedAsync("DescribeParameters", "{'NextToken':'?'}"));
    }

    [Fact]
    public async Task The_history_keeps_100_versions_oldest_first()
    {
        await bed.PutAsync("/a", "1");
        for (var i = 2; i <= 101; i++) await bed.OverwriteAsync("/a", $"{i}");

        var page = await bed.CallAsync("GetParameterHistory", "{'Name':'/a'}");

        Assert.Equal(50, page["Parameters"]!.AsArray().Count);
        Assert.Equal(("2", 2), (page["Parameters"]![0]!["Value"]!.GetValue<string>(), page["Parameters"]![0]!["Version"]!.GetValue<int>()));
        Assert.Equal("arn:aws:iam::111122223333:root", page["Parameters"]![0]!["LastModifiedUser"]!.GetValue<string>());
        Assert.Equal("ParameterVersionNotFound", await bed.RefusedAsync("GetParameter", "{'Name':'/a:1'}"));
    }

    [Fact]
    public async Task DescribeParameters_filters_and_gives_no_values()
    {
        await bed.PutAsync("/a/1");
        await bed.PutAsync("/b/1");

        var found = await bed.CallAsync("DescribeParameters", "{'ParameterFilters':[{'Key':'Name','Option':'BeginsWith','Values':['/b']}]}");

        Assert.Equal(["/b/1"], Names(found));
        Assert.Null(found["Parameters"]![0]!["Value"]);
        Assert.Equal("Standard", found["Parameters"]![0]!["Tier"]!.GetValue<string>());
        Assert.Equal("InvalidFilterKey", await bed.RefusedAsync("DescribeParameters", "{'ParameterFilters':[{'Key':'Path','Values':['/b']}]}"));
        Assert.Equal(
            "InvalidFilterOption",
            await bed.RefusedAsync("DescribeParameters", "{'ParameterFilters':[{'Key':'Type','Option':'Contains','Values':['S']}]}"));
    }

    [Fact]
    public async Task Tags_are_set_on_creation_and_added_later()
    {
        await bed.CallAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'v','Tags':[{'Key':'one','Value':'1'}]}");
        await bed.CallAsync("AddTagsToResource", "{'ResourceType':'Parameter','ResourceId':'/a','Tags':[{'Key':'two','Value':'2'}]}");

        var tags = await bed.CallAsync("ListTagsForResource", "{'ResourceType':'Parameter','ResourceId':'/a'}");

        Assert.Equal("""{"TagList":[{"Key":"one","Value":"1"},{"Key":"two","Value":"2"}]}""", tags.ToJsonString());
        Assert.Equal("InvalidResourceId", await bed.RefusedAsync("ListTagsForResource", "{'ResourceType':'Parameter','ResourceId':'/b'}"));
    }

    private static List<string> Names(JsonObject answer) => [.. answer["Parameters"]!.AsArray().Select(parameter => parameter!["Name"]!.GetValue<string>())];
}
