using BudgetSync.LocalAws.EventBridge;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// A deployed organization whose channels are those of cdk/samples/channels.json, with every provider on loopback: each takes what ProviderRules let through
/// and refuses the rest as that provider does.
/// </summary>
internal sealed class ProviderWorld : IAsyncDisposable
{
    public const string Spoke = DeployedOrganization.Spoke;
    public const string Budget = "SpokeAccountBudget";
    public const string Slack = "slack.com";
    public const string Teams = "example.logic.azure.com";
    public const string PagerDuty = "events.pagerduty.com";
    public const string ServiceNow = "example.service-now.com";

    public const string SlackHook = "hooks.slack.com";
    public const string Jira = "example.atlassian.net";
    public const string Webhook = "events.example.com";

    /// <summary>Where ServiceNow gives a client its token, and what a client sends its tickets to.</summary>
    public const string TokenPath = "/oauth_token.do";

    /// <inheritdoc cref="TokenPath"/>
    public const string ImportPath = "/api/now/import/u_budget_alert";

    /// <summary>A part of every secret.</summary>
    public const string Planted = "planted-7c1e";

    private readonly LoopbackProvider provider;
    private readonly LoopbackEndpoints outside;

    private ProviderWorld(LoopbackProvider provider, Stream? log, Templates templates)
    {
        this.provider = provider;
        string[] hosts = [Slack, Teams, PagerDuty, ServiceNow, SlackHook, Jira, Webhook];
        outside = new LoopbackEndpoints(hosts.ToDictionary(host => host, _ => provider.Address));
        Organization = new DeployedOrganization(templates, options: options => options with { Outside = outside }, log: log);
    }

    public DeployedOrganization Organization { get; }

    /// <summary>What a provider got, in the order it came; without what was sent for a token.</summary>
    public List<ProviderRequest> Of(string host) => [.. provider.Requests.Where(request => request.Host == host && request.Path != TokenPath)];

    /// <summary>What was sent for a token.</summary>
    public List<ProviderRequest> TokenRequests => [.. provider.Requests.Where(request => request.Path == TokenPath)];

    /// <param name="answer">What a provider answers in place of what it would; null: nothing else.</param>
    /// <param name="templates">Those of channels, or one from which something is taken away.</param>
    /// <param name="others">Accounts beside the one that tests look at; their alerts go to Slack.</param>
    public static async Task<ProviderWorld> DeployedAsync(
        Func<ProviderRequest, ProviderAnswer?>? answer = null, Stream? log = null, Templates? templates = null, IReadOnlyList<string>? others = null)
    {
        var provider = await LoopbackProvider.StartAsync(request => answer?.Invoke(request) ?? Answer(request));
        var world = new ProviderWorld(provider, log, templates ?? Templates.WithChannels);
        foreach (var other in others ?? []) world.Organization.Cloud.Organizations.AddAccount(other, $"account {other}", world.Organization.Members);
        var secrets = world.Organization.Cloud.Secrets;
        secrets.PutSecret(DeployedOrganization.Management, "budgetsync/slack", $$"""{"token":"xoxb-{{Planted}}"}""");
        secrets.PutSecret(DeployedOrganization.Management, "budgetsync/teams", $$"""{"sig":"{{Planted}}-sig"}""");
        secrets.PutSecret(DeployedOrganization.Management, "budgetsync/pagerduty", $$"""{"routingKey":"{{Planted}}-key"}""");
        secrets.PutSecret(DeployedOrganization.Management, "budgetsync/servicenow", $$"""{"username":"robot","password":"{{Planted}}-word"}""");
        secrets.PutSecret(DeployedOrganization.Management, "budgetsync/servicenow-client", $$"""{"username":"client","password":"{{Planted}}-client"}""");
        secrets.PutSecret(
            DeployedOrganization.Management, "budgetsync/slack-webhook", $$"""{"url":"https://{{SlackHook}}/services/T0/B0/{{Planted}}-path"}""");
        secrets.PutSecret(DeployedOrganization.Management, "budgetsync/jira", $$"""{"username":"robot","password":"{{Planted}}-jira"}""");
        secrets.PutSecret(DeployedOrganization.Management, "budgetsync/webhook", $$"""{"authorization":"Bearer {{Planted}}-hook"}""");
        await world.Organization.DeployAsync();
        if (others is not null) await world.Organization.PutRowAsync("""{"AccountId":"default","BudgetValue":100,"Notify":["finops Critical"]}""");
        await world.Organization.PutRowAsync(
            $$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Notify":["finops Critical","teams Critical","pager Critical","tickets Critical","mail """
                + $$"""Critical"]}""");
        await world.Organization.PassAsync(TimeSpan.FromMinutes(1));
        return world;
    }

    /// <summary>What is wrong with a request, as its provider sees it.</summary>
    public static IEnumerable<string> Problems(ProviderRequest request)
    {
        var body = request.Json;
        return request.Host switch
        {
            Slack => ProviderRules.Slack(body, webhook: false).Concat(Header(request, $"Bearer xoxb-{Planted}")),
            Teams => ProviderRules.Teams(body).Concat(request.Path.EndsWith($"?sig={Planted}-sig", StringComparison.Ordinal) ? [] : ["sig is wrong"]),
            PagerDuty => ProviderRules.PagerDuty(body).Concat(body.Text("routing_key") == $"{Planted}-key" ? [] : ["'routing_key' is invalid"]),
            SlackHook => ProviderRules.Slack(body, webhook: true).Concat(request.Path == $"/services/T0/B0/{Planted}-path" ? [] : ["no_service"]),
            Jira => ProviderRules.Jira(body).Concat(Header(request, "Basic " + Base64($"robot:{Planted}-jira"))),
            Webhook => ProviderRules.CloudEvent(body).Concat(Header(request, $"Bearer {Planted}-hook")),
            ServiceNow when request.Path == ImportPath => ProviderRules.ServiceNow(body).Concat(Header(request, $"Bearer {Planted}-token")),
            _ => ProviderRules.ServiceNow(body).Concat(Header(request, "Basic " + Base64($"robot:{Planted}-word"))),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Organization.DisposeAsync();
        outside.Dispose();
        await provider.DisposeAsync();
    }

    private static ProviderAnswer Answer(ProviderRequest request)
    {
        if (request.Path == TokenPath)
        {
            var (status, json) = TokenEndpoint.Answer(request.Body, $"{Planted}-token", (id, word) => (id, word) == ("client", $"{Planted}-client"));
            return new ProviderAnswer((int)status, json);
        }

        var problems = string.Join("; ", Problems(request));
        return request.Host switch
        {
            // Slack answers its errors with 200 too (Slack developer docs, "Using the Slack Web API").
            Slack => new ProviderAnswer(200, problems.Length == 0 ? SlackApi.Posted(request.Json, DateTimeOffset.UnixEpoch) : SlackApi.Refused(problems)),
            SlackHook or Webhook => new ProviderAnswer(problems.Length == 0 ? 200 : 400, problems),
            PagerDuty or Teams => new ProviderAnswer(problems.Length == 0 ? 202 : 400, problems),
            _ => new ProviderAnswer(problems.Length == 0 ? 201 : 400, problems),
        };
    }

    private static IEnumerable<string> Header(ProviderRequest request, string wanted) =>
        request.Headers.TryGetValue("Authorization", out var given) && given == wanted ? [] : ["not authorized"];

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
