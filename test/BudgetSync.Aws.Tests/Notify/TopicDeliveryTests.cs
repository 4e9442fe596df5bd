using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Spend;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>Messages that Notify publishes to a channel's topic itself, and what becomes of those that the topic does not take.</summary>
public sealed class TopicDeliveryTests
{
    private const string Alpha = World.Alpha;

    private static readonly Fault Trouble = new Fault.Refusal(new AwsException("InternalError", "Try again.", 500));

    [Fact]
    public async Task A_mail_is_plain_text_of_several_lines_with_a_subject_of_its_own_and_SNSs_id_is_in_the_ledger()
    {
        await using var world = await NotifyWorld.CreateAsync(kind: ChannelKind.Email);
        await world.SpendAsync(SpendState.Critical);
        await world.NotifyAsync();

        var mail = Assert.Single(world.World.Cloud.Sns.Published);
        Assert.Equal($"Critical: team-a of {Alpha}", mail.Subject);
        Assert.StartsWith($"Critical: team-a of {Alpha}\n\nteam-a ", mail.Body, StringComparison.Ordinal);
        Assert.Contains("\nSpent: 1,250 USD (125.0 %)\n", mail.Body, StringComparison.Ordinal);
        var told = Assert.Single(await world.Ledger.ToldAsync(Alpha, CancellationToken.None), entry => entry.Channel == "finops");
        Assert.Equal((mail.MessageId, null), (told.MessageId, told.Undelivered));
    }

    [Fact]
    public async Task A_topic_in_trouble_holds_up_no_other_channel_and_gets_the_message_when_it_is_well()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 1, kind: ChannelKind.Email);
        await world.SpendAsync(SpendState.Critical);
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "Publish" ? Trouble : null);
        // Lambda's three tries of the event: each says that it failed, and none takes another place of the hour.
        for (var attempt = 0; attempt < 3; attempt++) await Assert.ThrowsAsync<AwsFaultException>(() => world.NotifyAsync());
        Assert.Equal([$"pager Opened Critical {Alpha}"], world.Told);
        var waiting = Assert.Single((await world.Ledger.ReadAsync(Alpha, CancellationToken.None)).Pending);
        Assert.Equal((3, "sns:Publish answered InternalError: Try again."), (waiting.Failed, waiting.Why));

        world.World.Cloud.Faults.Reset();
        await world.SweepAsync();
        await world.SweepAsync();

        Assert.Equal([$"pager Opened Critical {Alpha}", $"finops Opened Critical {Alpha}"], world.Told);
        Assert.Empty((await world.Ledger.ReadAsync(Alpha, CancellationToken.None)).Pending);
        Assert.Empty(world.Undelivered);
    }

    [Fact]
    public async Task A_round_goes_on_past_a_topic_in_trouble()
    {
        await using var world = await NotifyWorld.CreateAsync(kind: ChannelKind.Email);
        await world.SpendAsync(SpendState.Critical);
        await world.SpendAsync(SpendState.Critical, World.Beta);
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "Publish" ? Trouble : null);

        Assert.Equal(0, await world.SweepAsync());

        Assert.Equal([$"pager Opened Critical {Alpha}", $"pager Opened Critical {World.Beta}"], world.Told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("NotFound", 404)]
    [InlineData("AuthorizationError", 403)]
    [InlineData("KMSAccessDenied", 400)]
    [InlineData("InvalidParameter", 400)]
    public async Task What_a_topic_refuses_lies_in_the_queue_with_the_reason_and_is_not_told_again(string code, int status)
    {
        await using var world = await NotifyWorld.CreateAsync(kind: ChannelKind.Email);
        await world.SpendAsync(SpendState.Over);
        world.World.Cloud.Faults.OnCalls(
            call => call.Operation == "Publish" ? new Fault.Refusal(new AwsException(code, "of a@example.com", status)) : null);
        await world.NotifyAsync();
        await world.SweepAsync();

        var parked = Assert.Single(world.Undelivered);
        string Attribute(string name) => parked.Attributes[name]!["StringValue"]!.ToString();
        Assert.Equal(
            ("finops", code, "of (address)", "0"),
            (Attribute("CHANNEL"), Attribute("ERROR_CODE"), Attribute("ERROR_MESSAGE"), Attribute("RETRY_ATTEMPTS")));
        Assert.Equal($"arn:aws:sns:us-east-1:{World.Management}:BudgetSync-Channel-finops", Attribute("TARGET_ARN"));
        var told = Assert.Single(await world.Ledger.ToldAsync(Alpha, CancellationToken.None));
        Assert.Equal((null, $"sns:Publish answered {code}: of (address)"), (told.MessageId, told.Undelivered));
    }

    [Fact]
    public async Task A_topic_is_tried_each_hour_for_a_day_and_then_the_message_lies_in_the_queue()
    {
        await using var world = await NotifyWorld.CreateAsync(kind: ChannelKind.Email);
        await world.SpendAsync(SpendState.Over);
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "Publish" ? Trouble : null);
        for (var hour = 0; hour < 24; hour++)
        {
            await world.SweepAsync();
            Assert.Empty(world.Undelivered);
            world.World.Clock.Advance(TimeSpan.FromHours(1));
        }

        for (var hour = 0; hour < 5; hour++) await world.SweepAsync();

        Assert.Equal("24", Assert.Single(world.Undelivered).Attributes["RETRY_ATTEMPTS"]!["StringValue"]!.ToString());
        Assert.Empty((await world.Ledger.ReadAsync(Alpha, CancellationToken.None)).Pending);
    }

    [Fact]
    public async Task What_neither_topic_nor_queue_takes_stays_in_the_ledger()
    {
        await using var world = await NotifyWorld.CreateAsync(kind: ChannelKind.Email);
        await world.SpendAsync(SpendState.Over);
        world.World.Cloud.Faults.OnCalls(call => call.Operation is "Publish" or "SendMessage"
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "no", 403))
            : null);
        await Assert.ThrowsAsync<AwsFaultException>(() => world.NotifyAsync());
        world.World.Cloud.Faults.Reset();
        await world.NotifyAsync();

        Assert.Equal([$"finops Opened Over {Alpha}"], world.Told);
    }

    [Fact]
    public async Task A_sum_that_its_topic_did_not_take_is_told_with_the_next_round_and_exact()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 2, kind: ChannelKind.Email);
        foreach (var number in Enumerable.Range(1, 9)) await world.SpendAsync(SpendState.Over, $"{number:000000000000}");
        // The topic is in trouble for the whole hour: two have its places, and the others are counted.
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "Publish" ? Trouble : null);
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
        Assert.Empty(world.Told);

        world.World.Cloud.Faults.Reset();
        await world.SweepAsync();
        await world.SweepAsync();

        Assert.Equal(2, world.Told.Count(line => line.StartsWith("finops Opened Over 0", StringComparison.Ordinal)));
        Assert.Equal("finops Opened and 7 more", world.Told[^1]);
        Assert.Equal(3, world.Told.Count);
    }
}
