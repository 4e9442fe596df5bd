using System.Text.Json.Nodes;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Alerts in a deployed organization, from AWS Budgets to the providers of its channels, under the templates' own permissions.</summary>
public sealed class ChannelTests
{
    [Fact]
    public async Task Spending_that_turns_Critical_is_at_every_provider_within_seconds_in_a_shape_that_it_takes()
    {
        await using var world = await ProviderWorld.DeployedAsync();
        var before = world.Organization.Clock.GetUtcNow();
        world.Organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 130);
        await world.Organization.SettleAsync();

        Assert.InRange(world.Organization.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var slack = Assert.Single(world.Of(ProviderWorld.Slack));
        Assert.Empty(ProviderWorld.Problems(slack));
        Assert.Equal(("/api/chat.postMessage", "C0123456789"), (slack.Path, slack.Json.Text("channel")));
        Assert.StartsWith($"Critical: {ProviderWorld.Budget} of {ProviderWorld.Spoke}", slack.Json.Text("text"), StringComparison.Ordinal);
        foreach (var host in new[] { ProviderWorld.Teams, ProviderWorld.PagerDuty, ProviderWorld.ServiceNow })
            Assert.Empty(ProviderWorld.Problems(Assert.Single(world.Of(host))));
        Assert.Empty(Undelivered(world));
        // Each rule's role did what it may, on its own destination, and nothing else.
        var called = world.Organization.Cloud.Iam.Exercised.Where(done => done.Action == "events:InvokeApiDestination").ToList();
        Assert.Equal(4, called.Select(done => done.RoleArn).Distinct().Count());
        Assert.Equal(4, called.Select(done => done.Resource).Distinct().Count());
        var mail = Assert.Single(world.Organization.Cloud.Sns.Published, one => one.TopicArn.EndsWith(":BudgetSync-Channel-mail", StringComparison.Ordinal));
        Assert.Equal($"Critical: {ProviderWorld.Budget} of {ProviderWorld.Spoke}", mail.Subject);
        Assert.StartsWith(mail.Subject + "\n\n", mail.Body, StringComparison.Ordinal);
    }

    /// <summary>
    /// By the cloud's clock, on which every wait counts and calls take no time, and by the machine's, on which they take what they take; of three accounts the
    /// fastest, because others use the machine too.
    /// </summary>
    [Fact]
    public async Task An_alert_of_one_of_a_thousand_accounts_is_at_its_provider_within_five_seconds()
    {
        var others = Enumerable.Range(1, 999).Select(number => $"{222_222_220_000 + number}").ToList();
        await using var world = await ProviderWorld.DeployedAsync(others: others);
        var organization = world.Organization;
        foreach (var account in new[] { ProviderWorld.Spoke, others[0], others[^1] })
            Assert.Equal([ProviderWorld.Budget], await organization.BudgetNamesAsync(account));
        var fastest = TimeSpan.MaxValue;
        foreach (var account in new[] { others[0], others[500], others[^1] })
        {
            var (came, before, began) = (world.Of(ProviderWorld.Slack).Count, organization.Clock.GetUtcNow(), System.Diagnostics.Stopwatch.GetTimestamp());
            organization.Cloud.Budgets.SetSpend(account, ProviderWorld.Budget, 130);
            await organization.SettleAsync();

            var message = Assert.Single(world.Of(ProviderWorld.Slack).Skip(came));
            Assert.Contains(account, message.Json.Text("text"), StringComparison.Ordinal);
            Assert.InRange(organization.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            var took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            if (took < fastest) fastest = took;
        }

        Assert.InRange(fastest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_was_opened_at_a_provider_is_resolved_there_with_the_same_key()
    {
        await using var world = await ProviderWorld.DeployedAsync();
        world.Organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 130);
        await world.Organization.SettleAsync();
        await world.Organization.PutRowAsync($$"""{"AccountId":"{{ProviderWorld.Spoke}}","BudgetValue":1000}""");
        await world.Organization.PassAsync(TimeSpan.FromDays(2));

        var pager = world.Of(ProviderWorld.PagerDuty).Select(request => request.Json).ToList();
        Assert.Equal(["trigger", "resolve"], pager.Select(body => body.Text("event_action")));
        Assert.Single(pager.Select(body => body.Text("dedup_key")).Distinct());
        var tickets = world.Of(ProviderWorld.ServiceNow).Select(request => request.Json).ToList();
        Assert.Equal([null, "6"], tickets.Select(body => body.Text("state")));
        Assert.Single(tickets.Select(body => body.Text("correlation_id")).Distinct());
        Assert.Equal(["Critical", "Resolved"], world.Of(ProviderWorld.Slack).Select(request => request.Json.Text("text")!.Split(':')[0]));
        Assert.Empty(Undelivered(world));
    }

    [Fact]
    public async Task A_provider_in_trouble_gets_the_message_when_it_is_well_again_and_one_that_refuses_leaves_it_in_the_queue()
    {
        var troubles = 3;
        await using var world = await ProviderWorld.DeployedAsync(request => request.Host switch
        {
            ProviderWorld.Slack when troubles-- > 0 => new ProviderAnswer(503, RetryAfter: "20"),
            ProviderWorld.PagerDuty => new ProviderAnswer(400, "invalid"),
            _ => null,
        });
        world.Organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 130);
        await world.Organization.SettleAsync();

        Assert.Equal(4, world.Of(ProviderWorld.Slack).Count);
        Assert.Single(world.Of(ProviderWorld.PagerDuty));
        var left = Assert.Single(Undelivered(world));
        Assert.EndsWith(":rule/BudgetSync/BudgetSync-Alerts-pager", left.Attributes["RULE_ARN"]!["StringValue"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("the HTTP status 400", left.Attributes["ERROR_MESSAGE"]!["StringValue"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_the_provider_refuses_stops_its_channel_and_leaves_the_message_in_the_queue()
    {
        await using var world = await ProviderWorld.DeployedAsync(request => request.Host == ProviderWorld.ServiceNow ? new ProviderAnswer(401) : null);
        world.Organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 130);
        await world.Organization.SettleAsync();

        // A day of attempts, and one request: EventBridge has de-authorized the connection.
        Assert.Single(world.Of(ProviderWorld.ServiceNow));
        Assert.Single(Undelivered(world));
        var state = await world.Organization.CallAsync(
            world.Organization.Cloud.EventBridge,
            DeployedOrganization.Management,
            "DescribeConnection",
            new JsonObject { ["Name"] = "BudgetSync-Channel-tickets" });
        Assert.Equal("DEAUTHORIZED", state["ConnectionState"]!.ToString());
    }

    private static IReadOnlyList<LocalAws.Sqs.Message> Undelivered(ProviderWorld world) =>
        world.Organization.Cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{DeployedOrganization.Management}:BudgetSync-Alerts-DeadLetters");
}
