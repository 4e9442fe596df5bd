using System.Collections.Immutable;

namespace BudgetSync.Core.Alerts;

/// <summary>What the secret of a channel holds: a JSON object with these keys (cdk/README.md, Channels).</summary>
public static class ChannelSecret
{
    /// <summary>None where the kind has no secret.</summary>
    public static ImmutableArray<string> KeysOf(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => ["token"],
        ChannelKind.SlackWebhook => ["url"],
        ChannelKind.Teams => ["sig"],
        ChannelKind.PagerDuty => ["routingKey"],
        ChannelKind.ServiceNow or ChannelKind.Jira => ["username", "password"],
        ChannelKind.Webhook => ["authorization"],
        _ => [],
    };
}
