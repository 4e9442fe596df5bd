using System.Collections.Immutable;
using BudgetSync.Cdk.Channels;

namespace BudgetSync.Cdk.Tests;

/// <summary>Endpoints to which no message could ever be delivered are told at synth.</summary>
public sealed class ChannelEndpointTests
{
    private const string Inside = " is no address of the internet, and EventBridge calls from there; write a public name";

    private const string NoPath = " is no path of that provider's API; write https://acme.";

    [Theory]
    [InlineData("Jira", "https://acme.atlassian.net/", "/" + NoPath + "atlassian.net/rest/api/3/issue")]
    [InlineData("Jira", "https://acme.atlassian.net/rest/api/2/issue", "/rest/api/2/issue" + NoPath + "atlassian.net/rest/api/3/issue")]
    [InlineData("ServiceNow", "https://acme.service-now.com", "/" + NoPath + "service-now.com/api/now/table/incident")]
    [InlineData("Webhook", "https://localhost/x", "localhost" + Inside)]
    [InlineData("Webhook", "https://127.0.0.1/x", "127.0.0.1" + Inside)]
    [InlineData("Webhook", "https://10.1.2.3/x", "10.1.2.3" + Inside)]
    [InlineData("Webhook", "https://172.31.0.1/x", "172.31.0.1" + Inside)]
    [InlineData("Webhook", "https://169.254.169.254/x", "169.254.169.254" + Inside)]
    [InlineData("Webhook", "https://[fd00::1]/x", "[fd00::1]" + Inside)]
    public void An_endpoint_that_takes_no_message_is_refused(string kind, string endpoint, string problem) =>
        Assert.Equal($"channels[0].endpoint: {problem}", Assert.Single(Problems(kind, endpoint)));

    [Theory]
    [InlineData("Jira", "https://acme.atlassian.net/rest/api/3/issue")]
    [InlineData("ServiceNow", "https://acme.service-now.com/api/now/import/u_budget_alerts")]
    [InlineData("ServiceNow", "https://acme.service-now.com/api/x_acme/alerts")]
    [InlineData("Webhook", "https://172.32.0.1/x")]
    [InlineData("Webhook", "https://alerts.example.com/")]
    public void One_that_may_take_them_is_not(string kind, string endpoint) => Assert.Empty(Problems(kind, endpoint));

    [Fact]
    public void A_channel_is_not_called_as_if_there_were_none() =>
        Assert.Equal(
            "channels[0].name: \"None\" would read in rows as if nobody were told; choose another name",
            Assert.Single(ChannelsReader.Read("""[{ "name": "None", "kind": "Chat" }]""").Problems));

    private static ImmutableArray<string> Problems(string kind, string endpoint)
    {
        var project = kind == "Jira" ? "\"project\": \"FINOPS\", " : "";
        return ChannelsReader.Read($$"""[{ "name": "a", "kind": "{{kind}}", {{project}}"endpoint": "{{endpoint}}", "secret": "s" }]""").Problems;
    }
}
