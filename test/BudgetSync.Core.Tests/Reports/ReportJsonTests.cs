using System.Collections.Immutable;
using System.Text;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace BudgetSync.Core.Tests.Reports;

public sealed class ReportJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Report Full = new()
    {
        Account = AccountId.Parse("111122223333"),
        Revision = "0123456789abcdef",
        ParameterVersion = 7,
        Outcome = ReportOutcome.Rejected,
        Reasons = ["\"Grüße\": <too> many €"],
        Changes = ["create"],
        Drift = ["is missing"],
        Adopted = ["was taken over"],
        Budgets =
        [
            new ReportedBudget("SpokeAccountBudget", 1500.50m, "USD", 12.34m, null, SpendState.Under)
            {
                HealthProblem = "FILTER_INVALID",
                HealthSince = At.AddDays(-2),
                AsOf = At.AddMinutes(-1),
                Period = new BudgetPeriod(new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1)),
                UpdatedAt = At.AddDays(-1),
                EndsAt = At.AddDays(30),
                Thresholds = EquatableArray.Create(
                [
                    new ThresholdState(new NotificationKey(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, 80, ThresholdType.PERCENTAGE), true),
                    new ThresholdState(
                        new NotificationKey(NotificationType.FORECASTED, ComparisonOperator.LESS_THAN, 5.5m, ThresholdType.ABSOLUTE_VALUE),
                        false),
                ]),
                Closed = [new ClosedAmount(new BudgetPeriod(new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 1)), "USD", null, 930.25m)],
            },
            new ReportedBudget("gone", null, "", null, null, SpendState.Unknown) { Missing = true },
        ],
        At = At,
    };

    [Fact]
    public void A_report_reads_back_as_it_was_written() => Assert.Equal(Full, Read(ReportJson.Format(Full)));

    [Fact]
    public void The_smallest_report_is_an_outcome_and_a_time() =>
        Assert.Equal(new Report { Outcome = ReportOutcome.Applied, At = At }, Read("""{"outcome":"Applied","at":"2026-03-01T12:00:00Z"}"""));

    [Fact]
    public void Unknown_members_and_members_of_another_type_are_skipped() => Assert.Equal(
        new Report { Outcome = ReportOutcome.Applied, At = At, Reasons = ["one"] },
        Read(
            """{"outcome":"Applied","at":"2026-03-01T12:00:00Z","color":{"deep":[1]},"revision":5,"parameterVersion":"x","reasons":[1,"one",null]"""
                + ""","budgets":[7,{"limit":3}],"accountId":"12"}"""));

    [Fact]
    public void A_report_of_a_spoke_from_before_looks_tells_amounts_without_a_time_or_a_period()
    {
        var budget = Read(
            """
            {"outcome":"Applied","at":"2026-03-01T12:00:00Z","budgets":[{"name":"A","limit":1000,"unit":"USD","actualSpend":850,"spendState":"OnTarget"}]}
            """).Budgets[0];

        Assert.Equal(new ReportedBudget("A", 1000, "USD", 850, null, SpendState.OnTarget), budget);
        Assert.Equal((null, null, null), (budget.AsOf, budget.Period, budget.Thresholds));
    }

    [Theory]
    [InlineData("""{"start":"2026-03-01","end":"2026-03-01"}""")]
    [InlineData("""{"start":"2026-03-01","end":"2029-04-01"}""")]
    [InlineData("""{"start":"0001-01-01","end":"9999-12-31"}""")]
    [InlineData("""{"start":"9999-01-01","end":"9999-03-01"}""")]
    [InlineData("""{"start":"2087-06-01","end":"2087-06-16"}""")]
    [InlineData("""["2026-03-01"]""")]
    public void A_period_that_AWS_cannot_have_is_none(string period) => Assert.Null(
        Read($$"""{"outcome":"Looked","at":"2026-03-01T12:00:00Z","budgets":[{"name":"A","period":{{period}}}]}""").Budgets[0].Period);

    [Fact]
    public void Alarms_that_do_not_fit_are_not_told_at_all_because_a_part_of_them_would_say_that_the_rest_is_cleared()
    {
        var many = Full.Budgets[0] with
        {
            Thresholds = EquatableArray.Create(
            [
                .. Enumerable.Range(1, 251).Select(percent => new ThresholdState(
                    new NotificationKey(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, percent, ThresholdType.PERCENTAGE),
                    true)),
            ]),
        };

        Assert.Null(Read(ReportJson.Format(Full with { Budgets = [many] })).Budgets[0].Thresholds);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("null", "not an object")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "outcome")]
    [InlineData("""{"outcome":"2","at":"2026-03-01T12:00:00Z"}""", "outcome")]
    [InlineData("""{"outcome":"Splendid","at":"2026-03-01T12:00:00Z"}""", "outcome")]
    [InlineData("""{"outcome":"Applied"}""", "at:")]
    [InlineData("""{"outcome":"Applied","at":"yesterday"}""", "at:")]
    public void What_is_no_report_is_malformed_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.IsType<ParsedReport.Malformed>(ReportJson.Parse(text)).Reason, StringComparison.Ordinal);

    /// <summary>Everything behind the report computes with amounts: a number that overflows there would end <c>status</c> for everybody.</summary>
    [Theory]
    [InlineData("79228162514264337593543950335", null)]
    [InlineData("-100000000000000000001", null)]
    [InlineData("1e400", null)]
    [InlineData("100000000000000000000", 1e20)]
    public void A_number_that_is_more_than_any_amount_is_not_read(string number, double? read) => Assert.Equal(
        (decimal?)read,
        Assert.Single(
            Read($$"""{"outcome":"Applied","at":"2026-03-01T12:00:00Z","budgets":[{"name":"b","limit":1,"unit":"USD","actualSpend":{{number}} }]}""")
                .Budgets).ActualSpend);

    [Fact]
    public void Half_a_surrogate_pair_is_left_out() =>
        Assert.Empty(Read("""{"outcome":"Applied","at":"2026-03-01T12:00:00Z","reasons":["\ud800"]}""").Reasons);

    [Fact]
    public void The_largest_report_stays_below_200_KB_and_says_what_it_leaves_out()
    {
        var endless = Enumerable.Repeat(new string('€', 5_000), 5_000).ToImmutableArray();
        var budget = new ReportedBudget(
            new string('€', 5_000),
            decimal.MaxValue,
            new string('€', 5_000),
            decimal.MinValue,
            decimal.MaxValue,
            SpendState.Critical)
        {
            HealthProblem = new string('€', 5_000),
            HealthSince = At,
            AsOf = At,
            UpdatedAt = At,
            EndsAt = At,
            Period = new BudgetPeriod(new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1)),
            Thresholds = EquatableArray.Create(
            [
                .. Enumerable.Range(1, 10).Select(percent => new ThresholdState(
                    new NotificationKey(NotificationType.FORECASTED, ComparisonOperator.LESS_THAN, percent + 0.25m, ThresholdType.ABSOLUTE_VALUE),
                    true)),
            ]),
            Closed =
            [
                .. Enumerable.Range(1, 12).Select(month => new ClosedAmount(
                    new BudgetPeriod(new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 1)),
                    new string('€', 5_000),
                    decimal.MaxValue,
                    month)),
            ],
        };
        var restriction = new ReportedRestriction(new string('€', 5_000), RestrictionOutcome.Failed)
        {
            Did = [.. endless.Select(text => new RestrictedResource(text, text))],
            Omitted = int.MaxValue - 5_000,
            Reasons = endless,
        };
        var report = Full with
        {
            Reasons = endless,
            Changes = endless,
            Drift = endless,
            Adopted = endless,
            Restrictions = EquatableArray.Create([.. Enumerable.Repeat(restriction, 5_000)]),
            Unexplained = [.. endless.Select(text => new UnexplainedAttachments(text, Full.At, text))],
            Budgets = [.. Enumerable.Repeat(budget, 5_000)],
        };
        var text = ReportJson.Format(report);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 100_000, 200_000);
        Assert.StartsWith("… and 49", Read(text).Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_at_all_makes_reading_or_writing_throw()
    {
        var texts = Gen.Choose(0, 0xFFFF).Select(number => (char)number).ArrayOf().Select(items => new string(items));
        Check.One(PropertyCases.Of(100), Prop.ForAll(Arb.From(texts), text =>
        {
            Assert.IsType<ParsedReport.Malformed>(ReportJson.Parse(text));
            Read(ReportJson.Format(Full with { Reasons = [text + new string('x', 499) + text] }));
        }));
    }

    private static Report Read(string text) => Assert.IsType<ParsedReport.Read>(ReportJson.Parse(text)).Report;
}
