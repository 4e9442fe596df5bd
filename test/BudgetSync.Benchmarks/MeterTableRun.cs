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
        using var counter = new ActionCounter(cloud.CreateHandler());
        using var clients = new AwsClients(variables, counter);
        await clients.Dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = [new("Part", "S"), new("Item", "S")],
            KeySchema = [new("Part", "HASH"), new("Item", "RANGE")],
        });
        var caller = new AwsCaller(TimeProvider.System, new Random(1), JsonLog.Silent);
        var table = new AiTable(clients.Dynamo, Table, caller);
        var profiles = new ModelProfiles(clients.Models("us-east-1"), caller, JsonLog.Silent);
        var meter = new CallMeter(AccountId.Parse(Account), PriceList.BuiltIn, profiles, table, caller, JsonLog.Silent);
        var (clock, counted, doubles) = (Stopwatch.StartNew(), 0, 0);
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        await Parallel.ForEachAsync(records.Chunk(RecordsOfBatch), new ParallelOptions { MaxDegreeOfParallelism = MetersAtOnce }, async (batch, token) =>
        {
            var events = batch.Select((message, index) => new DeliveredEvent($"{index:d56}", message));
            var answer = await meter.CountAsync(new LogBatch("/aws/bedrock", false, [.. events]), token);
            Interlocked.Add(ref counted, answer.Counted);
            Interlocked.Add(ref doubles, answer.Doubles);
        });

        var (elapsed, used) = (clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
        var day = new DateOnly(2026, 11, 29);
        var sum = (await table.SumsAsync(day, day, CancellationToken.None)).Sum(one => one.Hours.Sum());
        var isExact = new BigInteger(sum * MeterRun.Units) == expected && counted == requests && doubles == records.Length - requests;
        var transactions = cloud.Calls.Count("dynamodb", "TransactWriteItems");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{records.Length} records of {requests} requests: {sum} USD, {doubles} doubles; the independent sum is {(isExact ? "the same" : "ANOTHER")}; "
                + $"{elapsed:0.0} s, {records.Length / elapsed:0} records a second by the clock, {records.Length / used:0} by the processors' time; "
                + $"{transactions} transactions of {counter.Puts} ids and {counter.Updates} sums"));
        return isExact ? 0 : 1;
    }

    /// <summary>Counts the actions of transactions, those that were cancelled too: DynamoDB charges them all.</summary>
    private sealed class ActionCounter(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private long puts;
        private long updates;

        public long Puts => puts;

        public long Updates => updates;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content && request.Headers.TryGetValues("X-Amz-Target", out var names)
                && names.Any(name => name.EndsWith(".TransactWriteItems", StringComparison.Ordinal)))
            {
                var body = await content.ReadAsByteArrayAsync(cancellationToken);
                Interlocked.Add(ref puts, Count(body, "{\"Put\":"u8));
                Interlocked.Add(ref updates, Count(body, "{\"Update\":"u8));
            }

            return await base.SendAsync(request, cancellationToken);
        }

        private static int Count(ReadOnlySpan<byte> body, ReadOnlySpan<byte> part)
        {
            var count = 0;
            for (int at; (at = body.IndexOf(part)) >= 0; count++) body = body[(at + part.Length)..];
            return count;
        }
    }
}
