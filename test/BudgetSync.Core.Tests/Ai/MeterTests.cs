using System.Numerics;
using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Tests.Ai;

public sealed class MeterTests
{
    private static readonly AccountId Account = AccountId.Parse("111122223333");

    private static readonly DateTimeOffset At = new(2026, 11, 29, 6, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_hundred_thousand_records_with_doubles_in_any_order_cost_what_an_independent_sum_says()
    {
        const int Requests = 100_000;
        var random = new Random(20261129);
        var models = PriceList.BuiltIn.Entries.Where(entry => entry.Kind == ModelKind.Regional).ToArray();
        var records = new List<InvocationRecord>();
        // In units of 1e-15 USD, whole numbers all along: prices have at most nine decimals of a dollar for a million tokens.
        var expected = BigInteger.Zero;
        for (var number = 0; number < Requests; number++)
        {
            var entry = models[random.Next(models.Length)];
            var tokens = new TokenCount(random.Next(200_000), 0, 0, random.Next(8_000));
            expected += (tokens.Input * new BigInteger(entry.Input * 1_000_000_000)) + (tokens.Output * new BigInteger(entry.Output * 1_000_000_000));
            records.Add(Record($"request-{number}", entry.Region, entry.Model, tokens));
            if (number % 20 == 0) records.Add(records[^1]);
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(records));
        var meter = new Meter(PriceList.BuiltIn);
        foreach (var record in records) meter.Add(record);

        Assert.Equal(expected, new BigInteger(meter.Usages.Sum(usage => usage.Cost) * 1_000_000_000_000_000m));
        Assert.Equal((Requests / 20, Requests), (meter.Doubles, meter.Usages.Sum(usage => usage.Calls)));
    }

    [Fact]
    public void A_call_without_a_price_is_counted_and_costs_nothing_so_no_budget_is_reached_by_it()
    {
        var meter = new Meter(PriceList.BuiltIn);
        meter.Add(Record("1", "us-east-1", "a.model-of-next-year-v1:0", new TokenCount(1_000_000_000, 0, 0, 1_000_000_000)));

        var usage = Assert.Single(meter.Usages);
        Assert.Equal((1L, 1L, 0m), (usage.Calls, usage.UnpricedCalls, usage.Cost));
        Assert.Equal(AiStanding.Within, AiBudget.Default.Of(usage.Cost));
    }

    [Fact]
    public void A_failed_call_of_a_model_without_a_price_is_not_unpriced()
    {
        var meter = new Meter(PriceList.BuiltIn);
        meter.Add(Record("1", "us-east-1", "a.model-of-next-year-v1:0", default) with { ErrorCode = "ThrottlingException" });

        Assert.Equal((0, 0), (Assert.Single(meter.Usages).UnpricedCalls, Assert.Single(meter.Usages).UncountedCalls));
    }

    /// <summary>What was answered costs something, and the log does not say how much: that is seen, and is in no sum.</summary>
    [Theory]
    [InlineData("amazon.nova-canvas-v1:0", 0, true, "", 1)]
    [InlineData("amazon.nova-canvas-v1:0", 0, false, "", 1)]
    [InlineData("amazon.nova-canvas-v1:0", 0, false, "ModelStreamErrorException", 1)]
    [InlineData("amazon.nova-canvas-v1:0", 0, false, "ModelTimeoutException", 0)]
    [InlineData("amazon.nova-pro-v1:0", 50, false, "", 1)]
    [InlineData("amazon.nova-pro-v1:0", 50, true, "", 0)]
    [InlineData("amazon.titan-embed-text-v2:0", 50, false, "", 0)]
    [InlineData("arn:aws:bedrock:us-east-1:111122223333:provisioned-model/ab12cd34ef56", 0, false, "", 0)]
    public void A_call_whose_tokens_the_log_does_not_tell_is_counted_apart(string model, long input, bool hasOutputCount, string error, long uncounted)
    {
        var meter = new Meter(PriceList.BuiltIn);
        meter.Add(Record("1", "us-east-1", model, new TokenCount(input, 0, 0, 0)) with { HasOutputCount = hasOutputCount, ErrorCode = error });

        Assert.Equal((1, uncounted), (Assert.Single(meter.Usages).Calls, Assert.Single(meter.Usages).UncountedCalls));
        Assert.Equal(AiStanding.Within, AiBudget.Default.Of(Assert.Single(meter.Usages).Cost));
    }

    [Fact]
    public void Request_ids_of_other_accounts_and_regions_are_other_requests()
    {
        var meter = new Meter(PriceList.BuiltIn);
        var record = Record("1", "us-east-1", "amazon.nova-pro-v1:0", new TokenCount(1, 0, 0, 1));

        Assert.True(meter.Add(record));
        Assert.True(meter.Add(record with { Region = "us-west-2" }));
        Assert.True(meter.Add(record with { Account = AccountId.Parse("444455556666") }));
        Assert.False(meter.Add(record));
        Assert.Equal(1, meter.Doubles);
    }

    [Fact]
    public void Sessions_of_a_role_are_one_principal_and_the_dearest_comes_first()
    {
        var meter = new Meter(PriceList.BuiltIn);
        var cheap = Record("1", "us-east-1", "amazon.nova-lite-v1:0", new TokenCount(1000, 0, 0, 1000));
        meter.Add(cheap);
        meter.Add(cheap with { RequestId = "2", IdentityArn = "arn:aws:sts::111122223333:assumed-role/DataScience/another" });
        meter.Add(cheap with { RequestId = "3", ModelId = "us.anthropic.claude-3-5-sonnet-20241022-v2:0" });

        Assert.Equal(
            [("role/DataScience", "anthropic.claude-3-5-sonnet-20241022-v2:0", 1L), ("role/DataScience", "amazon.nova-lite-v1:0", 2L)],
            meter.Usages.Select(usage => (usage.Principal.Name, usage.Model.Id, usage.Calls)));
    }

    private static InvocationRecord Record(string id, string region, string model, TokenCount tokens) =>
        new(id, At, Account, region, "Converse", model, "arn:aws:sts::111122223333:assumed-role/DataScience/notebook", tokens);
}
