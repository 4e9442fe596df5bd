namespace BudgetSync.Cli.Tests.Commands.Channels;

/// <summary>What <c>budgetsync channels</c> tells of channels that stand on LocalAws, and what their providers get.</summary>
public sealed class ChannelsTests
{
    // Found by a newcomer: two endpoints that were cut looked alike.
    [Fact]
    public async Task On_a_narrow_screen_no_address_is_cut_and_who_hears_a_topic_is_one_line()
    {
        await using var world = await ChannelWorld.CreateAsync();

        var list = await Tool.RunAsync(terminal => terminal with { Environment = world.Environment, Width = 80 }, "channels", "list");
        var test = await Tool.RunAsync(terminal => terminal with { Environment = world.Environment, Width = 80 }, "channels", "test", "--yes");

        Assert.DoesNotContain('…', list.Out);
        Assert.Contains("1 confirmed", list.Out, StringComparison.Ordinal);
        Assert.Contains("example.service-now.com/api/now/table/incident", Joined(list.Out, "tickets"), StringComparison.Ordinal);
        ViewTests.Fits("channels list", list, 80);
        ViewTests.Fits("channels test", test, 80);

        // The cells of a channel's column, which go on below themselves.
        static string Joined(string screen, string channel)
        {
            var lines = screen.Split('\n');
            var at = lines[0].IndexOf("GOES TO", StringComparison.Ordinal);
            return string.Concat(lines.SkipWhile(line => !line.StartsWith(channel, StringComparison.Ordinal))
                .TakeWhile((line, number) => number == 0 || line.StartsWith(' '))
                .Select(line => line[at..].Split("  ")[0].Trim()));
        }
    }

    [Fact]
    public async Task A_test_is_one_message_that_says_so_with_the_secret_where_the_provider_reads_it()
    {
        await using var world = await ChannelWorld.CreateAsync();

        var run = await Tool.RunAsync(world.Environment, "channels", "test", "finops", "--yes");

        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        // Slack answers with the whole message (Slack developer docs, chat.postMessage), of which a screen shows the beginning.
        Assert.Matches("""^finops: the provider took it; HTTP 200: \{"ok":true,"channel":"C0123456789","ts":"[^\n]{100,}…\n$""", run.Out);
        var request = Assert.Single(world.Provider.Requests);
        Assert.Equal(("/api/chat.postMessage", $"Bearer {ChannelWorld.Secret}"), (request.Path, request.Headers["Authorization"]));
        Assert.Empty(ProviderRules.Slack(request.Json, webhook: false));
        Assert.Contains("This is a test of the channel finops", request.Json.Text("text")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_is_answered_no_ends_with_what_became_of_it()
    {
        await using var world = await ChannelWorld.CreateAsync();

        var run = await Tool.RunAsync(
            terminal => terminal with { Environment = world.Environment, Answers = true, In = new MemoryStream("n\n"u8.ToArray()) },
            CancellationToken.None,
            "channels", "test", "finops");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.EndsWith("[y/N] Nothing was done.\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.Provider.Requests);
    }

    [Fact]
    public async Task Each_channel_gets_one_message_and_what_PagerDuty_opened_is_closed_again()
    {
        await using var world = await ChannelWorld.CreateAsync();

        var run = await Tool.RunAsync(world.Environment, "channels", "test", "--yes");

        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        var pager = world.Provider.Requests.Where(request => request.Path == "/v2/enqueue").Select(request => request.Json).ToList();
        Assert.Equal(["trigger", "resolve"], pager.Select(body => body.Text("event_action")));
        Assert.All(pager, body => Assert.Equal(ChannelWorld.Secret, body.Text("routing_key")));
        Assert.Single(pager.Select(body => body.Text("dedup_key")).Distinct());
        var ticket = Assert.Single(world.Provider.Requests, request => request.Path == "/api/now/table/incident");
        Assert.Empty(ProviderRules.ServiceNow(ticket.Json));
        Assert.Single(world.Provider.Requests, request => request.Path == $"/flow?v=1&sig={ChannelWorld.Secret}");
        Assert.DoesNotContain(world.Cloud.Calls.Calls, call => call.Call.Operation == "PutEvents");
        var mail = world.Cloud.Sns.Published;
        Assert.Equal(["BudgetSync-Channel-mail", "BudgetSync-Operations"], mail.Select(message => message.TopicArn.Split(':')[^1]));
        Assert.StartsWith("Test\n\nThis is a test of the channel mail", mail[0].Body, StringComparison.Ordinal);
        Assert.Contains(
            $"mail: SNS took it; for the topic BudgetSync-Channel-mail (message {mail[0].MessageId}); its subscriptions: 1 confirmed.",
            run.Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain(ChannelWorld.Secret, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        200,
        """{"ok":false,"error":"not_in_channel"}""",
        "the error not_in_channel, which EventBridge takes for success. Write the id of a conversation")]
    [InlineData(200, "no json", "with the error unknown")]
    [InlineData(200, """{"ok":"true"}""", "with the error unknown")]
    [InlineData(200, """{"ok":false,"error":{"code":1}}""", "with the error unknown")]
    [InlineData(200, """{"ok":false,"error":"no planted-9a3b"}""", "with the error no …, which")]
    [InlineData(401, "no", "HTTP 401: no. The secret is not accepted")]
    [InlineData(401, "no.", "HTTP 401: no. The secret is not accepted")]
    [InlineData(404, "", "HTTP 404. The address is gone or wrong")]
    [InlineData(503, "busy", "HTTP 503: busy. The provider is in trouble")]
    public async Task What_the_provider_refuses_is_told_with_what_to_do(int status, string body, string told)
    {
        await using var world = await ChannelWorld.CreateAsync(_ => new ProviderAnswer(status, body));

        var run = await Tool.RunAsync(world.Environment, "channels", "test", "finops", "--yes");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.StartsWith("finops: failed; ", run.Out, StringComparison.Ordinal);
        Assert.Contains(told, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_repeats_the_secret_does_not_bring_it_to_the_screen()
    {
        await using var world = await ChannelWorld.CreateAsync(request => new ProviderAnswer(403, $"{request.Headers["Authorization"]} may not"));

        var run = await Tool.RunAsync(world.Environment, "channels", "test", "finops", "--yes");

        Assert.Contains("HTTP 403: Bearer … may not", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(ChannelWorld.Secret, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_without_its_key_or_none_at_all_is_told_by_name_and_nothing_is_sent()
    {
        await using var world = await ChannelWorld.CreateAsync();
        world.Cloud.Secrets.PutSecret(ChannelWorld.Account, "slack", """{"Token":"x"}""");
        var list = """[{"name":"finops","kind":"Slack","perHour":20,"conversation":"C0123456789","endpoint":"https://slack.com/api","secret":"none"}]""";

        var keyless = await Tool.RunAsync(world.Environment, "channels", "test", "finops", "--yes");
        await world.ParameterAsync("/BudgetSync/Channels", list);
        var missing = await Tool.RunAsync(world.Environment, "channels", "test", "finops", "--yes");

        Assert.Contains("the secret slack has no token", keyless.Out, StringComparison.Ordinal);
        Assert.Contains("finops: failed; the secret none cannot be read", missing.Out, StringComparison.Ordinal);
        Assert.Empty(world.Provider.Requests);
    }

    [Fact]
    public async Task A_message_that_arrives_with_a_secret_that_EventBridge_does_not_have_yet_is_no_success()
    {
        await using var world = await ChannelWorld.CreateAsync();
        await world.DisconnectAsync("pager");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Cloud.Secrets.PutSecret(ChannelWorld.Account, "slack", $$"""{"token":"{{ChannelWorld.Secret}}-2"}""");

        var newer = await Tool.RunAsync(world.Environment, "channels", "test", "finops", "--yes");
        var gone = await Tool.RunAsync(world.Environment, "channels", "test", "pager", "--yes");

        Assert.Contains("… But the secret is newer than EventBridge's connection", newer.Out, StringComparison.Ordinal);
        Assert.Contains("{}. But EventBridge sends nothing there: it has no connection BudgetSync-Channel-pager", gone.Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\.\.|…\.", newer.Out + gone.Out);
        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (newer.ExitCode, gone.ExitCode));
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_channel_that_is_none_or_before_a_person_has_agreed()
    {
        await using var world = await ChannelWorld.CreateAsync();

        var unknown = await Tool.RunAsync(world.Environment, "channels", "test", "finop", "--yes");
        var unasked = await Tool.RunAsync(world.Environment, "channels", "test", "tickets");

        Assert.Equal(ExitCode.Usage, unknown.ExitCode);
        Assert.Contains(
            "\"finop\" is no channel of this deployment; write one of finops, pager, tickets, teams, mail, operations",
            unknown.Error,
            StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, unasked.ExitCode);
        Assert.Contains("there is no one to ask here", unasked.Error, StringComparison.Ordinal);
        Assert.Empty(world.Provider.Requests);
    }
}
