using System.Collections.Immutable;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;
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
        [
            .. (await QueryAsync(account, cancellation)).Select(LedgerItem.ParseRecorded).OfType<LedgerEntry>()
                .OrderBy(entry => entry.At).ThenBy(entry => entry.Step),
        ];

    /// <summary>
    /// The entries of an account and of the kill switch, or of all accounts, with what channels were told of suspensions from models, in order of time.
    /// </summary>
    /// <param name="account">Null: all.</param>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<(string Account, LedgerEntry Entry)>> TrailAsync(string? account, CancellationToken cancellation)
    {
        var items = account is null
            ? await TableScan.ReadAsync(dynamo, table, projection: null, caller, cancellation)
            : account == RestrictionAlerts.EveryAccount ? await QueryAsync(account, cancellation)
            : [.. await QueryAsync(account, cancellation), .. await QueryAsync(RestrictionAlerts.EveryAccount, cancellation)];
        return
        [
            .. items.GroupBy(item => new ItemReader(item).Text("AccountId") ?? "", StringComparer.Ordinal)
                .SelectMany(partition => LedgerItem.Trail(partition).Select(entry => (Account: partition.Key, Entry: entry)))
                .OrderBy(one => one.Entry.At).ThenBy(one => one.Account, StringComparer.Ordinal).ThenBy(one => one.Entry.Step),
        ];
    }
}
