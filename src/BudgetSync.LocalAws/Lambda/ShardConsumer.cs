using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Streams;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// One of the concurrent batches of a shard: takes its records in order, delivers a batch, and goes on only when that is done with,
/// by success, by giving up, or by age.
/// </summary>
internal sealed class ShardConsumer(LocalCloud cloud, Func<EventSourceMapping> settings, string shardId, Action<string> report)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How large the records of one invocation may be together, with room for the envelope: 6 MB end a batch early
    /// (Lambda developer guide, "How Lambda processes records from stream and queue-based event sources", batching behavior).
    /// </summary>
    private const int MaximumBatchBytes = AwsLimits.Lambda.PayloadBytes - 1024;

    private readonly Lock gate = new();
    private readonly Queue<(TableStreamRecord Record, DateTimeOffset At)> pending = new();
    private readonly LinkedList<StreamBatch> again = [];
    private bool running;
    private bool waiting;
    private bool stopped;
    private int consecutiveFailures;

    public int Backlog
    {
        get
        {
            lock (gate) return pending.Count;
        }
    }

    private string Name => $"stream {settings().FunctionName} {shardId}";

    public void Stop()
    {
        lock (gate) stopped = true;
    }

    public void Add(TableStreamRecord record)
    {
        lock (gate) pending.Enqueue((record, cloud.Time.GetUtcNow()));
    }

    /// <summary>Starts a delivery when there is something to deliver and the batch is full or its window over.</summary>
    public void Schedule()
    {
        TimeSpan wait;
        lock (gate)
        {
            if (running || stopped || (pending.Count == 0 && again.Count == 0)) return;
            var now = cloud.Time.GetUtcNow();
            wait = again.Count > 0 || pending.Count >= settings().BatchSize ? TimeSpan.Zero : pending.Peek().At + settings().BatchingWindow - now;
            if (wait > TimeSpan.Zero)
            {
                if (waiting) return;
                waiting = true;
            }
            else
            {
                running = true;
            }
        }

        if (wait > TimeSpan.Zero) cloud.Work.PostAfter($"{Name} window", wait, WindowOverAsync);
        else cloud.Work.Post(Name, RunAsync);
    }

    private Task WindowOverAsync()
    {
        lock (gate) waiting = false;
        Schedule();
        return Task.CompletedTask;
    }

    /// <summary>One delivery; what it leaves to do is posted as new work, so that a driver sees each step and each wait.</summary>
    private async Task RunAsync()
    {
        var mapping = settings();
        if (TakeBatch(mapping) is not { } batch)
        {
            Done(TimeSpan.Zero);
            return;
        }

        var limit = mapping.MaximumRecordAge is { } age && age < AwsLimits.DynamoDb.StreamRetention ? age : AwsLimits.DynamoDb.StreamRetention;
        var expired = batch.Records.TakeWhile(record => cloud.Time.GetUtcNow() - record.ArrivedAt > limit).Count();
        if (expired > 0)
        {
            await new OnFailureDestination(cloud, mapping, shardId, report).SendAsync(
                batch with { Records = batch.Records[..expired] },
                "RecordAgeExceeded",
                null);
            if (expired < batch.Records.Length) PutBack([batch with { Records = batch.Records[expired..] }]);
            Done(TimeSpan.Zero);
            return;
        }

        await DeliverAsync(mapping, batch);
    }

    private async Task DeliverAsync(EventSourceMapping mapping, StreamBatch batch)
    {
        FunctionResult result;
        try
        {
            if (cloud.Lambda.Named(mapping.AccountId, mapping.Region, mapping.FunctionName) is not { } function)
                throw new AwsException("ResourceNotFoundException", $"Function {mapping.FunctionName} does not exist.", 404);
            result = await cloud.Lambda.RunAsync(function, batch.Payload(), cloud.Gateway.NewRequestId());
        }
        catch (AwsException trouble)
        {
            // Throttled, or no such function: it never ran, so no retry is used up.
            report($"PROBLEM: {trouble.Message}");
            PutBack([batch]);
            Done(NextPause());
            return;
        }

        var tried = batch with { Invocations = batch.Invocations + 1 };
        var first = BatchVerdict.FirstToRetry(tried, result, mapping.ReportBatchItemFailures);
        if (first == tried.Records.Length)
        {
            report("OK");
            consecutiveFailures = 0;
            Done(TimeSpan.Zero);
            return;
        }

        report($"PROBLEM: Function call failed ({result.Error ?? "batchItemFailures"})");
        var left = BatchVerdict.Again(tried, first, mapping.BisectBatchOnFunctionError);
        var split = left.Length > 1 || left[0].Retries == tried.Retries;
        if (!split && mapping.MaximumRetryAttempts >= 0 && left[0].Retries > mapping.MaximumRetryAttempts)
        {
            await new OnFailureDestination(cloud, mapping, shardId, report).SendAsync(left[0], "RetryAttemptsExhausted", result);
            consecutiveFailures = 0;
            Done(TimeSpan.Zero);
            return;
        }

        PutBack(left);
        Done(split ? TimeSpan.Zero : NextPause());
    }

    private StreamBatch? TakeBatch(EventSourceMapping mapping)
    {
        lock (gate)
        {
            if (stopped) return null;
            if (again.First is { } first)
            {
                again.RemoveFirst();
                return first.Value;
            }

            var records = ImmutableArray.CreateBuilder<TableStreamRecord>();
            var bytes = 0;
            while (records.Count < mapping.BatchSize && pending.TryPeek(out var next))
            {
                bytes += System.Text.Encoding.UTF8.GetByteCount(next.Record.Record.ToJsonString());
                if (records.Count > 0 && bytes > MaximumBatchBytes) break;
                records.Add(pending.Dequeue().Record);
            }

            return records.Count == 0 ? null : new StreamBatch(records.ToImmutable());
        }
    }

    private void PutBack(ImmutableArray<StreamBatch> batches)
    {
        lock (gate)
        {
            foreach (var batch in batches.Reverse()) again.AddFirst(batch);
        }
    }

    /// <summary>Ends this delivery; the consumer rests for the pause and goes on.</summary>
    private void Done(TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
        {
            cloud.Work.PostAfter($"{Name} again", pause, RestedAsync);
            return;
        }

        lock (gate) running = false;
        Schedule();
    }

    private Task RestedAsync()
    {
        lock (gate) running = false;
        Schedule();
        return Task.CompletedTask;
    }

    private TimeSpan NextPause()
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(consecutiveFailures++, 10));
        return pause < LongestPause ? pause : LongestPause;
    }
}
