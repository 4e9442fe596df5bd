using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// The queue of asynchronous invocations (Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation"):
/// errors of the code are retried after one minute and two more, throttles with backoff, and destinations hear of the end.
/// </summary>
internal sealed class AsyncInvocations(LocalCloud cloud, LambdaService lambda, Destinations destinations)
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    public int DestinationFailures => destinations.Failures;

    public void Start(Function function, byte[] payload, string requestId)
    {
        var item = new Item(function, payload, requestId, cloud.Time.GetUtcNow());
        cloud.Work.Post(Name(item), () => AttemptAsync(item));
    }

    private async Task AttemptAsync(Item item)
    {
        var settings = item.Function.Definition.Async;
        if (cloud.Time.GetUtcNow() - item.AcceptedAt > settings.MaximumEventAge)
        {
            destinations.Send(item.Function.Definition, settings.OnFailure, Record(item, "EventAgeExceeded", null));
            return;
        }

        FunctionResult result;
        try
        {
            result = await lambda.RunAsync(item.Function, item.Payload, item.RequestId);
        }
        catch (AwsException)
        {
            // Throttled: the code never ran, so it is no attempt. Reserved concurrency of zero stands for "off" and is not worth waiting for.
            if (item.Function.Definition.ReservedConcurrency == 0)
            {
                destinations.Send(item.Function.Definition, settings.OnFailure, Record(item, "ZeroReservedConcurrency", null));
                return;
            }

            var pause = TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, item.Throttles)));
            Again(item with { Throttles = item.Throttles + 1 }, pause);
            return;
        }

        var tried = item with { Attempts = item.Attempts + 1 };
        if (result.Error is null) destinations.Send(item.Function.Definition, settings.OnSuccess, Record(tried, "Success", result));
        else if (tried.Attempts > settings.MaximumRetryAttempts) destinations.Send(
            item.Function.Definition,
            settings.OnFailure,
            Record(tried, "RetriesExhausted", result));
        else Again(tried, TimeSpan.FromMinutes(tried.Attempts));
    }

    private void Again(Item item, TimeSpan pause) => cloud.Work.PostAfter(Name(item), pause, () => AttemptAsync(item));

    private InvocationRecord Record(Item item, string condition, FunctionResult? result) =>
        new(item.RequestId, $"{item.Function.Definition.Arn}:$LATEST", condition, item.Attempts, item.Payload, result, cloud.Time.GetUtcNow());

    private static string Name(Item item) => $"invoke {item.Function.Definition.AccountId} {item.Function.Definition.Name}";

    private sealed record Item(Function Function, byte[] Payload, string RequestId, DateTimeOffset AcceptedAt)
    {
        public int Attempts { get; init; }

        public int Throttles { get; init; }
    }
}
