using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sns;

/// <summary>
/// Carries messages of topics to functions that subscribed: at once, again while Lambda is in trouble, and to the subscription's queue in the end (SNS
/// developer guide, "Amazon SNS message delivery retries": endpoints managed by AWS).
/// </summary>
internal sealed class FunctionDelivery(LocalCloud cloud)
{
    /// <summary>23 days of tries: 3 at once, 2 after a second each, 10 after 1 to 20 s, and these after 20 s each.</summary>
    private const int LastRetry = 3 + 2 + 10 + 100_000;

    private int lost;

    /// <summary>Messages that neither function nor queue took.</summary>
    public int Lost => lost;

    public void Start(PublishedMessage message, Subscription subscription)
    {
        switch (cloud.Faults.Of(new MessageDelivery(message, subscription)))
        {
            case DeliveryFault.Loss:
                break;
            case DeliveryFault.Duplicate:
                // "At least once" is what SNS promises for standard topics.
                Post(message, subscription, 0, TimeSpan.Zero);
                Post(message, subscription, 0, TimeSpan.Zero);
                break;
            case DeliveryFault.Delay late:
                Post(message, subscription, 0, late.By);
                break;
            default:
                Post(message, subscription, 0, TimeSpan.Zero);
                break;
        }
    }

    /// <summary>How long SNS waits before a retry, the first of which is number 1.</summary>
    internal static TimeSpan Pause(int retry) => retry switch
    {
        <= 3 => TimeSpan.Zero,
        <= 5 => TimeSpan.FromSeconds(1),
        <= 15 => TimeSpan.FromSeconds(Math.Min(20, Math.Pow(20, (retry - 6) / 9.0))),
        _ => TimeSpan.FromSeconds(20),
    };

    private void Post(PublishedMessage message, Subscription subscription, int retry, TimeSpan pause) =>
        cloud.Work.PostAfter($"deliver {subscription.TopicArn} -> {subscription.Endpoint}", pause, () => AttemptAsync(message, subscription, retry));

    private async Task AttemptAsync(PublishedMessage message, Subscription subscription, int retry)
    {
        // Ended while the message was on its way.
        if (cloud.Sns.FindSubscription(subscription) is not { } now) return;
        try
        {
            await cloud.Lambda.InvokeEventAsync(Sender(subscription), subscription.Endpoint, Event(message, subscription), CancellationToken.None);
        }
        catch (AwsException refused) when (IsOfClient(refused))
        {
            await DeadLetterAsync(message, now);
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            if (retry >= LastRetry) await DeadLetterAsync(message, now);
            else Post(message, subscription, retry + 1, Pause(retry + 1));
        }
    }

    /// <summary>"SNS doesn't retry the message delivery that failed as a result of a client-side error": the function or its permission is gone.</summary>
    private static bool IsOfClient(AwsException error) => error.Code is "AccessDeniedException" or "ResourceNotFoundException" or "RequestTooLargeException";

    private static Caller Sender(Subscription subscription) =>
        Caller.Service("sns.amazonaws.com", Arn.AccountOf(subscription.TopicArn), subscription.TopicArn);

    private async Task DeadLetterAsync(PublishedMessage message, Subscription subscription)
    {
        try
        {
            if (subscription.DeadLetterArn is { } queue)
            {
                await cloud.Sqs.SendAsync(Sender(subscription), queue, Notification(message).ToJsonString(), null, CancellationToken.None);
                return;
            }
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            // There is no one left to tell.
        }

        Interlocked.Increment(ref lost);
    }

    /// <summary>
    /// What a function is invoked with (Lambda developer guide, "Invoking Lambda functions with Amazon SNS notifications"). Nothing here signs.
    /// </summary>
    private static string Event(PublishedMessage message, Subscription subscription) => new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["EventVersion"] = "1.0",
            ["EventSubscriptionArn"] = subscription.Arn,
            ["Sns"] = Notification(message),
        }),
    }.ToJsonString();

    private static JsonObject Notification(PublishedMessage message) => new()
    {
        ["Type"] = "Notification",
        ["MessageId"] = message.MessageId,
        ["TopicArn"] = message.TopicArn,
        ["Subject"] = message.Subject,
        ["Message"] = message.Body,
        ["Timestamp"] = message.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["SignatureVersion"] = "1",
        ["Signature"] = "EXAMPLE",
        ["SigningCertUrl"] = "EXAMPLE",
        ["UnsubscribeUrl"] = "EXAMPLE",
        ["MessageAttributes"] = new JsonObject(),
    };
}
