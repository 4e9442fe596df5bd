using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge.ApiDestinations;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <content>One attempt after another, until the target takes the event or there are no more.</content>
internal sealed partial class DeliveryRun
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private async Task AttemptAsync(Attempt attempt, bool hasSlot)
    {
        var (rule, target, occurrence, forwarded, number, since) = attempt;
        if (!hasSlot && await WaitsAsync(attempt)) return;
        try
        {
            await SendAsync(rule, target, occurrence, forwarded);
        }
        catch (AwsException refused) when (IsFinal(refused))
        {
            await DeadLetterAsync(rule, target, occurrence, refused.Code, refused.Message, null, number - 1);
        }
        catch (EndpointFailure refused) when (refused.IsFinal)
        {
            await DeadLetterAsync(rule, target, occurrence, ClientError, refused.Message, null, number - 1);
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException or EndpointFailure)
        {
            var code = (trouble as AwsException)?.Code ?? ClientError;
            var backoff = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, number - 1)));
            // The more conservative of the two (user guide, "API destination error codes").
            var asked = (trouble as EndpointFailure)?.RetryAfter ?? TimeSpan.Zero;
            var pause = asked > backoff ? asked : backoff;
            var exhausted = number > target.MaximumRetryAttempts ? "MaximumRetryAttempts" : TooOld(attempt, pause);
            if (exhausted is not null) await DeadLetterAsync(rule, target, occurrence, code, trouble.Message, exhausted, number - 1);
            else cloud.Work.PostAfter(
                $"deliver again {rule.AccountId} {rule.Name} -> {target.Arn}",
                pause,
                () => AttemptAsync(attempt with { Number = number + 1 }, hasSlot: false));
        }
    }

    /// <summary>
    /// True: an API destination has no room in this second, and the attempt comes later, which is no retry; or the event grows too old meanwhile (user guide,
    /// "How invocation rate affects event delivery").
    /// </summary>
    private async Task<bool> WaitsAsync(Attempt attempt)
    {
        if (!ApiDestination.IsArn(attempt.Target.Arn) || endpoints.Wait(attempt.Target.Arn) is not { Ticks: > 0 } wait) return false;
        if (TooOld(attempt, wait) is { } exhausted)
        {
            var full = new EndpointFailure("the invocation rate of the API destination left no room for the event.", isFinal: true);
            await DeadLetterAsync(attempt.Rule, attempt.Target, attempt.Occurrence, ClientError, full.Message, exhausted, attempt.Number - 1);
        }
        else
        {
            cloud.Work.PostAfter(
                $"deliver {attempt.Rule.AccountId} {attempt.Rule.Name} -> {attempt.Target.Arn}",
                wait,
                () => AttemptAsync(attempt, hasSlot: true));
        }

        return true;
    }

    private string? TooOld(Attempt attempt, TimeSpan pause) =>
        cloud.Time.GetUtcNow() - attempt.Since + pause > attempt.Target.MaximumEventAge ? "MaximumEventAgeInSeconds" : null;

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

    /// <param name="Number">1 is the first, which is no retry.</param>
    /// <param name="Since">When the event came.</param>
    private sealed record Attempt(Rule Rule, RuleTarget Target, JsonObject Occurrence, bool Forwarded, int Number, DateTimeOffset Since);
}
