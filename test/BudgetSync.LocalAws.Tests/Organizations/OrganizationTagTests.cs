using System.Globalization;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.LocalAws.Tests.Organizations;

public sealed class OrganizationTagTests : OrganizationTestBed
{
    [Fact]
    public async Task Tags_are_added_listed_page_by_page_and_taken_off()
    {
        var keys = Enumerable.Range(0, 25).Select(number => number.ToString("00", CultureInfo.InvariantCulture)).ToList();
        await CallAsync("TagResource", $"{{'ResourceId':'{Member}','Tags':[{string.Join(',', keys.Select(key => $"{{'Key':'{key}','Value':'v'}}"))}]}}");

        var first = await CallAsync("ListTagsForResource", $"{{'ResourceId':'{Member}'}}");
        var second = await CallAsync("ListTagsForResource", $"{{'ResourceId':'{Member}','NextToken':'{first["NextToken"]}'}}");

        Assert.Equal(keys, first["Tags"]!.AsArray().Concat(second["Tags"]!.AsArray()).Select(tag => tag!["Key"]!.ToString()));
        Assert.Equal((20, "v", null), (first["Tags"]!.AsArray().Count, first["Tags"]![0]!["Value"]!.ToString(), second["NextToken"]));

        await CallAsync("UntagResource", $"{{'ResourceId':'{Member}','TagKeys':[{string.Join(',', keys.Skip(1).Select(key => $"'{key}'"))},'none']}}");
        Assert.Equal("00", Assert.Single((await CallAsync("ListTagsForResource", $"{{'ResourceId':'{Member}'}}"))["Tags"]!.AsArray())!["Key"]!.ToString());
        Assert.Empty((await CallAsync("ListTagsForResource", $"{{'ResourceId':'{OrganizationsService.RootId}'}}"))["Tags"]!.AsArray());
    }

    [Theory]
    [InlineData("ListTagsForResource", "{'ResourceId':'444455556666'}", "TargetNotFoundException")]
    [InlineData("ListTagsForResource", "{'ResourceId':'team'}", "InvalidInputException")]
    [InlineData("TagResource", "{'ResourceId':'ou-local-00000009','Tags':[]}", "TargetNotFoundException")]
    [InlineData("TagResource", "{'ResourceId':'r-local','Tags':[{'Key':'a','Value':''},{'Key':'a','Value':'b'}]}", "InvalidInputException")]
    [InlineData("TagResource", "{'ResourceId':'r-local','Tags':[{'Key':'aws:a','Value':''}]}", "InvalidInputException")]
    [InlineData("TagResource", "{'ResourceId':'r-local','Tags':[{'Key':'a'}]}", "InvalidInputException")]
    [InlineData("UntagResource", "{'ResourceId':'r-local','TagKeys':['AWS:a']}", "InvalidInputException")]
    [InlineData("UntagResource", "{'ResourceId':'p-12345678','TagKeys':['a']}", "TargetNotFoundException")]
    public async Task What_is_not_there_or_may_not_be_is_refused(string operation, string input, string error) =>
        Assert.Equal(error, await RefusedAsync(operation, input));

    [Fact]
    public async Task A_resource_has_50_tags()
    {
        for (var number = 0; number < 50; number++) cloud.Organizations.Tag(Member, $"{number}", "");
        Assert.Equal("ConstraintViolationException", await RefusedAsync("TagResource", $"{{'ResourceId':'{Member}','Tags':[{{'Key':'more','Value':''}}]}}"));
        await CallAsync("TagResource", $"{{'ResourceId':'{Member}','Tags':[{{'Key':'1','Value':'other'}}]}}");
    }

    [Fact]
    public async Task Tags_are_read_five_times_a_second()
    {
        for (var read = 0; read < 5; read++) await CallAsync("ListTagsForResource", $"{{'ResourceId':'{Member}'}}");
        Assert.Equal("TooManyRequestsException", await RefusedAsync("ListTagsForResource", $"{{'ResourceId':'{Member}'}}"));
        ((FakeTimeProvider)cloud.Time).Advance(TimeSpan.FromMilliseconds(200));
        await CallAsync("ListTagsForResource", $"{{'ResourceId':'{Member}'}}");
    }
}
