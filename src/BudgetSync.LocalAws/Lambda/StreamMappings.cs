using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>The event source mappings of all accounts.</summary>
internal sealed class StreamMappings(LocalCloud cloud, LambdaService lambda) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string AccountId, string Region, string Id), StreamPoller> pollers = [];

    /// <exception cref="AwsException">InvalidParameterValueException.</exception>
    public void Put(EventSourceMapping mapping)
    {
        Check(mapping);
        lock (gate)
        {
            if (pollers.TryGetValue((mapping.AccountId, mapping.Region, mapping.Id), out var existing))
            {
                if (existing.Mapping.StreamArn != mapping.StreamArn || existing.Mapping.ParallelizationFactor != mapping.ParallelizationFactor)
                    throw FunctionCheck.Invalid(
                        $"Event source mapping {mapping.Id} cannot change its stream or its parallelization factor here; delete it and create another.");
                existing.Update(mapping);
                return;
            }

            pollers.Add((mapping.AccountId, mapping.Region, mapping.Id), new StreamPoller(cloud, mapping));
        }
    }

    public void Delete(string accountId, string region, string id)
    {
        lock (gate)
        {
            if (pollers.Remove((accountId, region, id), out var poller)) poller.Dispose();
        }
    }

    public IReadOnlyList<(EventSourceMapping Mapping, string LastResult)> List(string accountId, string region)
    {
        lock (gate)
        {
            return [.. pollers.Values.Where(poller => poller.Mapping.AccountId == accountId && poller.Mapping.Region == region)
                .Select(poller => (poller.Mapping, poller.LastResult))
                .OrderBy(pair => pair.Mapping.Id, StringComparer.Ordinal)];
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var poller in pollers.Values) poller.Dispose();
            pollers.Clear();
        }
    }

    private void Check(EventSourceMapping mapping)
    {
        FunctionCheck.Range("BatchSize", mapping.BatchSize, 1, 10_000);
        FunctionCheck.Range("MaximumBatchingWindowInSeconds", (int)mapping.BatchingWindow.TotalSeconds, 0, 300);
        FunctionCheck.Range("ParallelizationFactor", mapping.ParallelizationFactor, 1, 10);
        FunctionCheck.Range("MaximumRetryAttempts", mapping.MaximumRetryAttempts, -1, 10_000);
        if (mapping.MaximumRecordAge is { } age) FunctionCheck.Range("MaximumRecordAgeInSeconds", (int)age.TotalSeconds, 60, 604_800);
        if (mapping.Filters.Length > 5) throw FunctionCheck.Invalid($"FilterCriteria has {mapping.Filters.Length} filters, and may have 5.");
        if (mapping.OnFailure is { } destination && Arn.ServiceOf(destination) is not ("sqs" or "sns"))
            throw FunctionCheck.Invalid($"The on-failure destination {destination} is neither an SQS queue nor an SNS topic.");
        if (lambda.FindFunction(mapping.AccountId, mapping.FunctionName, mapping.Region) is null)
            throw new AwsException("ResourceNotFoundException", $"Function not found: {mapping.FunctionName}", 404);
        if (!cloud.DynamoDb.Streams.Exists(mapping.StreamArn)) throw FunctionCheck.Invalid($"Stream not found: {mapping.StreamArn}");
        if (StreamAccess.Missing(cloud, mapping) is { } missing) throw FunctionCheck.Invalid(missing);
    }
}
