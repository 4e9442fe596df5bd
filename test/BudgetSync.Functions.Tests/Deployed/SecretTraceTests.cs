using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A secret of a channel is planted, and looked for in everything that the system writes while its providers take and refuse messages.</summary>
public sealed class SecretTraceTests
{
    private const string Management = DeployedOrganization.Management;

    [Fact]
    public async Task Secrets_of_channels_are_in_no_log_call_event_table_queue_topic_parameter_description_error_or_template()
    {
        using var log = new MemoryStream();
        var refuse = false;
        await using var world = await ProviderWorld.DeployedAsync(
            // The endpoint that gives tokens goes on: a client that gets none would send nothing that could be refused.
            request => refuse && request.Path != ProviderWorld.TokenPath
                ? new ProviderAnswer(403, $"wrong: {request.Headers.GetValueOrDefault("Authorization")} {request.Path} {request.Body}")
                : null,
            Stream.Synchronized(log),
            Templates.WithKinds);
        var organization = world.Organization;
        await organization.PutRowAsync(
            $$"""{"AccountId":"{{ProviderWorld.Spoke}}","BudgetValue":100,"Notify":["finops","hook","teams","pager","tickets","desk","issues","""
                + """ "events","mail"]}""");
        await organization.SettleAsync();
        organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 130);
        await organization.SettleAsync();
        refuse = true;
        organization.Cloud.Sns.DeleteTopic($"arn:aws:sns:us-east-1:{Management}:BudgetSync-Channel-mail");
        organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 160);
        await organization.PassAsync(TimeSpan.FromDays(1));

        // They did reach the providers, and some were refused: what follows is no empty search.
        Assert.All(Hosts, host => Assert.Contains(world.Of(host), request => IsTraced($"{request.Path} {request.Body} {Authorization(request)}")));
        Assert.All(Hosts, host => Assert.Empty(ProviderWorld.Problems(world.Of(host)[0])));
        Assert.All(world.TokenRequests, request => Assert.Contains($"client_secret={ProviderWorld.Planted}-client", request.Body, StringComparison.Ordinal));
        var byToken = world.Of(ProviderWorld.ServiceNow).Where(request => request.Path == ProviderWorld.ImportPath).ToList();
        Assert.Equal($"Bearer {ProviderWorld.Planted}-token", Authorization(byToken[0]));
        Assert.Empty(ProviderWorld.Problems(byToken[0]));
        var dead = organization.Cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{Management}:BudgetSync-Alerts-DeadLetters");
        var lost = dead.Select(message => message.Attributes["RULE_ARN"]?["StringValue"]?.ToString().Split('-')[^1]).OfType<string>();
        Assert.Equal(Channels.Order(StringComparer.Ordinal), lost.Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(dead, message => message.Attributes["TARGET_ARN"]!["StringValue"]!.ToString().EndsWith("-mail", StringComparison.Ordinal));

        var places = new Dictionary<string, string>
        {
            ["log"] = Encoding.UTF8.GetString(log.ToArray()),
            ["calls"] = string.Join('\n', organization.Cloud.Calls.Calls.Select(call => call.Call.Input.ToJsonString())),
            ["queues"] = string.Join('\n', dead.Select(message => message.Body + message.Attributes.ToJsonString())),
            ["topics"] = string.Join('\n', organization.Cloud.Sns.Published.Select(message => message.Subject + message.Body)),
            ["tables"] = await TablesAsync(organization),
            ["descriptions"] = await DescriptionsAsync(organization),
            ["template"] = Templates.WithKinds.Management,
        };
        places["errors"] = string.Join('\n', [.. organization.Cloud.Work.Failures.Select(failure => $"{failure}"), await RefusedDeploymentAsync()]);
        Assert.All(places, place => Assert.True(place.Value.Length > 100, $"{place.Key} is empty"));
        Assert.Empty(places.Where(place => IsTraced(place.Value)).Select(place => place.Key));
        // The address of a Slack webhook is its secret, and stands in its destination (cdk/README.md, channels): whoever may see that can send.
        Assert.True(IsTraced(await DescriptionAsync(organization, "hook", "DescribeApiDestination")));
    }

    private static readonly string[] Channels = ["finops", "hook", "teams", "pager", "tickets", "desk", "issues", "events"];

    private static readonly string[] Hosts =
    [
        ProviderWorld.Slack, ProviderWorld.SlackHook, ProviderWorld.Teams, ProviderWorld.PagerDuty, ProviderWorld.ServiceNow, ProviderWorld.Jira,
        ProviderWorld.Webhook,
    ];

    private static bool IsTraced(string text) => Traces.Any(trace => text.Contains(trace, StringComparison.Ordinal));

    private static string Authorization(ProviderRequest request) => request.Headers.GetValueOrDefault("Authorization") ?? "";

    /// <summary>What CloudFormation says where a secret lacks the key that the template refers to.</summary>
    private static async Task<string> RefusedDeploymentAsync()
    {
        await using var organization = new DeployedOrganization(Templates.WithKinds);
        foreach (var secret in new[] { "slack", "slack-webhook", "teams", "pagerduty", "servicenow", "servicenow-client", "jira", "webhook" })
            organization.Cloud.Secrets.PutSecret(Management, $"budgetsync/{secret}", $$"""{"misspelt":"xoxb-{{ProviderWorld.Planted}}"}""");
        return (await Assert.ThrowsAsync<LocalAws.CloudFormation.StackException>(organization.DeployAsync)).ToString();
    }

    /// <summary>As it was planted, and within what basic authorization makes of it.</summary>
    private static IEnumerable<string> Traces =>
    [
        ProviderWorld.Planted,
        .. new[] { "word", "jira" }.Select(end => Convert.ToBase64String(Encoding.UTF8.GetBytes($"robot:{ProviderWorld.Planted}-{end}"))),
    ];

    private static async Task<string> TablesAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(Management);
        var text = new StringBuilder();
        foreach (var table in (await clients.Dynamo.ListTablesAsync()).TableNames)
        {
            foreach (var item in (await clients.Dynamo.ScanAsync(new ScanRequest { TableName = table })).Items)
                text.AppendLine(Amazon.DynamoDBv2.DocumentModel.Document.FromAttributeMap(item).ToJson());
        }

        return text.ToString();
    }

    private static async Task<string> DescriptionAsync(DeployedOrganization organization, string channel, string operation)
    {
        var input = new JsonObject { ["Name"] = $"BudgetSync-Channel-{channel}" };
        return (await organization.CallAsync(organization.Cloud.EventBridge, Management, operation, input)).ToJsonString();
    }

    private static async Task<string> DescriptionsAsync(DeployedOrganization organization)
    {
        var text = new StringBuilder();
        foreach (var channel in Channels)
        {
            text.AppendLine(await DescriptionAsync(organization, channel, "DescribeConnection"));
            if (channel != "hook") text.AppendLine(await DescriptionAsync(organization, channel, "DescribeApiDestination"));
        }

        foreach (var parameter in new[] { "/BudgetSync/Stack", "/BudgetSync/Channels" })
        {
            var answer = await organization.CallAsync(organization.Cloud.Ssm, Management, "GetParameter", new JsonObject { ["Name"] = parameter });
            text.AppendLine(answer.ToJsonString());
        }

        foreach (var function in new[] { "Propagate", "Reconcile", "Collect", "Notify" })
            text.AppendLine(string.Join('\n', organization.Cloud.Lambda.FindFunction(Management, $"BudgetSync-{function}")!.Environment));
        return text.ToString();
    }
}
