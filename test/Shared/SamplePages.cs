using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Page;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Envelopes;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Testing;

/// <summary>Pages of organizations that are made up: a day of November, amounts by account, every state and every doubt somewhere.</summary>
internal static class SamplePages
{
    private static readonly DateTimeOffset Now = new(2026, 11, 19, 13, 0, 0, TimeSpan.Zero);
    private static readonly BudgetPeriod November = new(new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1));
    private static readonly string[] Units = ["Engineering", "Engineering / Platform", "Research", "Sandbox", ""];
    private static readonly string[] Names = ["payments", "search", "billing", "data-lake", "ml-training", "intern-lab", "web", "shared-network"];

    /// <param name="accounts">Each with one budget, but every fortieth with none.</param>
    public static SpendPage Of(int accounts)
    {
        var lines = Enumerable.Range(0, accounts).Select(Line).ToImmutableArray();
        var coverage = lines.Select(line => new CoverageLine(line.Account, line.Name, IsAccount: true, line.Row, [], "", null)).ToList();
        return new SpendPage
        {
            Organization = "o-ab12cd34ef",
            GeneratedAt = Now,
            Coverage = CoverageSummary.Of(coverage),
            Lines = lines,
            Envelopes = Envelopes(lines),
            Models = Models(lines[0]),
            Unknown = ["Cost Explorer is off: what accounts without a budget spend is not known here."],
        };
    }

    /// <summary>A page on which every text that comes from outside is the given one.</summary>
    public static SpendPage With(string text)
    {
        var line = Line(4) with { Name = text, Unit = text, Budget = text, Currency = text, Doubt = text, Why = [text] };
        var page = Of(1);
        return page with
        {
            Organization = text,
            Lines = [line with { Curve = line.Curve! with { Thresholds = [new PageThreshold(500, text)] } }],
            Envelopes = [new PageEnvelope(text, text, 1, null, null)],
            Models = [new PageModel(text, text, text, 1, 2, text) { Mode = text, Mostly = text }],
            Unknown = [text],
        };
    }

    /// <summary>Every state of a budget of models, the loudest first.</summary>
    private static EquatableArray<PageModel> Models(PageLine line)
    {
        var (month, nova) = (new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), "amazon.nova-pro-v1:0 in us-east-1");
        return
        [
            Of("BedrockAPIKey-7f3a", 5.12m, 5, "Suspended", "ARMED"),
            Of("role/DataScience", 51.3m, 50, "Grace", "ARMED") with { Until = Now.AddMinutes(4) },
            Of("person/alice.longer-name@example.com", 2.4m, 2, "Exceeded", "WATCH") with { UnpricedCalls = 1_204 },
            Of("pool/research", 187.5m, 200, "Critical", "CONFIRM"),
            Of("model/anthropic.claude-3-5-sonnet-20241022-v2:0", 221, 300, "Warned", "WATCH"),
            Of("user/bob", 0.42m, 5, "Active", "ARMED") with { UncountedCalls = 1_050 },
        ];

        PageModel Of(string budget, decimal spent, decimal limit, string state, string mode) =>
            new(line.Account, line.Name, budget, spent, limit, state) { Until = month, Mode = mode, Mostly = nova };
    }

    private static PageLine Line(int index)
    {
        var (account, name) = ((100_000_000_000 + (index * 7L)).ToString(CultureInfo.InvariantCulture), $"{Names[index % Names.Length]}-{index}");
        var unit = Units[index % Units.Length];
        if (index % 40 == 39) return new PageLine(account, name, unit, "", CoverageState.Uncovered, SpendState.Unknown);

        var limit = 100m * (1 + (index * 13 % 97));
        var daily = limit / 30 * (20 + (index * 29 % 200)) / 100;
        var totals = Enumerable.Range(1, 19)
            .Select(day => new DayTotal(November, new DateOnly(2026, 11, day), daily * day * (9 + (day * 7 % 5)) / 11))
            .ToImmutableArray();
        var actual = totals[^1].Total;
        var spend = new PeriodSpend(November, new DateOnly(2026, 11, 19), limit, actual, "USD") { Days = DayTotal.Increments(totals) };
        var forecast = SpendForecast.Own(spend);
        var state = SpendBounds.Default.StateOf(new(limit, "USD"), new(actual, "USD"), forecast.Amount is { } amount ? new(amount, "USD") : null);
        return new PageLine(account, name, unit, "SpokeAccountBudget", index % 50 == 7 ? CoverageState.Pending : CoverageState.Applied, state)
        {
            Limit = limit,
            Actual = actual,
            Forecast = forecast.Amount,
            Currency = "USD",
            Pace = Pace.Of(spend).Ratio,
            ExhaustedOn = Runway.Of(spend).ExhaustedOn,
            AsOf = Now.AddHours(-(index % 12)),
            Doubt = index % 60 == 11 ? $"Blind: SpokeAccountBudget of {account} has not been looked at since 2026-11-18 04:10 UTC." : "",
            Why = [Pace.Of(spend).Explanation, Runway.Of(spend).Explanation, forecast.Explanation],
            Curve = new PageCurve(
                November,
                totals,
                forecast,
                Closed(index, limit),
                [new PageThreshold(limit * 0.8m, "80 %"), new PageThreshold(limit * 0.5m, "50 %"), new PageThreshold(limit, "100 %")]),
        };
    }

    private static EquatableArray<PeriodResult> Closed(int index, decimal limit) => PeriodResult.Of(
        Enumerable.Range(0, 12).Select(month =>
        {
            var start = new DateOnly(2025, 11, 1).AddMonths(month);
            return new HistoryItem
            {
                Key = new HistoryKey("SpokeAccountBudget", start.AddMonths(1).AddDays(-1)),
                Period = new BudgetPeriod(start, start.AddMonths(1)),
                Unit = "USD",
                Limit = limit,
                Actual = limit * (60 + (((index + month) * 17) % 70)) / 100,
                State = month % 5 == 0 ? SpendState.Over : SpendState.OnTarget,
                Estimated = false,
                WrittenAt = Now,
            };
        }),
        DateOnly.FromDateTime(Now.UtcDateTime));

    private static EquatableArray<PageEnvelope> Envelopes(ImmutableArray<PageLine> lines)
    {
        var members = lines.Where(line => line.Limit is not null)
            .Select(line => new EnvelopeMember(AccountId.Parse(line.Account), line.Name)
            {
                Limit = line.Limit,
                Actual = line.Actual,
                Forecast = line.Forecast,
            })
            .ToList();
        var whole = new Envelope(Math.Max(1, decimal.Round(members.Sum(member => member.Limit ?? 0) * 0.9m)), "USD");
        return
        [
            new PageEnvelope("r-ab12", "Root", 0, whole, EnvelopeStanding.Of("r-ab12", "Root", whole, members, SpendBounds.Default)),
            new PageEnvelope("ou-ab12-11111111", "Engineering", 1, null, null),
            new PageEnvelope("ou-ab12-22222222", "Platform", 2, null, null),
        ];
    }
}
