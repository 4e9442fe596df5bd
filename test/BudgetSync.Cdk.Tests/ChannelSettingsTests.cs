using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Cdk.Channels;
using BudgetSync.Core.Alerts;
using ChannelKind = BudgetSync.Cdk.Channels.ChannelKind;

namespace BudgetSync.Cdk.Tests;

public sealed class ChannelSettingsTests
{
    /// <summary>One of each kind, as a deployment writes them.</summary>
    public const string OneOfEach = """
        [
          { "name": "finops", "kind": "Slack", "conversation": "C0123456789", "secret": "budgetsync/slack", "perHour": 40 },
          { "name": "hook", "kind": "SlackWebhook", "secret": "arn:aws:secretsmanager:us-east-1:111122223333:secret:slack-AbCdEf" },
          { "name": "teams", "kind": "Teams", "secret": "t",
            "endpoint": "https://prod-1.logic.azure.com/workflows/1/triggers/manual/paths/invoke?api-version=1" },
          { "name": "pager", "kind": "PagerDuty", "secret": "budgetsync/pager" },
          { "name": "itsm", "kind": "ServiceNow", "endpoint": "https://acme.service-now.com/api/now/table/incident", "secret": "itsm" },
          { "name": "itsm2", "kind": "ServiceNow", "endpoint": "https://a.service-now.com/api/now/table/incident", "secret": "itsm",
            "tokenEndpoint": "https://a.service-now.com/oauth_token.do" },
          { "name": "jira", "kind": "Jira", "endpoint": "https://acme.atlassian.net/rest/api/3/issue", "secret": "jira",
            "project": "FINOPS", "issueType": "Bug" },
          { "name": "web", "kind": "Webhook", "endpoint": "https://alerts.example.com/budgets", "secret": "web" },
          { "name": "mail", "kind": "Email", "addresses": ["finops@example.com", "cto@example.com"] },
          { "name": "sms", "kind": "Sms", "numbers": ["+4915112345678"] },
          { "name": "chat", "kind": "Chat", "digest": "Weekly" }
        ]
        """;

    [Fact]
    public void Alerts_are_off_where_the_setting_is_absent_and_on_without_a_channel_where_it_is_an_empty_list()
    {
        Assert.Null(Read(null).Channels);
        Assert.Empty(Read("[]").Channels!.Value);
    }

    /// <summary>The stack and the functions are built apart, and each has its own list of kinds.</summary>
    [Fact]
    public void The_functions_read_what_the_stack_tells_them_of_a_channel_of_each_kind()
    {
        var told = Read(OneOfEach).Channels!.Value; // It is valid.

        var (known, problems) = ChannelSettings.Parse(new JsonArray([.. told.Select(channel => channel.ForFunctions())]).ToJsonString());

        Assert.Empty(problems);
        Assert.All(
            told,
            channel => Assert.Equal((channel.Kind.ToString(), channel.Digest), ($"{known[channel.Name].Kind}", known[channel.Name].Digest?.ToString())));
        Assert.Contains(told, channel => channel.Digest is not null);
        Assert.Equal(Enum.GetNames<ChannelKind>(), told.Select(channel => channel.Kind.ToString()).Distinct());
        Assert.Equal(Enum.GetNames<ChannelKind>(), Enum.GetNames<Core.Alerts.ChannelKind>());
    }

    /// <summary>Were they not, a test of a channel that is broken would pass, or that of one that works would fail.</summary>
    [Fact]
    public void The_keys_of_a_secret_are_the_same_in_the_stack_and_in_the_tool() => Assert.All(
        Enum.GetValues<ChannelKind>(),
        kind => Assert.Equal(ChannelNeeds.Of(kind).SecretKeys, ChannelSecret.KeysOf(Enum.Parse<Core.Alerts.ChannelKind>($"{kind}"))));

    [Fact]
    public void A_channel_of_each_kind_is_read()
    {
        var (channels, problems) = Read(OneOfEach);

        Assert.Empty(problems);
        Assert.Equal(Enum.GetValues<ChannelKind>(), channels!.Value.Select(channel => channel.Kind).Distinct().Order());
        Assert.Equal(("https://slack.com/api/chat.postMessage", 40), (channels.Value[0].Endpoint, channels.Value[0].PerHour));
        Assert.Equal(["finops@example.com", "cto@example.com"], channels.Value.Single(channel => channel.Name == "mail").Subscribers.AsEnumerable());
    }

    [Fact]
    public void A_file_and_the_lists_and_dictionaries_of_CDK_are_taken_as_well()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, OneOfEach);
            Assert.Equal(11, Read(path).Channels!.Value.Length);
        }
        finally
        {
            File.Delete(path);
        }

        object[] list =
        [
            new Dictionary<string, object> { ["name"] = "mail", ["kind"] = "Email", ["addresses"] = new object[] { "a@example.com" }, ["perHour"] = 5d },
        ];
        Assert.Equal(5, Assert.Single(Read(list).Channels!.Value).PerHour);
    }

    [Fact]
    public void Everything_that_is_wrong_with_all_channels_is_told_at_once()
    {
        var problems = Read(
            """
            [
              { "name": "fin ops", "kind": "Slack", "conversation": "#finops", "secret": "s", "perHour": 0, "perSecond": 301, "digest": "daily" },
              { "name": "Operations", "kind": "Slak" },
              { "name": "mail", "kind": "Email", "addresses": ["nobody"], "secret": "x" },
              { "name": "Mail", "kind": "Sms", "numbers": ["0151"] },
              { "kind": "Teams", "endpoint": "http://teams.example.com/?sig=abc" },
              { "name": "hook", "kind": "SlackWebhook", "endpoint": "https://hooks.slack.com/services/T/B/x", "secret": "x" },
              { "name": "w", "kind": "Webhook", "endpoint": "https://w.example.com/?token=abc", "secret": "w" },
              7
            ]
            """).Problems;

        Assert.Equal(
            [
                "channels[0].name: \"fin ops\" is not valid: a letter and then up to 31 letters, digits or -",
                "channels[0].conversation: \"#finops\" is not valid: write the conversation's id, for example C0123456789 (not its name)",
                "channels[0].perHour: 0 is no whole number from 1 to 1000",
                "channels[0].perSecond: 301 is no whole number from 1 to 300",
                "channels[0].digest: \"daily\" is not valid: write Daily or Weekly, or leave it away for none",
                "channels[1].name: \"Operations\" is the operations topic, which needs no setting; choose another name",
                "channels[1].kind: \"Slak\" is not one of Slack, SlackWebhook, Teams, PagerDuty, ServiceNow, Jira, Webhook, Email, Sms, Chat; write "
                    + "Slack",
                "channels[2].secret: a channel of kind Email has no such member; remove it, or choose from name, kind, perHour, addresses, digest",
                "channels[2].addresses: \"nobody\" is no e-mail address",
                "channels[3].numbers: \"0151\" is no number in E.164, +4915112345678",
                "channels[4].name: is missing; a letter and then up to 31 letters, digits or -",
                "channels[4].secret: is missing; a channel of kind Teams needs it: the name of a secret of Secrets Manager whose JSON has sig",
                "channels[4].endpoint: is no https URL without user and fragment; EventBridge calls no other",
                "channels[5].endpoint: a channel of kind SlackWebhook has no such member; remove it, or choose from name, kind, perHour, secret, "
                    + "secretVersion, perSecond, digest",
                "channels[6].endpoint: has a secret in its query (token); take it out of the URL and put it into the secret",
                "channels[7]: is no channel; write for example {\"name\": \"finops\", \"kind\": \"Slack\", …}",
                "channels: \"mail\" is the name of 2 channels; give each its own, in other letters than just other cases",
            ],
            problems.AsEnumerable());
    }

    [Fact]
    public void What_is_to_go_needs_no_other_value() => Assert.StartsWith(
        "channels[0].digest: a channel of kind Jira has no such member; ",
        Assert.Single(Read(
            """
            [{ "name": "i", "kind": "Jira", "endpoint": "https://example.atlassian.net/rest/api/3/issue",
              "project": "F1", "secret": "s", "digest": "weekly" }]
            """).Problems),
        StringComparison.Ordinal);

    /// <summary>An unset variable of a pipeline is no wish to take every channel away.</summary>
    [Fact]
    public void An_empty_list_is_written_as_one() => Assert.StartsWith("channels: is empty; ", Assert.Single(Read(" ").Problems), StringComparison.Ordinal);

    [Fact]
    public void A_secret_of_another_Region_is_told_beside_what_else_is_wrong()
    {
        const string Two = """
            [
              { "name": "a", "kind": "Teams", "endpoint": "https://example.logic.azure.com/a",
                "secret": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:t" },
              { "name": "b", "kind": "Chat", "perHour": 0 }
            ]
            """;

        var problems = SettingsReader.Read(key => key == "channels" ? Two : null).Problems;

        Assert.Equal(2, problems.Length);
        Assert.Contains(problems, problem => problem.Contains("eu-west-1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("xoxb-1234-5678-abcdefghijkl")]
    [InlineData("https://hooks.slack.com/services/T/B/x")]
    [InlineData("e93facc04764012d7bfb002500d5d1a6")]
    [InlineData("{{resolve:secretsmanager:x}}")]
    public void A_secret_that_is_written_where_its_name_belongs_is_refused_and_not_shown(string secret)
    {
        var problem = Assert.Single(Read($$"""[{ "name": "p", "kind": "PagerDuty", "secret": "{{secret}}" }]""").Problems);

        Assert.StartsWith("channels[0].secret: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_channel_with_a_secret_has_a_version_of_it_and_only_an_id_is_one()
    {
        var problems = Read("""
            [
              { "name": "a", "kind": "PagerDuty", "secret": "p", "secretVersion": "AWSCURRENT" },
              { "name": "b", "kind": "Chat", "secretVersion": "a1b2c3d4-0000-4000-8000-0000000000aa" }
            ]
            """).Problems;

        Assert.Equal(
            [
                "channels[0].secretVersion: \"AWSCURRENT\" is not valid: write the id of a version of the secret, 32 to 64 letters, digits and -",
                "channels[1].secretVersion: a channel of kind Chat has no such member; remove it, or choose from name, kind, perHour, digest",
            ],
            problems.AsEnumerable());
    }

    [Fact]
    public void More_than_the_parameter_for_tools_holds_is_refused()
    {
        var padding = new string('a', 1_500);
        var many = new JsonArray([.. Enumerable.Range(0, 3).Select(number => new JsonObject
        {
            ["name"] = $"web{number}", ["kind"] = "Webhook", ["endpoint"] = $"https://a.example.com/{padding}", ["secret"] = "w",
        })]);

        Assert.Contains("of the parameter /BudgetSync/Channels, which has 4096", Assert.Single(Read(many.ToJsonString()).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_differ_in_their_case_only_are_one_name() => Assert.Contains(
        "is the name of 2 channels",
        Assert.Single(Read("""[{ "name": "chat", "kind": "Chat" }, { "name": "Chat", "kind": "Chat" }]""").Problems),
        StringComparison.Ordinal);

    [Fact]
    public void More_channels_than_a_functions_environment_holds_are_refused()
    {
        var many = new JsonArray([.. Enumerable.Range(0, 80).Select(number => new JsonObject { ["name"] = $"channel-{number}", ["kind"] = "Chat" })]);

        Assert.Contains("80 channels take", Assert.Single(Read(many.ToJsonString()).Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("no-such-file.json")]
    public void What_is_no_list_is_refused_with_what_was_written(string written) =>
        Assert.StartsWith($"channels: \"{written}\" is ", Assert.Single(Read(written).Problems), StringComparison.Ordinal);

    private static (ImmutableArray<ChannelSetting>? Channels, ImmutableArray<string> Problems) Read(object? written) => ChannelsReader.Read(written);
}
