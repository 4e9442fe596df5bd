using BudgetSync.Core.Ai;
using BudgetSync.Core.Ai.Billing;
using BudgetSync.Core.Ai.Offers;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>What was metered beside what was billed, and what the difference is made of.</summary>
public sealed class BillComparisonTests
{
    private const string Nova = "amazon.nova-pro-v1:0";

    private static readonly AccountId Account = AccountId.Parse("111122223333");

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void Only_days_are_compared_that_ended_more_than_72_hours_ago()
    {
        Assert.Equal((new DateOnly(2026, 11, 12), new DateOnly(2026, 11, 25)), AiDayCost.Span(Now));
        Assert.Equal(new DateOnly(2026, 11, 25), AiDayCost.Span(new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero)).Last);
        var late = Of([Metered(5, new DateOnly(2026, 11, 26))], [Billed("USE1-NovaPro-input-tokens", 9, new DateOnly(2026, 11, 26))]);

        Assert.Empty(late.Lines);
    }

    [Theory]
    [InlineData("Amazon Bedrock", "USE1-NovaPro-input-tokens", Nova)]
    [InlineData("Amazon Bedrock", "EUC1-NovaPro-cache-read-input-token-count", Nova)]
    [InlineData("Claude 3.5 Sonnet v2 (Amazon Bedrock Edition)", "USE1-MP:USE1_InputTokenCount-Units", "anthropic.claude-3-5-sonnet-20241022-v2:0")]
    [InlineData("Claude 9 (Amazon Bedrock Edition)", "USE1-MP:USE1_InputTokenCount-Units", null)]
    [InlineData("Amazon Bedrock", "USE1-NovaProX-input-tokens", null)]
    [InlineData("Amazon Bedrock", "USE1-Guardrail-ContentPolicyUnitsConsumed", null)]
    public void A_name_of_a_bill_is_a_model_where_the_table_has_it_and_is_never_guessed(string service, string usage, string? model) =>
        Assert.Equal(model, new BilledUsage(Account, Day, service, usage, 1).Model(ModelNames.BuiltIn()));

    [Fact]
    public void Models_stand_side_by_side_with_the_greatest_difference_first()
    {
        var found = Of(
            [Metered(10), Metered(3, model: "anthropic.claude-sonnet-4-20250514-v1:0")],
            [
                Billed("USE1-NovaPro-input-tokens", 6), Billed("USE1-NovaPro-output-tokens", 4.2m),
                Billed("USE1-MP:USE1_InputTokenCount-Units", 8, service: "Claude Sonnet 4 (Amazon Bedrock Edition)"),
            ]);

        Assert.Equal(
            ["anthropic.claude-sonnet-4-20250514-v1:0 3 8 5", $"{Nova} 10 10.2 0.2"],
            found.Lines.Select(line => FormattableString.Invariant($"{line.Name} {line.Metered} {line.Billed} {line.Difference}")));
        Assert.True(found.Differs);
        Assert.Empty(found.Known);
        Assert.StartsWith("perhaps 5.20 USD are of Regions that are not metered", Assert.Single(found.Guesses), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_numbers_say_is_known_and_comes_before_any_guess()
    {
        var found = Of(
            [Metered(10, unpriced: 1200, uncounted: 3)],
            [
                Billed("USE1-NovaPro-input-tokens", 10), Billed("USE1-NovaPro-input-tokens-mantle", 7), Billed("USE1-NovaPro-input-tokens-batch", 2),
                Billed("USE1-Guardrail-ContentPolicyUnitsConsumed", 0.5m), Billed("USE1-NovaPro-input-tokens", 4, Day.AddDays(-2)),
            ]);

        Assert.Equal<string[]>(
            [
                "7.00 USD are billed for bedrock-mantle, whose calls are in no invocation log: deny it (DENY_AI)",
                $"1,200 calls have no price here and are in no metered sum: {Nova} (budgetsync ai prices refresh)",
                $"3 calls have no counted tokens in the log and are not, or not whole, in a metered sum: {Nova}",
                "2.00 USD are billed as batch, which the log does not tell from calls on demand, or does not have",
                "0.50 USD are billed under names that no model here is known by, so they stand on lines of their own beside what was metered of them",
                "4.00 USD are billed for days before the first that was metered, 2026-11-20",
            ],
            [.. found.Known]);
        Assert.Equal(7, found.Mantle);
        Assert.Contains(found.Lines, line => line.Name == "bedrock-mantle: Amazon Bedrock USE1-NovaPro-input-tokens-mantle");
        Assert.All(found.Guesses, guess => Assert.StartsWith("perhaps ", guess, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10, 10.9, false)]
    [InlineData(100, 101.5, true)]
    [InlineData(2, 2.5, true)]
    [InlineData(0, 0, false)]
    public void Ten_percent_and_a_dollar_are_as_close_as_bills_are(double metered, double billed, bool differs) =>
        Assert.Equal(differs, Of([Metered((decimal)metered)], [Billed("USE1-NovaPro-input-tokens", (decimal)billed)]).Differs);

    [Fact]
    public void The_dearest_models_of_a_day_are_named_and_the_others_are_one_sum()
    {
        var principal = AiPrincipal.OfRole("Data");
        var sums = Enumerable.Range(1, 25).Select(number =>
            new AiDaySum(principal, new BedrockModel($"model-{number:d2}", ModelKind.Regional), "us-east-1", Day, [number, 0.5m]) { Calls = 2 });

        var days = AiDayCost.Of(sums, paid: 0.5m);

        Assert.Equal(AiDayCost.MostModels + 1, days.Length);
        Assert.Equal(("model-25", 12.75m, 2L), (days[0].Model, days[0].Cost, days[0].Calls));
        Assert.Equal((AiDayCost.Rest, 8.75m, 10L), (days[^1].Model, days[^1].Cost, days[^1].Calls));
    }

    private static BillComparison Of(AiDayCost[] metered, BilledUsage[] billed) =>
        BillComparison.Of(Account, metered, billed, AiDayCost.Span(Now), ModelNames.BuiltIn());

    private static AiDayCost Metered(decimal cost, DateOnly? day = null, string model = Nova, long unpriced = 0, long uncounted = 0) =>
        new(day ?? Day, model, cost) { UnpricedCalls = unpriced, UncountedCalls = uncounted };

    private static BilledUsage Billed(string usage, decimal amount, DateOnly? day = null, string service = "Amazon Bedrock") =>
        new(Account, day ?? Day, service, usage, amount);
}
