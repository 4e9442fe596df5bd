using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Envelopes;

namespace BudgetSync.Core.Tests.Alerts;

public sealed class EnvelopeAlertsTests
{
    private const string Unit = "ou-ab12-11111111";

    private static readonly DateTimeOffset Noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(SpendState.Unknown)]
    [InlineData(SpendState.Unused)]
    [InlineData(SpendState.Under)]
    [InlineData(SpendState.OnTarget)]
    public void None_is_told_below_Over(SpendState state) => Assert.Null(EnvelopeAlerts.Of(Line(state), null, null, Noon));

    [Fact]
    public void It_is_of_the_row_that_has_it_and_of_the_period_of_its_unit()
    {
        var alert = EnvelopeAlerts.Of(Line(SpendState.Critical), null, "ask the owner", Noon)!;

        Assert.Equal($"{Unit}/envelope/2026-11/Envelope", alert.DedupKey);
        Assert.Equal($"Critical: envelope of Research ({Unit})", alert.Title);
        Assert.Equal("ask the owner", alert.Note);
        Assert.Equal(
            ["Spent: 61,200 USD (122.4 %)", "Limit: 50,000 USD", "Forecast: 70,000 USD (140.0 %)", "Allocated: 61,000 USD (122.0 %)", "Accounts: 43"],
            alert.Facts.Select(fact => $"{fact.Name}: {fact.Value}"));
        Assert.Equal(alert, AlertJson.Read(AlertJson.Write(alert)));
    }

    /// <summary>A sum of forecasts moves with each look of each account.</summary>
    [Fact]
    public void What_falls_below_its_bound_for_some_hours_is_the_same_alert_unless_the_amount_is_another()
    {
        var told = Told(EnvelopeAlerts.Of(Line(SpendState.Over), null, null, Noon)!);

        Assert.Equal("Over", EnvelopeAlerts.Of(Line(SpendState.OnTarget), told, null, Noon.AddHours(7))!.Level);
        Assert.Null(EnvelopeAlerts.Of(Line(SpendState.OnTarget), told, null, Noon.AddHours(8)));
        Assert.Null(EnvelopeAlerts.Of(Line(SpendState.OnTarget, 80_000), told, null, Noon.AddHours(1)));
        Assert.Null(EnvelopeAlerts.Of(Line(SpendState.OnTarget), told with { Period = "2026-10" }, null, Noon.AddHours(1)));
    }

    [Fact]
    public void Its_end_says_why()
    {
        var told = Told(EnvelopeAlerts.Of(Line(SpendState.Over), null, null, Noon)!);

        Assert.StartsWith("It is OnTarget now. Envelope ", Over(Line(SpendState.OnTarget), Noon).Text, StringComparison.Ordinal);
        var ended = Over(Line(SpendState.Over), Noon.AddDays(3));
        Assert.Equal(($"The envelope of {Unit}: a new period began.", told.Facts), (ended.Text, ended.Facts));
        Assert.Equal($"The row {Unit} has no envelope any more.", Over(null, Noon).Text);

        Alert Over(EnvelopeLine? line, DateTimeOffset now) => EnvelopeAlerts.Over(told, Unit, line, now);
    }

    internal static EnvelopeLine Line(SpendState state, decimal amount = 50_000) => new(
        Unit,
        "Research",
        new Envelope(amount, "USD", TimeUnit.MONTHLY),
        new EnvelopeStanding(61_000, 61_200, 70_000, 43, 0, state, new AllocationVerdict.Fits(), $"Envelope {Unit} Research: 61,200 of 50,000 USD spent."),
        []);

    private static OpenAlert Told(Alert alert) =>
        new(alert.Kind, alert.Budget, alert.Period) { Levels = [alert.Level], Facts = alert.Facts, ToldAt = alert.At };
}
