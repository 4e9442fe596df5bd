using System.Collections.Concurrent;
using BudgetSync.LocalAws.DynamoDb.Operations;
using BudgetSync.LocalAws.DynamoDb.Streams;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb;

/// <summary>Every account's tables and streams, by ARN.</summary>
internal sealed class DynamoDbState(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, StreamLog> streams = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, Table> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>Held while tables come, go or change their settings.</summary>
    public Lock Gate { get; } = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public IEnumerable<StreamLog> Streams => streams.Values.Where(IsReadable);

    /// <summary>The ARN of a table named by a request, which may give a name or an ARN.</summary>
    public static string Arn(AwsCall call, string nameOrArn) => nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
        ? nameOrArn
        : $"arn:aws:dynamodb:{call.Region}:{call.AccountId}:table/{nameOrArn}";

    /// <summary>The table that an item operation names.</summary>
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; AccessDeniedException for another account's table, which would need a resource policy.
    /// </exception>
    public Table Table(AwsCall call, string nameOrArn) => Find(call, nameOrArn) ?? throw Errors.NoResource();

    public Table? Find(AwsCall call, string nameOrArn)
    {
        if (!nameOrArn.StartsWith("arn:", StringComparison.Ordinal)) TableName.Validate(nameOrArn);
        var arn = Arn(call, nameOrArn);
        if (!arn.StartsWith($"arn:aws:dynamodb:{call.Region}:{call.AccountId}:table/", StringComparison.Ordinal))
            throw new AwsException(
                "AccessDeniedException",
                $"{call.Caller.SessionArn} may not use {arn}: it is no table of account {call.AccountId} in {call.Region}, and LocalAws has no resource "
                    + $"policies of tables.");
        return Tables.GetValueOrDefault(arn);
    }

    public StreamLog? FindStream(string arn) => streams.TryGetValue(arn, out var stream) && IsReadable(stream) ? stream : null;

    /// <summary>Gives a table a new stream; its label is the time, moved on by a millisecond where a former stream has that one.</summary>
    public StreamLog OpenStream(Table table, string viewType)
    {
        var at = Now;
        while (true)
        {
            var label = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
            var stream = new StreamLog($"{table.Arn}/stream/{label}", table.Name, table.Region, label, viewType, table.Keys.Elements, at);
            if (streams.TryAdd(stream.Arn, stream)) return stream;
            at += TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>A closed stream can be read until its last record is 24 hours old.</summary>
    private bool IsReadable(StreamLog stream)
    {
        if (stream.DisabledAt is not { } closed || closed + AwsLimits.DynamoDb.StreamRetention > Now) return true;
        streams.TryRemove(stream.Arn, out _);
        return false;
    }
}
