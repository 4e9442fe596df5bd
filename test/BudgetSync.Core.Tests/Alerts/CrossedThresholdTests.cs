using System.Collections.Immutable;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>Which of a budget's notifications in alarm is told, and that each is news once, in whatever order AWS finds them, and whatever clears.</summary>
public sealed class CrossedThresholdTests
{
    private static readonly ReportedBudget Budget = new("team-a", 1000, "USD", 950, 1200, SpendState.OnTarget);

    private readonly ImmutableDictionary<string, Channel> channels =
        new[] { new Channel("finops", ChannelKind.Slack) }.ToImmutableDictionary(channel => channel.Name);

    private AccountAlerts ledger = new("111122223333");
    private int claims;

    [Theory]
    [InlineData("A80", "Info 80 % ACTUAL")]
    [InlineData("A80 A90", "Info 90 % ACTUAL")]
    [InlineData("F100 F120", "Info 120 % FORECASTED")]
    [InlineData("A80 A90 F100", "Info 90 % ACTUAL and 100 % FORECASTED")]
    [InlineData("A100 F100", "Warning 100 % ACTUAL")]
    [InlineData("A100 F150", "Warning 100 % ACTUAL and 150 % FORECASTED")]
    public void What_says_most_is_told_and_a_forecast_that_says_more_beside_it(string alarms, string told)
    {
        var crossed = CrossedThresholds.Of(Alarms(alarms), Budget)!;

        Assert.Equal(told, $"{crossed.Severity} {crossed.Level}");
        Assert.Equal(alarms.Split(' ').Length, crossed.Reached.Length);
    }

    [Fact]
    public void Both_are_told_with_their_amounts() => Assert.Equal(
        "90 % ACTUAL: 950 USD (95.0 %) of 1,000 USD; and 100 % FORECASTED: 1,200 USD (120.0 %) of 1,000 USD are forecast",
        CrossedThresholds.Of(Alarms("A90 F100"), Budget)!.Text);

    /// <summary>Of reservations a use below 50 % is worse than one below 80 % (AWS Budgets user guide, utilization budgets alert below a threshold).</summary>
    [Fact]
    public void Of_what_is_watched_for_falling_the_lower_one_says_more()
    {
        var eighty = Key("A80") with { Comparison = ComparisonOperator.LESS_THAN };

        Assert.Equal("50 % ACTUAL", CrossedThresholds.Of([eighty, eighty with { Threshold = 50 }], Budget)!.Level);
    }

    [Theory]
    [InlineData("A80 | A80 F100 | A90 F100 | A100 F100", "Opened 80 % ACTUAL", "Escalated 80 % ACTUAL and 100 % FORECASTED",
        "Escalated 90 % ACTUAL and 100 % FORECASTED", "Escalated 100 % ACTUAL")]
    [InlineData("F100 | F100 A80", "Opened 100 % FORECASTED", "Escalated 80 % ACTUAL and 100 % FORECASTED")]
    // A forecast that falls is nothing worse, and one that comes back nothing new.
    [InlineData("F80 F100 | F80 | F80 F100", "Opened 100 % FORECASTED")]
    [InlineData("A80 F100 | A80 A90 F100 | A80 A90 | A80 A90 F100", "Opened 80 % ACTUAL and 100 % FORECASTED", "Escalated 90 % ACTUAL and 100 % FORECASTED")]
    // One that a row adds below what was told.
    [InlineData("A80 A90 | A50 A80 A90", "Opened 90 % ACTUAL")]
    public void Each_that_is_crossed_is_told_once(string looks, params string[] told) =>
        Assert.Equal(told, looks.Split(" | ").SelectMany(alarms => Tell(CrossedThresholds.Of(Alarms(alarms), Budget)!)));

    private List<string> Tell(CrossedThresholds crossed)
    {
        var claim = $"claim {++claims}";
        var alert = SampleAlerts.Critical with
        {
            Kind = AlertKind.Threshold,
            Severity = crossed.Severity,
            Level = crossed.Level,
            Reached = crossed.Reached,
        };
        ledger = AlertDecision.Next(
            ledger, [alert], [new AlertRoute("finops", AlertSeverity.Info)], channels, _ => alert, claim, SampleAlerts.At.AddHours(claims));
        var messages = PendingAlerts.Due(ledger, claim).ToList();
        foreach (var message in messages) ledger = PendingAlerts.Sent(ledger, message);
        return [.. messages.Select(message => $"{message.Alert.Phase} {message.Alert.Level}")];
    }

    private static EquatableSet<NotificationKey> Alarms(string alarms) => [.. alarms.Split(' ').Select(Key)];

    private static NotificationKey Key(string alarm) => new(
        alarm[0] == 'A' ? NotificationType.ACTUAL : NotificationType.FORECASTED,
        ComparisonOperator.GREATER_THAN,
        decimal.Parse(alarm[1..], System.Globalization.CultureInfo.InvariantCulture),
        ThresholdType.PERCENTAGE);
}
