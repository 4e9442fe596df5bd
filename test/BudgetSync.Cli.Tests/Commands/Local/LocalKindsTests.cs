using System.Net;
using System.Text.RegularExpressions;
using BudgetSync.Cli.Stack;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary><c>local --channels</c> has a channel of every kind, and its page shows what each got as its reader sees it.</summary>
public sealed class LocalKindsTests
{
    // By sender: what stands below the title, of the account of the example that is over its limit.
    private static readonly (ChannelKind Kind, string Sender, string Shown)[] Kinds =
    [
        (ChannelKind.Slack, "Slack", "<p>Spent: "),
        (ChannelKind.SlackWebhook, "Slack webhook", "<p>Spent: "),
        (ChannelKind.Teams, "Teams", "<p>Spent"),
        (ChannelKind.PagerDuty, "PagerDuty", "<p>trigger, critical"),
        (ChannelKind.ServiceNow, "ServiceNow", "<p>urgency: 1"),
        (ChannelKind.Jira, "Jira", "<p>FINOPS, Task; labels: budgetsync"),
        (ChannelKind.Webhook, "CloudEvent to events.example.com", "<p>type: budgetsync.alert."),
        (ChannelKind.Email, "e-mail of topic BudgetSync-Channel-mail", "<p>Spent: "),
        (ChannelKind.Sms, "SMS of topic BudgetSync-Channel-phone", "of 160 characters: 1 part"),
        (ChannelKind.Chat, "Amazon Q of topic BudgetSync-Channel-chat", "<p>Spent: "),
    ];

    [Fact]
    public async Task Each_kind_gets_the_alert_takes_it_and_shows_it_as_its_reader_sees_it()
    {
        using var rows = new RowsOnDisk("AccountId,BudgetValue\n" + string.Concat(Enumerable.Range(1, 5).Select(n => $"22222222220{n},300\n")), "rows.csv");
        var start = new VirtualClock(new DateTimeOffset(2026, 5, 20, 10, 30, 0, TimeSpan.Zero));

        var run = await Tool.RunAsync(
            terminal => terminal with { Time = start }, "local", "--time-lapse", "--channels", "--days", "22", "--rows", rows.Path, "--inbox", rows.Missing);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(Enum.GetValues<ChannelKind>(), Kinds.Select(kind => kind.Kind));
        var articles = Regex.Split(await File.ReadAllTextAsync(rows.Missing), "<article");
        Assert.DoesNotContain(articles, article => article.StartsWith(" class=bad", StringComparison.Ordinal));
        foreach (var (_, sender, shown) in Kinds)
        {
            var own = articles.Where(article => article.Contains($"<p class=from>{WebUtility.HtmlEncode(sender)} ·", StringComparison.Ordinal)).ToList();
            Assert.True(own.Any(article => article.Contains(shown, StringComparison.Ordinal)), $"{sender}: {string.Join('\n', own)}");
        }
    }

    [Fact]
    public async Task Every_subscription_of_a_channel_is_confirmed()
    {
        using var inbox = new MessageInbox(TimeProvider.System);
        await using var cloud = new LocalCloud(new LocalCloudOptions { Outside = inbox, ManagementAccountId = LocalOrganization.ManagementAccount.Value });
        var defaults = new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", LocalOrganization.ManagementAccount);
        await using var organization = await LocalOrganization.CreateAsync(
            cloud, defaults, [], [], LocalOrganization.UseCodeInProcess, LocalFeature.Channels);

        var subscriptions = cloud.Sns.Subscriptions.Where(one => one.TopicArn.Contains(":BudgetSync-Channel-", StringComparison.Ordinal)).ToList();

        Assert.All(subscriptions, one => Assert.True(one.Confirmed, one.Endpoint));
        Assert.Equal(
            ["email finops@example.com", $"https {InboxMessages.ChatEndpoint}", "sms +15550100123"],
            subscriptions.Select(one => $"{one.Protocol} {one.Endpoint}").Order(StringComparer.Ordinal));
    }
}
