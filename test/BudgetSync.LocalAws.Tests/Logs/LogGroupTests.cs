using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.Logs;

public sealed class LogGroupTests
{
    [Fact]
    public async Task A_group_belongs_to_its_account_and_region_and_is_there_once()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        using var elsewhere = new Api(logs.Cloud, SubscribedGroup.Account, "eu-west-1");

        var again = await Api.RefusedAsync(() => logs.CallAsync("CreateLogGroup", Named()));
        await elsewhere.JsonAsync("Logs_20140328.CreateLogGroup", Named());

        Assert.Equal(("ResourceAlreadyExistsException", "The specified log group already exists"), (again.Code, again.Text));
        Assert.Equal([SubscribedGroup.Group], logs.Cloud.Logs.Groups(SubscribedGroup.Account, "eu-west-1"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        await logs.CallAsync("DeleteLogGroup", Named());

        Assert.Equal("ResourceNotFoundException", (await Api.RefusedAsync(() => logs.CallAsync("DeleteLogGroup", Named()))).Code);
        Assert.Equal("ResourceNotFoundException", (await Api.RefusedAsync(() => logs.PutAsync("x"))).Code);
        await logs.CallAsync("CreateLogGroup", Named());
        Assert.Equal("The specified log stream does not exist.", (await Api.RefusedAsync(() => logs.PutAsync("x"))).Text);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public async Task A_retention_is_one_of_AWSs_numbers_of_days(int days, bool taken)
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        var input = Named();
        input["retentionInDays"] = days;

        var failure = await Record.ExceptionAsync(() => logs.CallAsync("PutRetentionPolicy", input));

        Assert.Equal(taken ? null : "InvalidParameterException", (failure as ApiException)?.Code);
    }

    [Fact]
    public async Task Events_come_in_their_order_within_a_day_and_those_of_another_time_are_rejected()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        var now = logs.Clock.GetUtcNow();

        var disorder = await Api.RefusedAsync(() => logs.PutAsync((now, "a"), (now.AddSeconds(-1), "b")));
        var long1 = await Api.RefusedAsync(() => logs.PutAsync((now.AddHours(-25), "a"), (now, "b")));
        var old = await logs.PutAsync((now.AddDays(-14).AddHours(-1), "a"), (now.AddDays(-14).AddMinutes(1), "b"));
        var young = await logs.PutAsync((now, "c"), (now.AddHours(3), "d"));

        Assert.Equal(("InvalidParameterException", "InvalidParameterException"), (disorder.Code, long1.Code));
        Assert.Equal(1, old["rejectedLogEventsInfo"]!["tooOldLogEventEndIndex"]!.GetValue<int>());
        Assert.Equal(1, young["rejectedLogEventsInfo"]!["tooNewLogEventStartIndex"]!.GetValue<int>());
        Assert.Equal(["b", "c"], logs.Cloud.Logs.Events(SubscribedGroup.Account, SubscribedGroup.Group).Select(one => one.Message));
    }

    [Fact]
    public async Task A_batch_has_at_most_1_MB()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        var fits = new string('x', (1024 * 1024) - 26);

        await logs.PutAsync(fits);

        Assert.Equal("InvalidParameterException", (await Api.RefusedAsync(() => logs.PutAsync(fits + "x"))).Code);
    }

    private static JsonObject Named() => new() { ["logGroupName"] = SubscribedGroup.Group };
}
