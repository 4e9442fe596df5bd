using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge.ApiDestinations;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>Carries events to targets: at once, again with backoff while the target's service is in trouble, and to the dead-letter queue in the end.</summary>
internal sealed partial class DeliveryRun(LocalCloud cloud, EndpointCalls endpoints, Action<string, JsonObject> forward)
{
    public void Start(Rule rule, RuleTarget target, JsonObject occurrence, bool forwarded)
    {
        var attempt = new Attempt(rule, target, occurrence, forwarded, 1, cloud.Time.GetUtcNow());
        var run = () => AttemptAsync(attempt, hasSlot: false);
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
            case "events" when ApiDestination.IsArn(target.Arn):
                var call = new AwsCall("events", "InvokeApiDestination", Sender(rule, target), RegionOf(target), []);
                cloud.Authorize(call, new IamRequest("events:InvokeApiDestination", target.Arn));
                await endpoints.SendAsync(target.Arn, payload);
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
