using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Apply;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Apply;

public sealed class LookerTests
{
    private static readonly LookRequest Schedule = new("schedule", null);

    [Fact]
    public async Task A_look_reads_amounts_alarms_and_health_in_three_calls_and_writes_nothing()
    {
        await using var world = await AppliedAsync(("BudgetValue", Number("1000")), ("Thresholds", Text("80, 100 FORECASTED")));
        world.Cloud.Budgets.SetSpend(Alpha, "SpokeAccountBudget", 850, 990);
        world.Cloud.Calls.Clear();

        var report = await world.Look(Alpha).LookAsync(Schedule, CancellationToken.None);

        Assert.Equal((ReportOutcome.Looked, 1L), (report.Outcome, report.ParameterVersion));
        var budget = Assert.Single(report.Budgets);
        Assert.Equal((1000m, 850m, 990m, SpendState.OnTarget), (budget.Limit, budget.ActualSpend, budget.ForecastedSpend, budget.SpendState));
        Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1)), budget.Period is { } march ? (march.Start, march.End) : default);
        Assert.Equal(
            [(NotificationType.ACTUAL, 80m, true), (NotificationType.FORECASTED, 100m, false)],
            (budget.Thresholds ?? []).Select(state => (state.Key.Type, state.Key.Threshold, state.Alarm)));
        Assert.Equal(
            ["GetParameter", "DescribeBudgets", "DescribeBudgetNotificationsForAccount"],
            world.Cloud.Calls.Calls.Select(call => call.Call.Operation));
    }

    [Fact]
    public async Task A_look_says_why_a_budget_is_not_computed()
    {
        await using var world = await AppliedAsync(("BudgetValue", Number("1000")));
        world.Cloud.Budgets.SetHealth(Alpha, "SpokeAccountBudget", "BILLING_VIEW_NO_ACCESS");

        var budget = Assert.Single((await world.Look(Alpha).LookAsync(Schedule, CancellationToken.None)).Budgets);

        Assert.Equal("BILLING_VIEW_NO_ACCESS", budget.HealthProblem);
        Assert.NotNull(budget.HealthSince);
    }

    [Fact]
    public async Task A_look_at_a_budget_deleted_by_hand_says_that_it_is_missing_and_leaves_it_so()
    {
        await using var world = await AppliedAsync(("BudgetValue", Number("1000")));
        await world.As(Alpha).Budgets.DeleteBudgetAsync(new() { AccountId = Alpha, BudgetName = "SpokeAccountBudget" });
        world.Cloud.Calls.Clear();

        var report = await world.Look(Alpha).LookAsync(Schedule, CancellationToken.None);

        Assert.True(Assert.Single(report.Budgets).Missing);
        Assert.Equal(["GetParameter", "DescribeBudgets"], world.Cloud.Calls.Calls.Select(call => call.Call.Operation));
    }

    [Fact]
    public async Task A_look_without_a_parameter_asks_AWS_Budgets_nothing()
    {
        await using var world = await World.CreateAsync(Alpha);

        var report = await world.Look(Alpha).LookAsync(Schedule, CancellationToken.None);

        Assert.Equal((ReportOutcome.Looked, 0), (report.Outcome, report.Budgets.Length));
        Assert.DoesNotContain(world.Cloud.Calls.Calls, call => call.Call.Service == "budgets");
    }

    [Fact]
    public async Task A_look_that_AWS_refuses_is_a_report_that_says_so_and_one_that_minutes_may_heal_is_tried_again_by_Lambda()
    {
        await using var world = await AppliedAsync(("BudgetValue", Number("1000")));
        var error = "AccessDeniedException";
        world.Cloud.Faults.OnCalls(call => call.Operation == "DescribeBudgets" ? new Fault.Refusal(new AwsException(error, "no")) : null);
        var refused = await world.Look(Alpha).LookAsync(Schedule, CancellationToken.None);
        error = "ThrottlingException";

        Assert.Equal((ReportOutcome.Looked, 0, 1), (refused.Outcome, refused.Budgets.Length, refused.Reasons.Length));
        await Assert.ThrowsAsync<BudgetSync.Aws.Faults.AwsFaultException>(() => world.Look(Alpha).LookAsync(Schedule, CancellationToken.None));
    }

    [Fact]
    public async Task Budgets_of_before_the_topic_gain_it_by_one_CreateSubscriber_each_and_that_is_no_drift()
    {
        await using var world = await AppliedAsync(("BudgetValue", Number("1000")), ("Thresholds", Text("80, 100")));
        const string topic = $"arn:aws:sns:us-east-1:{Alpha}:BudgetSync-Alerts";
        world.Cloud.Sns.PutTopic(Alpha, "BudgetSync-Alerts");
        world.Cloud.Calls.Clear();

        var report = await world.Apply(Alpha, topic).ApplyAsync(Trigger.Direct, CancellationToken.None);
        var again = await world.Apply(Alpha, topic).ApplyAsync(Trigger.Direct, CancellationToken.None);

        Assert.Equal((2, 0), (world.Cloud.Calls.Count("budgets", "CreateSubscriber"), world.Cloud.Calls.Count("budgets", "UpdateBudget")));
        Assert.Equal((ReportOutcome.Applied, 2, 0), (report.Outcome, report.Changes.Length, report.Drift.Length));
        Assert.Equal((0, 0), (again.Changes.Length, again.Drift.Length));
    }

    [Theory]
    [InlineData("""{"look":true}""", "schedule")]
    [InlineData("""{"look":true,"because":"test"}""", "test")]
    [InlineData("""{"Records":[{"EventSource":"aws:sns","Sns":{"Subject":"AWS Budgets: team-a","Message":"Delete all budgets at once."}}]}""", "alert")]
    [InlineData("""{"look":false}""", null)]
    [InlineData("""{"look":"true"}""", null)]
    [InlineData("""{"Records":[{"eventSource":"aws:s3"}]}""", null)]
    [InlineData("""{"Records":[]}""", null)]
    [InlineData("""["look"]""", null)]
    [InlineData("""{"detail-type":"Scheduled Event"}""", null)]
    public void Only_the_schedules_input_and_an_alert_ask_for_a_look(string json, string? because)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(because, LookRequest.TryParse(document.RootElement)?.Because);
    }

    private static async Task<World> AppliedAsync(params (string, AttributeValue)[] row)
    {
        var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, row);
        await world.PropagateAsync(Alpha);
        await world.Apply(Alpha).ApplyAsync(Trigger.Direct, CancellationToken.None);
        return world;
    }
}
