using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>Carries events to targets: at once, again with backoff while the target's service is in trouble, and to the dead-letter queue in the end.</summary>
internal sealed partial class DeliveryRun(LocalCloud cloud, Action<string, JsonObject> forward)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    public void Start(Rule rule, RuleTarget target, JsonObject occurrence, bool forwarded)
    {
        var run = () => AttemptAsync(rule, target, occurrence, forwarded, attempt: 1, cloud.Time.GetUtcNow());
        var name = $"deliver {rule.AccountId} {rule.Name} -> {target.Arn}";
        switch (cloud.Faults.Of(new EventDelivery((JsonObject)occurrence.DeepClone(), rule.Arn, target.Arn)))
        {
            case DeliveryFault.Loss:
                break;
            case DeliveryFault.Duplicate:
                cloud.Work.Post(name, run);
                cloud.Work.Post(name, run);
                break;
            case DeliveryFault.Delay late:
                cloud.Work.PostAfter(name, late.By, run);
                break;
            default:
                cloud.Work.Post(name, run);
                break;
        }
    }

    private async Task AttemptAsync(Rule rule, RuleTarget target, JsonObject occurrence, bool forwarded, int attempt, DateTimeOffset since)
    {
        try
        {
            await SendAsync(rule, target, occurrence, forwarded);
        }
        catch (AwsException refused) when (IsFinal(refused))
        {
            await DeadLetterAsync(rule, target, occurrence, refused.Code, refused.Message, null, attempt - 1);
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            var code = (trouble as AwsException)?.Code ?? "SDK_CLIENT_ERROR";
            var age = cloud.Time.GetUtcNow() - since;
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, attempt - 1)));
            var exhausted = attempt > target.MaximumRetryAttempts ? "MaximumRetryAttempts"
                : age + pause > target.MaximumEventAge ? "MaximumEventAgeInSeconds"
                : null;
            if (exhausted is not null) await DeadLetterAsync(rule, target, occurrence, code, trouble.Message, exhausted, attempt - 1);
            else cloud.Work.PostAfter(
                $"deliver again {rule.AccountId} {rule.Name} -> {target.Arn}",
                pause,
                () => AttemptAsync(rule, target, occurrence, forwarded, attempt + 1, since));
        }
    }

    /// <summary>
    /// Missing permission or a missing target goes to the dead-letter queue at once, unretried
    /// (EventBridge user guide, "Using dead-letter queues to process undelivered events in EventBridge").
    /// </summary>
    private static bool IsFinal(AwsException error) =>
        error.Code is "AccessDeniedException"
            or "AccessDenied"
            or "AuthorizationError"
            or "ResourceNotFoundException"
            or "QueueDoesNotExist"
            or "NotFound"
            or "InvalidParameterValue";

    private async Task SendAsync(Rule rule, RuleTarget target, JsonObject occurrence, bool forwarded)
    {
        var service = Caller.Service("events.amazonaws.com", rule.AccountId, rule.Arn);
        var payload = Payload(target, occurrence);
        switch (Arn.ServiceOf(target.Arn))
        {
            case "lambda":
                await cloud.Lambda.InvokeEventAsync(service, target.Arn, payload, CancellationToken.None);
                break;
            case "sqs":
                await cloud.Sqs.SendAsync(service, target.Arn, payload, null, CancellationToken.None);
                break;
            case "sns":
                await cloud.Sns.PublishAsync(service, target.Arn, payload, CancellationToken.None);
                break;
            default:
                Forward(rule, target, occurrence, forwarded);
                break;
        }
    }

    /// <summary>An event that came from another bus goes no further than one bus: AWS drops it rather than let buses form a chain.</summary>
    private void Forward(Rule rule, RuleTarget target, JsonObject occurrence, bool forwarded)
    {
        if (forwarded) return;
        var caller = Sender(rule, target);
        var call = new AwsCall("events", "PutEvents", caller, RegionOf(target), []);
        cloud.Authorize(call, EventBridgeService.PutEventsNeed(target.Arn, occurrence));
        forward(target.Arn, occurrence);
    }

    /// <summary>Buses are the one kind of target that may be in another region.</summary>
    private static string RegionOf(RuleTarget target) => Arn.TryParse(target.Arn, out var arn) ? arn.Region : "";
}
