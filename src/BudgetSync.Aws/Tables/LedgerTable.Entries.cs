using System.Collections.Immutable;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Tables;

/// <content>What was decided, approved, done and undone of restrictions: appended, never changed, forgotten after 400 days.</content>
public sealed partial class LedgerTable
{
    /// <summary>Writes an entry, once: where it is there already, whoever wrote it came so far and no further.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task RecordAsync(string account, LedgerEntry entry, CancellationToken cancellation)
    {
        var request = new PutItemRequest
        {
            TableName = table,
            Item = LedgerItem.Recorded(account, entry),
            ConditionExpression = "attribute_not_exists(AccountId)",
        };
        try
        {
            await caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
        {
            // Written by an invocation that died before it could strike the entry out.
        }
    }

    /// <summary>The entries of an account, oldest first.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<LedgerEntry>> EntriesAsync(string account, CancellationToken cancellation) =>
        [.. (await QueryAsync(account, cancellation)).Select(LedgerItem.ParseRecorded).OfType<LedgerEntry>()];

    /// <summary>The entries of all accounts, in order of time.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<(string Account, LedgerEntry Entry)>> AllEntriesAsync(CancellationToken cancellation)
    {
        var items = await TableScan.ReadAsync(dynamo, table, projection: null, caller, cancellation);
        return
        [
            .. items.Select(item => (Account: new ItemReader(item).Text("AccountId") ?? "", Entry: LedgerItem.ParseRecorded(item)!))
                .Where(one => one.Entry is not null)
                .OrderBy(one => one.Entry.At).ThenBy(one => one.Account, StringComparer.Ordinal),
        ];
    }
}
