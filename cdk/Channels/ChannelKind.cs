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
/// <param name="PerSecond">How many messages the provider takes in a second; EventBridge sends no more.</param>
internal sealed record ChannelNeeds(string[] Needs, string[] May, string[] SecretKeys, string? Endpoint, int PerSecond)
{
    /// <summary>Kinds that a topic delivers have no endpoint, and no rate of EventBridge's.</summary>
    public bool IsTopic => PerSecond == 0;

    public static ChannelNeeds Of(ChannelKind kind) => kind switch
    {
        // One message a second to a channel (Slack API, "Rate limits", Posting messages).
        ChannelKind.Slack => new(["conversation", "secret"], ["endpoint"], ["token"], "https://slack.com/api/chat.postMessage", 1),
        // The URL is the secret.
        ChannelKind.SlackWebhook => new(["secret"], [], ["url"], null, 1),
        // Four requests a second, then it throttles (Microsoft Teams, "Create incoming webhooks", Rate limiting).
        ChannelKind.Teams => new(["endpoint", "secret"], [], ["sig"], null, 4),
        ChannelKind.PagerDuty => new(["secret"], ["endpoint"], ["routingKey"], "https://events.pagerduty.com/v2/enqueue", 2),
        ChannelKind.ServiceNow => new(["endpoint", "secret"], ["tokenEndpoint"], ["username", "password"], null, 5),
        ChannelKind.Jira => new(["endpoint", "secret", "project"], ["issueType"], ["username", "password"], null, 5),
        ChannelKind.Webhook => new(["endpoint", "secret"], [], ["authorization"], null, 10),
        ChannelKind.Email => new(["addresses"], [], [], null, 0),
        ChannelKind.Sms => new(["numbers"], [], [], null, 0),
        ChannelKind.Chat => new([], [], [], null, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It needs what it needs written down here."),
    };
}
