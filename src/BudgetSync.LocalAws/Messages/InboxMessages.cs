using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Messages;

/// <summary>All that people would have got from a cloud: from its channels, its topics and AWS Budgets itself.</summary>
public static class InboxMessages
{
    /// <summary>
    /// What Amazon Q Developer in chat applications subscribes to a topic, by <c>https</c> (AWS Knowledge Center, "Why isn't AWS Chatbot receiving messages
    /// from Amazon SNS?").
    /// </summary>
    public const string ChatEndpoint = "https://global.sns-api.chatbot.amazonaws.com";

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<InboxMessage> Of(LocalCloud cloud)
    {
        var mails = cloud.Budgets.Outbox.TakeLast(MessageInbox.Most)
            .Select(mail => ProviderBody.OfText(mail.At, $"e-mail of AWS Budgets to {mail.Address}", mail.Subject, mail.Body));
        return [.. FromChannels(cloud).Concat(mails).OrderBy(message => message.At)];
    }

    /// <summary>How many there were, those among them that are kept no more.</summary>
    public static long Count(LocalCloud cloud) => CountFromChannels(cloud) + cloud.Budgets.Outbox.Count;

    /// <inheritdoc cref="Count"/>
    public static long CountFromChannels(LocalCloud cloud) => ((cloud.Options.Outside as MessageInbox)?.Arrived ?? 0) + cloud.Sns.Published.Count;

    /// <summary>Without the e-mails of AWS Budgets itself.</summary>
    public static IReadOnlyList<InboxMessage> FromChannels(LocalCloud cloud)
    {
        var channels = (cloud.Options.Outside as MessageInbox)?.Messages ?? [];
        var subscribers = cloud.Sns.Subscriptions.ToLookup(one => one.TopicArn, StringComparer.Ordinal);
        var topics = cloud.Sns.Published.TakeLast(MessageInbox.Most)
            .Select(message => OfTopic(message, Topic(message, cloud), subscribers[message.TopicArn]));
        return [.. channels.Concat(topics).OrderBy(message => message.At)];
    }

    /// <summary>As a phone shows it, a chat of Amazon Q Developer, or a mail.</summary>
    private static InboxMessage OfTopic(Sns.PublishedMessage message, string topic, IEnumerable<Sns.Subscription> subscribers)
    {
        var (phone, chat) = (subscribers.Any(one => one.Protocol == "sms"), subscribers.Any(one => one.Endpoint == ChatEndpoint));
        // Who has not followed the link gets none.
        var mail = subscribers.Any(one => one is { Protocol: "email", Confirmed: true });
        return phone ? TextMessage.Of(message.At, $"SMS of {topic}", message.Body)
            : chat ? ProviderBody.OfText(message.At, $"Amazon Q of {topic}", null, message.Body) with { Refused = ProviderAnswers.OfChat(message.Body) }
            : ProviderBody.OfText(message.At, mail ? $"e-mail of {topic}" : topic, message.Subject, message.Body);
    }

    /// <summary>What came from channels as a page to keep, newest first, as <c>/_local/inbox</c> shows it.</summary>
    public static string Page(LocalCloud cloud) => InboxPage.Html(FromChannels(cloud), CountFromChannels(cloud), kept: true);

    /// <summary>What AWS Budgets publishes names no account, and each account has a topic of that name.</summary>
    private static string Topic(Sns.PublishedMessage message, LocalCloud cloud) =>
        !Arn.TryParse(message.TopicArn, out var arn) ? $"topic {message.TopicArn}"
        : arn.AccountId == cloud.Options.ManagementAccountId ? $"topic {arn.Resource}"
        : $"topic {arn.Resource} of {arn.AccountId}";
}
