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

    [Theory]
    [InlineData("endpont", "endpoint")]
    [InlineData("Secret", "secret")]
    [InlineData("secretversion", "secretVersion")]
    public void A_member_that_is_misspelt_names_the_nearest_right_one(string member, string nearest)
    {
        var written = $$"""{ "name": "a", "kind": "Webhook", "{{member}}": "x" }""";

        Assert.Contains(
            ChannelsReader.Read($"[{written}]").Problems,
            problem => problem.StartsWith(
                $"channels[0].{member}: a channel of kind Webhook has no such member; write {nearest}, or ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_that_is_near_to_none_or_to_one_that_is_there_is_to_be_removed()
    {
        const string written = """[{ "name": "a", "kind": "Webhook", "endpoint": "https://a.example.com/", "secret": "s", "endpont": "x", "colour": 1 }]""";

        var problems = ChannelsReader.Read(written).Problems;

        Assert.Equal(2, problems.Length);
        Assert.All(problems, problem => Assert.Contains("has no such member; remove it, or choose from", problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-AbCdEf", true)]
    [InlineData("arn:aws:secretsmanager:us-east-1:111122223333:secret:web-AbCdEf", false)]
    [InlineData("arn:aws:secretsmanager:us-east-1:444455556666:secret:web-AbCdEf", false)]
    [InlineData("web", false)]
    public void A_secret_of_another_region_is_refused_with_the_way_to_bring_it_here(string secret, bool refused)
    {
        var channels = $$"""[{ "name": "web", "kind": "Webhook", "endpoint": "https://a.example.com/", "secret": "{{secret}}" }]""";

        var problems = SettingsReader.Read(key => key == "channels" ? channels : null).Problems
            .Where(problem => problem.StartsWith("channels", StringComparison.Ordinal)).ToList();

        if (!refused) Assert.Empty(problems);
        else Assert.StartsWith(
            "channels: the secret of web is in eu-west-1, and CloudFormation reads it in homeRegion us-east-1",
            Assert.Single(problems),
            StringComparison.Ordinal);
    }

    private static ImmutableArray<string> Problems(string kind, string endpoint)
    {
        var project = kind == "Jira" ? "\"project\": \"FINOPS\", " : "";
        return ChannelsReader.Read($$"""[{ "name": "a", "kind": "{{kind}}", {{project}}"endpoint": "{{endpoint}}", "secret": "s" }]""").Problems;
    }
}
