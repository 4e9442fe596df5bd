using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Metering;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.LocalAws;

namespace BudgetSync.Benchmarks;

/// <summary>
/// The same records counted by Meter into a table of LocalAws, in batches as a subscription brings them, four at once. What it says of speed is about our code
/// and LocalAws on this machine; of the transactions that it makes, about DynamoDB too.
/// </summary>
internal static class MeterTableRun
{
    private const string Account = "111122223333";
    private const string Table = "BudgetSync-Ai";

    /// <summary>Some 700 bytes each, well within the 1 MB of a PutLogEvents.</summary>
    private const int RecordsOfBatch = 200;

    private const int MetersAtOnce = 4;

    public static async Task<int> RunAsync(int requests)
    {
        var (records, expected) = MeterRun.Generate(requests);
        await using var cloud = new LocalCloud(new LocalCloudOptions { CallsKept = 0 });
        var variables = new Dictionary<string, string>
        {
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = Account,
            ["AWS_SECRET_ACCESS_KEY"] = "x",
            ["AWS_ENDPOINT_URL"] = "http://aws.localhost",
        };
        using var clients = new AwsClients(variables, cloud.CreateHandler());
        await clients.Dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = [new("Part", "S"), new("Item", "S")],
            KeySchema = [new("Part", "HASH"), new("Item", "RANGE")],
        });
        var caller = new AwsCaller(TimeProvider.System, new Random(1), JsonLog.Silent);
        var table = new AiTable(clients.Dynamo, Table, caller);
        var profiles = new ModelProfiles(clients.Models, caller, JsonLog.Silent);
        var meter = new CallMeter(AccountId.Parse(Account), PriceList.BuiltIn, profiles, table, caller, JsonLog.Silent);
        var (clock, counted, doubles) = (Stopwatch.StartNew(), 0, 0);
        await Parallel.ForEachAsync(records.Chunk(RecordsOfBatch), new ParallelOptions { MaxDegreeOfParallelism = MetersAtOnce }, async (batch, token) =>
        {
            var events = batch.Select((message, index) => new DeliveredEvent($"{index:d56}", message));
            var answer = await meter.CountAsync(new LogBatch("/aws/bedrock", false, [.. events]), token);
            Interlocked.Add(ref counted, answer.Counted);
            Interlocked.Add(ref doubles, answer.Doubles);
        });

        var elapsed = clock.Elapsed.TotalSeconds;
        var day = new DateOnly(2026, 11, 29);
        var sum = (await table.SumsAsync(day, day, CancellationToken.None)).Sum(one => one.Hours.Sum());
        var isExact = new BigInteger(sum * MeterRun.Units) == expected && counted == requests && doubles == records.Length - requests;
        var transactions = cloud.Calls.Count("dynamodb", "TransactWriteItems");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{records.Length} records of {requests} requests: {sum} USD, {doubles} doubles; the independent sum is {(isExact ? "the same" : "ANOTHER")}; "
                + $"{elapsed:0.0} s, {records.Length / elapsed:0} records a second, {transactions} transactions"));
        return isExact ? 0 : 1;
    }
}
