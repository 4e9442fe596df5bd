using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>The providers whose formats we know.</summary>
public enum ChannelKind
{
    /// <summary>Slack's chat.postMessage, with the token of a bot.</summary>
    Slack,

    /// <summary>An incoming webhook of Slack.</summary>
    SlackWebhook,

    /// <summary>A workflow of Microsoft Teams that begins with a webhook request.</summary>
    Teams,

    /// <summary>PagerDuty's Events API v2.</summary>
    PagerDuty,

    /// <summary>ServiceNow's Table API, the table incident or an import set that feeds it.</summary>
    ServiceNow,

    /// <summary>Jira Cloud's REST API v3.</summary>
    Jira,

    /// <summary>An endpoint that takes CloudEvents 1.0.</summary>
    Webhook,

    /// <summary>Addresses that subscribe to a topic.</summary>
    Email,

    /// <summary>Phone numbers that subscribe to a topic.</summary>
    Sms,

    /// <summary>Amazon Q Developer in chat applications, which listens to a topic.</summary>
    Chat,
}

/// <summary>What a format must know of the channel besides its kind.</summary>
/// <param name="Name">As rows name it.</param>
public sealed record Channel(string Name, ChannelKind Kind)
{
    /// <summary>Of Slack: the conversation's id, <c>C0123456789</c>.</summary>
    public string? Conversation { get; init; }

    /// <summary>Of Jira: the project's key, <c>FINOPS</c>.</summary>
    public string? Project { get; init; }

    /// <summary>Of Jira: the type of its issues.</summary>
    public string IssueType { get; init; } = "Task";

    /// <summary>How many messages it gets in an hour by name; the rest becomes one line, which is told beside them.</summary>
    public int PerHour { get; init; } = 20;

    /// <summary>How many of these one account may take with what is below Critical, so that others are heard beside it.</summary>
    public int PerHourOfOne => Math.Max(1, PerHour / 2);

    /// <summary>How many of these one account may take with what needs an action today: others have a quarter.</summary>
    public int LoudPerHourOfOne => PerHour - PerHour / 4;

    /// <summary>How many messages the account may have had in an hour that gets one more of this severity.</summary>
    public int PerHourAt(AlertSeverity severity) => severity >= AlertSeverity.Critical ? LoudPerHourOfOne : PerHourOfOne;

    /// <summary>How often it gets a digest; null: never.</summary>
    public DigestInterval? Digest { get; init; }

    /// <summary>Whether a topic delivers it, to which Notify publishes; every other kind is called by EventBridge.</summary>
    public bool IsTopic => Kind is ChannelKind.Email or ChannelKind.Sms or ChannelKind.Chat;

    /// <summary>The name of a channel's topic (cdk, TopicChannel and Names.OperationsTopic).</summary>
    public static string TopicOf(string name) => name == AlertRoute.Operations ? "BudgetSync-Operations" : $"BudgetSync-Channel-{name}";

    /// <summary>
    /// A ticket stays where it was put: it needs no reminder, and a second message would be a second ticket, because neither API changes one by our key.
    /// </summary>
    public bool IsTicket => Kind is ChannelKind.ServiceNow or ChannelKind.Jira;
}
