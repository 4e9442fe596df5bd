using System.Text.Json.Nodes;
using Amazon.EventBridge.Model;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What holds responses back in a deployed organization: many at once, a snooze, and events that somebody has made up.</summary>
public sealed class ResponseBrakeTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Armed = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string Jane = "arn:aws:iam::999999999999:user/jane";

    [Fact]
    public async Task Twelve_accounts_over_their_limit_at_once_by_a_default_row_are_not_restricted_until_a_person_says_so_and_one_message_tells()
    {
        await using var organization = new DeployedOrganization(Templates.WithResponses);
        var accounts = await OverTheirLimitAsync(organization, 12);
        await organization.PassAsync(TimeSpan.FromHours(5));

        foreach (var account in accounts) Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, account));
        Assert.Equal(
            "Mass brake",
            Assert.Single(ResponseTests.Messages(organization), text => text.Contains("12 restrictions would begin", StringComparison.Ordinal))
                .Split('\n')[0]
                .Split(": ")[0]);

        using (var clients = organization.As(DeployedOrganization.Management))
        {
            var status = new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest);
            foreach (var account in accounts)
            {
                var id = Assert.Single((await status.ReadAsync(account, CancellationToken.None))!.Restrictions).Id; // It has one: it is planned.
                // As above.
                await status.StepAsync(account, row => StatusChange.Released(row!, id, Jane, organization.Clock.GetUtcNow()), CancellationToken.None);
            }
        }

        await organization.PassAsync(TimeSpan.FromMinutes(30));
        foreach (var account in accounts) Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, account));
    }

    /// <summary>Between the round's own read of it and the first account of which something begins.</summary>
    [Fact]
    public async Task A_kill_switch_thrown_in_the_middle_of_a_round_keeps_all_from_beginning_in_it()
    {
        await using var organization = new DeployedOrganization(Templates.WithResponses);
        var accounts = await OverTheirLimitAsync(organization, 9);
        await organization.PassAsync(TimeSpan.FromMinutes(5));
        var (reads, thrown) = (0, false);
        organization.Cloud.Faults.OnCalls(call =>
        {
            if (!call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Respond", StringComparison.Ordinal)) return null;
            if (call.Operation == "Scan") reads = 0;
            if (call.Operation != "GetParameter" || Interlocked.Increment(ref reads) != 2 || thrown) return null;
            thrown = true;
            organization.CallAsync(organization.Cloud.Ssm, DeployedOrganization.Management, "PutParameter", Off()).GetAwaiter().GetResult();
            return null;
        });

        await organization.PassAsync(TimeSpan.FromHours(3));

        Assert.True(thrown);
        foreach (var account in accounts) Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, account));

        static JsonObject Off() => new() { ["Name"] = "/BudgetSync/Armed", ["Type"] = "String", ["Overwrite"] = true, ["Value"] = "false" };
    }

    /// <summary>Whose status AWS refuses to write: too large, for one, by what its owner has reported.</summary>
    [Fact]
    public async Task One_account_in_trouble_keeps_no_other_from_being_decided()
    {
        await using var organization = new DeployedOrganization(Templates.WithResponses);
        var accounts = await OverTheirLimitAsync(organization, 4);
        organization.Cloud.Faults.OnCalls(call => call.Operation == "PutItem"
            && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Respond", StringComparison.Ordinal)
            && call.Input.ToJsonString().Contains(accounts[1], StringComparison.Ordinal)
                ? new Fault.Refusal(new AwsException("ValidationException", "Item size has exceeded the maximum allowed size"))
                : null);

        await organization.PassAsync(TimeSpan.FromHours(5));

        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, accounts[1]));
        foreach (var account in accounts.Where(account => account != accounts[1]))
            Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, account));
    }

    [Fact]
    public async Task A_snooze_lifts_what_is_in_force_and_keeps_what_is_below_Critical_quiet()
    {
        await using var organization = await ResponseTests.DeployedAsync(Armed, ",\"Notify\":\"operations\"");
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 105);
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Contains(ResponseTests.Messages(organization), text => text.StartsWith("Over: ", StringComparison.Ordinal));

        const string snooze = "\"Snooze\":{\"Until\":\"2026-03-20\",\"Why\":\"load test\"}";
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Responses":{{Armed}},"Notify":"operations",{{snooze}}}""");
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Contains(ResponseTests.Messages(organization), text => text.StartsWith("Snoozed through 2026-03-20: Over", StringComparison.Ordinal));
        await organization.PassAsync(TimeSpan.FromDays(3));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
    }

    [Theory]
    [InlineData("BudgetSync Spend State Changed", """{"accountId":"111111111111","after":"Shutdown","actual":99999,"limit":1}""")]
    [InlineData("BudgetSync Restriction Changed", """{"accountId":"111111111111","restriction":"r-0123456789ab","before":"Planned","after":"InForce"}""")]
    public async Task An_event_that_somebody_made_up_restricts_nothing_and_lifts_nothing(string kind, string detail)
    {
        await using var organization = await ResponseTests.DeployedAsync(Armed);
        await SayAsync(organization, kind, detail);
        await organization.PassAsync(TimeSpan.FromHours(3));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));

        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(2));
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        await SayAsync(
            organization,
            kind,
            detail.Replace("Shutdown", "Unused", StringComparison.Ordinal).Replace("InForce", "Lifted", StringComparison.Ordinal));
        await organization.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal([id], await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
    }

    /// <summary>Deploys with so many spokes that a default row restricts in earnest, all of them over their limit.</summary>
    private static async Task<IReadOnlyList<string>> OverTheirLimitAsync(DeployedOrganization organization, int count)
    {
        RestrictingSpoke.Register(organization);
        List<string> accounts = [Spoke, .. Enumerable.Range(0, count - 1).Select(number => $"{222_200_000_000 + number}")];
        foreach (var account in accounts.Skip(1)) organization.Cloud.Organizations.AddAccount(account, $"member-{account}", organization.Members);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"default","BudgetValue":100,"Responses":{{Armed}}}""");
        await organization.PassAsync(TimeSpan.FromHours(2));
        foreach (var account in accounts) organization.Cloud.Budgets.SetSpend(account, "SpokeAccountBudget", 130);
        return accounts;
    }

    private static async Task SayAsync(DeployedOrganization organization, string kind, string detail)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        await clients.Events.PutEventsAsync(new PutEventsRequest
        {
            Entries = [new PutEventsRequestEntry { EventBusName = "BudgetSync", Source = "budgetsync", DetailType = kind, Detail = detail }],
        });
        await organization.SettleAsync();
    }
}
