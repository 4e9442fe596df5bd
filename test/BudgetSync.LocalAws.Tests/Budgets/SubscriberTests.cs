using System.Text.Json.Nodes;
using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class SubscriberTests
{
    private static readonly string OfEighty = $"'BudgetName':'b','Notification':{Notification()}";

    private readonly BudgetsTestBed bed = new();

    [Fact]
    public async Task A_notification_has_at_most_10_emails_and_1_topic()
    {
        await CreateAsync(string.Join(',', Enumerable.Range(0, 10).Select(number => Email($"{number}@example.com")).Append(ByTopic())));

        Assert.Equal("CreationLimitExceededException", await bed.RefusedAsync("CreateSubscriber", $"{OfEighty},'Subscriber':{Email()}"));
        Assert.Equal("CreationLimitExceededException", await bed.RefusedAsync("CreateSubscriber", $"{OfEighty},'Subscriber':{ByTopic(Topic + "2")}"));
        Assert.Equal("CreationLimitExceededException", await CreateRefusedAsync($"{ByTopic()},{ByTopic(Topic + "2")}"));
        Assert.Equal(
            "CreationLimitExceededException",
            await CreateRefusedAsync(string.Join(',', Enumerable.Range(0, 11).Select(number => Email($"{number}@example.com")))));
        Assert.Equal(
            "InvalidParameterException",
            await CreateRefusedAsync(string.Join(',', Enumerable.Range(0, 12).Select(number => Email($"{number}@example.com")))));
    }

    [Fact]
    public async Task A_notification_needs_a_subscriber_and_none_twice()
    {
        Assert.Equal("InvalidParameterException", await CreateRefusedAsync(""));
        Assert.Equal("DuplicateRecordException", await CreateRefusedAsync($"{Email()},{Email()}"));
    }

    [Fact]
    public async Task Subscribers_are_created_updated_and_deleted_one_by_one()
    {
        await CreateAsync(Email());

        await bed.CallAsync("CreateSubscriber", $"{OfEighty},'Subscriber':{ByTopic()}");
        await bed.CallAsync("UpdateSubscriber", $"{OfEighty},'OldSubscriber':{Email()},'NewSubscriber':{Email("b@example.com")}");
        Assert.Equal(["b@example.com", Topic], await bed.SubscribersAsync(Notification()));
        await bed.CallAsync("DeleteSubscriber", $"{OfEighty},'Subscriber':{ByTopic()}");

        Assert.Equal(["b@example.com"], await bed.SubscribersAsync(Notification()));
    }

    [Fact]
    public async Task Deleting_the_last_subscriber_deletes_the_notification()
    {
        await CreateAsync(Email());

        await bed.CallAsync("DeleteSubscriber", $"{OfEighty},'Subscriber':{Email()}");

        Assert.Empty(await bed.NotificationsAsync());
    }

    [Fact]
    public async Task A_subscriber_that_is_there_is_a_duplicate_and_one_that_is_not_is_not_found()
    {
        await CreateAsync($"{Email()},{Email("b@example.com")}");

        Assert.Equal("DuplicateRecordException", await bed.RefusedAsync("CreateSubscriber", $"{OfEighty},'Subscriber':{Email()}"));
        Assert.Equal(
            "DuplicateRecordException",
            await bed.RefusedAsync("UpdateSubscriber", $"{OfEighty},'OldSubscriber':{Email()},'NewSubscriber':{Email("b@example.com")}"));
        Assert.Equal(
            "NotFoundException",
            await bed.RefusedAsync("UpdateSubscriber", $"{OfEighty},'OldSubscriber':{Email("c@example.com")},'NewSubscriber':{Email("d@example.com")}"));
        Assert.Equal("NotFoundException", await bed.RefusedAsync("DeleteSubscriber", $"{OfEighty},'Subscriber':{Email("c@example.com")}"));
        Assert.Equal(
            "NotFoundException",
            await bed.RefusedAsync("DeleteSubscriber", $"'BudgetName':'b','Notification':{Notification("81")},'Subscriber':{Email()}"));
    }

    [Fact]
    public async Task Updating_a_subscriber_cannot_exceed_the_caps()
    {
        await CreateAsync($"{Email()},{ByTopic()}");

        Assert.Equal(
            "InvalidParameterException",
            await bed.RefusedAsync("UpdateSubscriber", $"{OfEighty},'OldSubscriber':{Email()},'NewSubscriber':{ByTopic(Topic + "2")}"));
        await bed.CallAsync("UpdateSubscriber", $"{OfEighty},'OldSubscriber':{ByTopic()},'NewSubscriber':{ByTopic(Topic + "2")}");
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b")]
    [InlineData("a b@example.com")]
    [InlineData("a@example.com\\nb@example.com")]
    public async Task An_email_address_must_be_one(string address) =>
        Assert.Equal("InvalidParameterException", await CreateRefusedAsync(Email(address)));

    [Theory]
    [InlineData("alerts")]
    [InlineData("arn:aws:sns:us-east-1:111122223333")]
    [InlineData("arn:aws:sqs:us-east-1:111122223333:alerts")]
    [InlineData("arn:aws:sns:us-east-1:111122223333:alerts.fifo")]
    [InlineData("arn:aws:sns:us-east-1:444455556666:alerts")]
    public async Task A_topic_must_be_a_standard_topic_of_the_budgets_own_account(string arn) =>
        Assert.Equal("InvalidParameterException", await CreateRefusedAsync(ByTopic(arn)));

    [Fact]
    public async Task A_refusal_never_repeats_an_address()
    {
        await CreateAsync(Email());

        var (_, message) = await bed.RefusalAsync("CreateSubscriber", $"{OfEighty},'Subscriber':{Email()}");
        var (_, malformed) = await bed.RefusalAsync("CreateSubscriber", $"{OfEighty},'Subscriber':{Email("someone")}");

        Assert.DoesNotContain("a@example.com", message, StringComparison.Ordinal);
        Assert.DoesNotContain("someone", malformed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribers_are_listed_in_pages()
    {
        await CreateAsync($"{Email()},{Email("b@example.com")}");

        var first = await bed.CallAsync("DescribeSubscribersForNotification", $"{OfEighty},'MaxResults':1");
        var second = await bed.CallAsync("DescribeSubscribersForNotification", $"{OfEighty},'MaxResults':1,'NextToken':'{first["NextToken"]}'");

        Assert.Equal("""[{"SubscriptionType":"EMAIL","Address":"a@example.com"}]""", first["Subscribers"]!.ToJsonString());
        Assert.Equal("""[{"SubscriptionType":"EMAIL","Address":"b@example.com"}]""", second["Subscribers"]!.ToJsonString());
        Assert.Null(second["NextToken"]);
    }

    private Task<JsonObject> CreateAsync(string subscribers) =>
        bed.CallAsync(
            "CreateBudget",
            $"'Budget':{Monthly()},'NotificationsWithSubscribers':[{{'Notification':{Notification()},'Subscribers':[{subscribers}]}}]");

    private Task<string> CreateRefusedAsync(string subscribers) =>
        bed.RefusedAsync(
            "CreateBudget",
            $"'Budget':{Monthly("c")},'NotificationsWithSubscribers':[{{'Notification':{Notification()},'Subscribers':[{subscribers}]}}]");
}
