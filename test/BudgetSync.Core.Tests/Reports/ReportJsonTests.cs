using System.Collections.Immutable;
using System.Text;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
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
        Budgets = [new ReportedBudget("SpokeAccountBudget", 1500.50m, "USD", 12.34m, null, SpendState.Under) { HealthProblem = "FILTER_INVALID" }],
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
        { HealthProblem = new string('€', 5_000) };
        var report = Full with { Reasons = endless, Changes = endless, Drift = endless, Adopted = endless, Budgets = [.. Enumerable.Repeat(budget, 5_000)] };
        var text = ReportJson.Format(report);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 100_000, 200_000);
        Assert.StartsWith("… and 49", Read(text).Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_at_all_makes_reading_or_writing_throw()
    {
        var texts = Gen.Choose(0, 0xFFFF).Select(number => (char)number).ArrayOf().Select(items => new string(items));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(texts), text =>
        {
            Assert.IsType<ParsedReport.Malformed>(ReportJson.Parse(text));
            Read(ReportJson.Format(Full with { Reasons = [text + new string('x', 499) + text] }));
        }));
    }

    private static Report Read(string text) => Assert.IsType<ParsedReport.Read>(ReportJson.Parse(text)).Report;
}
