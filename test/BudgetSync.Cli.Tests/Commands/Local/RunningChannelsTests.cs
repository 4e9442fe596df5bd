using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>What a <c>budgetsync local --channels</c> that stays up shows: its inbox, and which budgets nobody hears.</summary>
public sealed class RunningChannelsTests
{
    private const string Loud = "222222222201";
    private const string Mute = "222222222202";

    private const string Rows = $$"""
        [{ "AccountId": "{{Loud}}", "BudgetValue": 1000, "Notify": "finops" },
         { "AccountId": "{{Mute}}", "BudgetValue": 7, "Thresholds": [], "Notify": [] }]
        """;

    [Fact]
    public async Task The_inbox_is_a_page_on_the_same_port_and_status_names_the_budget_that_nobody_hears()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--channels", "--rows", file.Path);
        using var client = new HttpClient();
        var inbox = new Uri(new Uri(local.Endpoint), "_local/inbox");
        Assert.DoesNotContain("Shutdown: SpokeAccountBudget", await client.GetStringAsync(inbox), StringComparison.Ordinal);

        local.Cloud.Budgets.SetSpend(Loud, "SpokeAccountBudget", 2000);
        await local.UntilSaidAsync("Shutdown: SpokeAccountBudget");
        var answer = await client.GetAsync(inbox);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Shutdown: SpokeAccountBudget", page, StringComparison.Ordinal);
        Assert.Contains("Slack", page, StringComparison.Ordinal);

        var environment = local.EnvironmentOf(RunningLocal.Management);
        var status = await Tool.RunAsync(environment, "status");
        var json = JsonNode.Parse((await Tool.RunAsync(environment, "status", "--json")).Out)!;
        Assert.Contains($"No recipient and no channel: {Mute} SpokeAccountBudget.", status.Out + status.Error, StringComparison.Ordinal);
        var unheard = Assert.Single(json["summary"]!["withoutRecipient"]!.AsArray())!;
        Assert.Equal((Mute, "SpokeAccountBudget"), ((string?)unheard["accountId"], (string?)unheard["budget"]));
    }

    /// <summary>Each kind, and ServiceNow with OAuth, with what stands for its provider on this machine.</summary>
    [Fact]
    public async Task Every_channel_is_authorized_and_takes_a_test_that_the_inbox_shows()
    {
        await using var local = await RunningLocal.StartAsync("--channels");
        var environment = local.EnvironmentOf(RunningLocal.Management);

        var list = await Tool.RunAsync(environment, "channels", "list");
        var test = await Tool.RunAsync(environment, "channels", "test", "--yes");

        Assert.Matches(@"(?m)^desk +ServiceNow +example.service-now.com/api/now/import/u_budget_alert .* AUTHORIZED$", list.Out);
        Assert.DoesNotMatch("(?m) (DEAUTHORIZED|AUTHORIZING|MISSING)$", list.Out);
        Assert.Contains("desk: the provider took it; HTTP 201", test.Out, StringComparison.Ordinal);
        // The operations topic has no subscriber but whom a deployment names.
        var failed = test.Out.Split('\n').Where(line => line.Contains(": failed; ", StringComparison.Ordinal));
        Assert.StartsWith("operations: failed; ", Assert.Single(failed), StringComparison.Ordinal);
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri(new Uri(local.Endpoint), "_local/inbox"));
        Assert.Contains("This is a test of the channel desk", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<article class=bad>", page, StringComparison.Ordinal);
    }
}
