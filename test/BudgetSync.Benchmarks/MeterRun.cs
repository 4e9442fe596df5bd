using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using BudgetSync.Core.Ai;

namespace BudgetSync.Benchmarks;

/// <summary>
/// Records of the model invocation log, of which one in twenty comes twice and in any order, read and added up; beside it a sum of its own in whole numbers.
/// </summary>
internal static class MeterRun
{
    private const int Seed = 20261129;

    /// <summary>Units of the independent sum in a dollar: a price has at most nine decimals of a dollar for a million tokens.</summary>
    internal const decimal Units = 1_000_000_000_000_000m;

    public static int Run(int requests)
    {
        var (records, expected) = Generate(requests);
        var meter = new Meter(PriceList.BuiltIn);
        var unread = 0;
        var (clock, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        foreach (var text in records)
        {
            if (InvocationRecordReader.Read(text, out _) is { } record) meter.Add(record);
            else unread++;
        }

        var (elapsed, used) = (clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
        var usages = meter.Usages;
        var cost = usages.Sum(usage => usage.Cost);
        var isExact = new BigInteger(cost * Units) == expected && usages.Sum(usage => usage.Calls) == requests && unread == 0
            && usages.All(usage => usage.UnpricedCalls == 0);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{records.Length} records of {requests} requests: {cost} USD, {meter.Doubles} doubles; "
                + $"the independent sum is {(isExact ? "the same" : "ANOTHER")}; "
                + $"{elapsed:0.0} s, {records.Length / elapsed:0} records a second by the clock, {records.Length / used:0} by the processors' time"));
        return isExact ? 0 : 1;
    }

    /// <summary>Those of the first list, in two Regions each: the numbers in the README stay comparable whatever the list holds.</summary>
    private static readonly string[] Models =
    [
        "amazon.nova-lite-v1:0", "amazon.nova-pro-v1:0", "anthropic.claude-3-5-haiku-20241022-v1:0", "anthropic.claude-3-5-sonnet-20240620-v1:0",
        "anthropic.claude-3-5-sonnet-20241022-v2:0", "anthropic.claude-3-haiku-20240307-v1:0", "deepseek.r1-v1:0", "meta.llama3-3-70b-instruct-v1:0",
        "meta.llama4-maverick-17b-instruct-v1:0",
    ];

    internal static (string[] Records, BigInteger Expected) Generate(int requests)
    {
        var random = new Random(Seed);
        var prices = PriceList.BuiltIn.Entries.Where(entry => entry.Kind == ModelKind.Regional && Models.Contains(entry.Model)).ToArray();
        var records = new List<string>(requests + (requests / 20) + 1);
        var expected = BigInteger.Zero;
        for (var number = 0; number < requests; number++)
        {
            var price = prices[random.Next(prices.Length)];
            var (input, output) = (random.Next(200_000), random.Next(8_000));
            expected += (input * new BigInteger(price.Input * 1_000_000_000)) + (output * new BigInteger(price.Output * 1_000_000_000));
            records.Add(
                $$"""{"timestamp":"2026-11-29T06:30:00Z","accountId":"111122223333","region":"{{price.Region}}","""
                + $$""" "requestId":"{{new Guid(number, 0, 0, new byte[8])}}","""
                + $$""" "operation":"Converse","modelId":"us.{{price.Model}}","input":{"inputContentType":"application/json","inputTokenCount":{{input}}},"""
                + $$""" "output":{"outputContentType":"application/json","outputTokenCount":{{output}}},"identity":{"arn":"arn:aws:sts::111122223333:"""
                + $$"""assumed-role/Team{{random.Next(50)}}/session-{{number}}"},"schemaType":"ModelInvocationLog","schemaVersion":"1.0"}""");
            if (number % 20 == 0) records.Add(records[^1]);
        }

        var all = records.ToArray();
        random.Shuffle(all);
        return (all, expected);
    }
}
