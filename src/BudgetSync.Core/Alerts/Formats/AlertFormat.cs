namespace BudgetSync.Core.Alerts.Formats;

/// <summary>An alert as one kind of channel takes it.</summary>
public static class AlertFormat
{
    /// <summary>JSON of the provider's own shape; of <see cref="ChannelKind.Email"/> and <see cref="ChannelKind.Sms"/> the text itself.</summary>
    public static string Body(Alert alert, Channel channel) =>
        channel.Kind == ChannelKind.Sms ? SmsFormat.Body(alert) : Format(ShownText.Of(alert), channel);

    private static string Format(Alert alert, Channel channel) => channel.Kind switch
    {
        ChannelKind.Slack or ChannelKind.SlackWebhook => SlackFormat.Body(alert, channel),
        ChannelKind.Teams => TeamsFormat.Body(alert),
        ChannelKind.PagerDuty => PagerDutyFormat.Body(alert),
        ChannelKind.ServiceNow => ServiceNowFormat.Body(alert),
        ChannelKind.Jira => JiraFormat.Body(alert, channel),
        ChannelKind.Webhook => WebhookFormat.Body(alert),
        ChannelKind.Email => EmailFormat.Body(alert),
        ChannelKind.Chat => ChatFormat.Body(alert),
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel.Kind, "There is no format for it."),
    };

    /// <summary>
    /// What the body of a request is said to be. Of a CloudEvent its own kind: as plain JSON it would be the data of an event whose attributes are headers.
    /// Source: CloudEvents 1.0.2, HTTP protocol binding, "Structured Content Mode".
    /// </summary>
    public static string MediaTypeOf(ChannelKind kind) => kind == ChannelKind.Webhook ? "application/cloudevents+json" : "application/json";

    /// <summary>Of a mail; null of every other kind.</summary>
    public static string? Subject(Alert alert, Channel channel) => channel.Kind == ChannelKind.Email ? EmailFormat.Subject(ShownText.Of(alert)) : null;
}
