namespace BudgetSync.Cdk.Channels;

/// <summary>The providers that a channel may be of; the functions know the same names.</summary>
internal enum ChannelKind
{
    Slack,
    SlackWebhook,
    Teams,
    PagerDuty,
    ServiceNow,
    Jira,
    Webhook,
    Email,
    Sms,
    Chat,
}

/// <summary>What a channel of a kind is given, and what its secret holds.</summary>
/// <param name="Needs">Members that must be there beside name and kind.</param>
/// <param name="May">Members that may be there.</param>
/// <param name="SecretKeys">The keys of the secret's JSON; none where the kind has no secret.</param>
/// <param name="Endpoint">Where it goes when no endpoint is given.</param>
/// <param name="PerSecond">How many messages EventBridge sends it in a second at most, unless the setting says otherwise; 0 of a topic.</param>
internal sealed record ChannelNeeds(string[] Needs, string[] May, string[] SecretKeys, string? Endpoint, int PerSecond = ChannelNeeds.Strict)
{
    /// <summary>What every provider takes. It is that of those whose own number is not published, or is a payload's cost and no count.</summary>
    private const int Strict = 1;

    /// <summary>Jira Cloud platform REST API v3, "Create issue".</summary>
    private static readonly EndpointPath JiraPath = new("^/rest/api/3/issue/?$", "/rest/api/3/issue");

    /// <summary>The Table API, an import set's or a scripted one (ServiceNow documentation, "REST API reference"); the site's root takes no POST.</summary>
    private static readonly EndpointPath ServiceNowPath = new("^/api/.+", "/api/now/table/incident");

    /// <summary>What the path of the endpoint must be; null where any is right.</summary>
    public EndpointPath? Path { get; init; }

    public bool HasEndpoint => Needs.Contains("endpoint", StringComparer.Ordinal) || May.Contains("endpoint", StringComparer.Ordinal);

    /// <summary>Kinds that a topic delivers have no endpoint, and no rate of EventBridge's.</summary>
    public bool IsTopic => PerSecond == 0;

    /// <summary>Kinds that people read. A digest is no incident, no ticket, and longer than a text message.</summary>
    public static bool MayDigest(ChannelKind kind) => kind is not (ChannelKind.PagerDuty or ChannelKind.ServiceNow or ChannelKind.Jira or ChannelKind.Sms);

    public static ChannelNeeds Of(ChannelKind kind) => kind switch
    {
        // One message a second to a conversation, and one a second by a webhook (Slack developer docs, "Rate limits").
        ChannelKind.Slack => new(["conversation", "secret"], ["endpoint"], ["token"], "https://slack.com/api/chat.postMessage"),
        // The URL is the secret.
        ChannelKind.SlackWebhook => new(["secret"], [], ["url"], null),
        // Four a second were told of the webhooks that workflows replace; of a workflow no number of its own is published.
        ChannelKind.Teams => new(["endpoint", "secret"], [], ["sig"], null),
        // "Events - 120/min (enforced per-integration-key)" (PagerDuty's support in its community, "Which rate limit of REST API is correct").
        ChannelKind.PagerDuty => new(["secret"], ["endpoint"], ["routingKey"], "https://events.pagerduty.com/v2/enqueue", 2),
        // Each instance has rules of its own (ServiceNow documentation, "Inbound REST API rate limiting").
        ChannelKind.ServiceNow => new(["endpoint", "secret"], ["tokenEndpoint"], ["username", "password"], null) { Path = ServiceNowPath },
        // "REST API rate limits are not published" (Jira Cloud platform, "Rate limiting").
        ChannelKind.Jira => new(["endpoint", "secret", "project"], ["issueType"], ["username", "password"], null) { Path = JiraPath },
        ChannelKind.Webhook => new(["endpoint", "secret"], [], ["authorization"], null),
        ChannelKind.Email => new(["addresses"], [], [], null, 0),
        ChannelKind.Sms => new(["numbers"], [], [], null, 0),
        ChannelKind.Chat => new([], [], [], null, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It needs what it needs written down here."),
    };
}
