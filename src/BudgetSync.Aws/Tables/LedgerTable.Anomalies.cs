using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Aws.Tables;

/// <content>What AWS Cost Anomaly Detection told of, in a partition of its own: few items, which are forgotten after a month.</content>
public sealed partial class LedgerTable
{
    private const string Anomalies = "anomalies";

    /// <summary>
    /// Keeps an anomaly over what was known of it, and what was known where that is more: costs of an anomaly only grow, and events come late and in any order.
    /// </summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task KeepAsync(CostAnomaly anomaly, CancellationToken cancellation)
    {
        var item = new ItemWriter()
            .Text("AccountId", Anomalies)
            .Text("Entry", $"{anomaly.Account}#{anomaly.Id}")
            .Text("Account", anomaly.Account)
            .Text("Id", anomaly.Id)
            .Amount("Impact", anomaly.Impact)
            .Amount("Percent", anomaly.Percent)
            .Text("Cause", anomaly.Cause)
            .Text("Since", anomaly.Since)
            .Time("SeenAt", anomaly.SeenAt)
            .Number("ExpiresAt", anomaly.SeenAt.Add(Limits.AnomaliesKept).ToUnixTimeSeconds())
            .Done();
        var request = new PutItemRequest
        {
            TableName = table,
            Item = item,
            ConditionExpression = "attribute_not_exists(Impact) OR Impact <= :impact",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":impact"] = item["Impact"] },
        };
        try
        {
            await caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
        {
            var seen = new UpdateItemRequest
            {
                TableName = table,
                Key = Key(Anomalies, $"{anomaly.Account}#{anomaly.Id}"),
                UpdateExpression = "SET SeenAt = :seen, ExpiresAt = :end",
                ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                {
                    [":seen"] = item["SeenAt"],
                    [":end"] = item["ExpiresAt"],
                },
            };
            await caller.CallAsync("dynamodb", "UpdateItem", token => dynamo.UpdateItemAsync(seen, token), cancellation);
        }
    }

    /// <summary>All that are kept, by account.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ILookup<string, CostAnomaly>> AnomaliesAsync(CancellationToken cancellation) =>
        (await QueryAsync(Anomalies, cancellation)).Select(Anomaly).ToLookup(anomaly => anomaly.Account, StringComparer.Ordinal);

    private static CostAnomaly Anomaly(Dictionary<string, AttributeValue> attributes)
    {
        var item = new ItemReader(attributes);
        return new CostAnomaly(
            item.Text("Id") ?? "",
            item.Text("Account") ?? "",
            item.Amount("Impact") ?? 0,
            item.Amount("Percent"),
            item.Text("Cause") ?? "",
            item.Text("Since") ?? "",
            item.Time("SeenAt") ?? DateTimeOffset.UnixEpoch);
    }
}
