using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Stack;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>Writes a file's rows into the budgets table, each by itself: one that DynamoDB refuses takes no other with it.</summary>
internal sealed class RowWriter(IAmazonDynamoDB dynamo, TimeProvider time)
{
    /// <summary>DynamoDB takes far more; this keeps a laptop's two cores busy and no more.</summary>
    private const int RowsInFlight = 16;

    private readonly ConcurrentDictionary<string, DateTimeOffset> written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RowEntry, IReadOnlyList<string>> refused = new();

    /// <summary>When each row was written, by key.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> WrittenAt => written;

    /// <summary>Rows that never reached the table, with every reason.</summary>
    public IReadOnlyDictionary<RowEntry, IReadOnlyList<string>> Refused => refused;

    public Task WriteAsync(IReadOnlyList<RowEntry> rows, CancellationToken cancellation) =>
        BoundedConcurrency.ForEachAsync(rows, RowsInFlight, WriteAsync, cancellation);

    private async Task WriteAsync(RowEntry row, CancellationToken cancellation)
    {
        if (row.Problems.Count > 0)
        {
            refused[row] = row.Problems;
            return;
        }

        if (row.Image.Key.Length == 0)
        {
            refused[row] =
            [
                $"AccountId: is missing or empty in {row.Position}; a row needs the 12 digits of its account, an OU's id, the root's id, or the word default"
            ];
            return;
        }

        try
        {
            written[row.Image.Key] = time.GetUtcNow();
            await dynamo.PutItemAsync(new PutItemRequest { TableName = LocalOrganization.BudgetsTable, Item = RowImageMapper.Item(row.Image) }, cancellation);
        }
        catch (AmazonDynamoDBException exception)
        {
            written.TryRemove(row.Image.Key, out _);
            refused[row] = [$"DynamoDB refuses the row of {row.Position}: {exception.Message}"];
        }
    }
}
