using Amazon.Budgets.Model;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Apply;
using BudgetSync.Core.Reports;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;
using Spend = Amazon.Budgets.Model.Spend;

namespace BudgetSync.Aws.Tests.Apply;

public sealed class ApplierTests
{
    private static readonly string[] Writes =
    [
        "CreateBudget", "UpdateBudget", "DeleteBudget", "CreateNotification", "UpdateNotification", "DeleteNotification",
        "CreateSubscriber", "UpdateSubscriber", "DeleteSubscriber", "TagResource", "CreateBudgetAction", "UpdateBudgetAction", "DeleteBudgetAction",
    ];

    [Fact]
    public async Task A_first_apply_creates_the_budget_with_its_alerts_and_our_tag_in_one_write()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1500.50")), ("Thresholds", Text("80, 100")));

        var report = await ApplyAsync(world);

        Assert.Equal((ReportOutcome.Applied, 1), (report.Outcome, WritesOf(world)));
        var budget = Assert.Single((await BudgetsAsync(world))!);
        Assert.Equal((1500.50m, "USD"), (budget.BudgetLimit.Amount, budget.BudgetLimit.Unit));
        Assert.Equal([80, 100], await ThresholdsAsync(world));
        Assert.Equal((await world.StatusAsync(Alpha)).DesiredRevision, report.Revision);
    }

    [Fact]
    public async Task A_budget_that_somebody_else_tagged_with_our_key_is_not_ours()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.As(Alpha).Budgets.CreateBudgetAsync(new CreateBudgetRequest
        {
            AccountId = Alpha,
            Budget = new Budget { BudgetName = "theirs", BudgetType = "COST", TimeUnit = "MONTHLY", BudgetLimit = new Spend { Amount = 1, Unit = "USD" } },
            ResourceTags = [new ResourceTag { Key = "budgetsync:managed-by", Value = "somebody else" }],
        });
        await PropagateAsync(world, ("BudgetValue", Number("1000")));

        await ApplyAsync(world);

        Assert.Contains((await BudgetsAsync(world))!, budget => budget.BudgetName == "theirs");
    }

    [Fact]
    public async Task An_apply_that_finds_all_as_it_should_be_makes_no_write()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1000")), ("Thresholds", Text("80, 90, 100 FORECASTED")));
        await ApplyAsync(world);
        world.Cloud.Calls.Clear();

        var report = await ApplyAsync(world);

        Assert.Equal((ReportOutcome.Applied, 0, 0), (report.Outcome, WritesOf(world), report.Drift.Length));
    }

    [Fact]
    public async Task An_edit_leaves_no_budget_notification_or_subscriber_over()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1000")), ("Thresholds", Text("90")), ("EmailRecipients", Text("old@example.com")));
        await ApplyAsync(world);
        await PropagateAsync(world, ("BudgetValue", Number("2000")), ("Thresholds", Text("80, 100")), ("EmailRecipients", Text("new@example.com")));

        var report = await ApplyAsync(world);

        Assert.Equal(ReportOutcome.Applied, report.Outcome);
        Assert.Equal(2000, Assert.Single((await BudgetsAsync(world))!).BudgetLimit.Amount);
        Assert.Equal([80, 100], await ThresholdsAsync(world));
        Assert.All(await SubscribersAsync(world), address => Assert.Equal("new@example.com", address));
    }

    [Fact]
    public async Task A_foreign_budget_of_the_same_name_is_left_alone_and_the_report_says_how_to_adopt_it()
    {
        await using var world = await World.CreateAsync(Alpha);
        await CreateForeignAsync(world, "SpokeAccountBudget");
        await PropagateAsync(world, ("BudgetValue", Number("1000")));
        world.Cloud.Calls.Clear();

        var report = await ApplyAsync(world);

        Assert.Equal((ReportOutcome.Rejected, 0), (report.Outcome, WritesOf(world)));
        Assert.Contains("Adopt: true", Assert.Single(report.Reasons), StringComparison.Ordinal);
        Assert.Equal(5, Assert.Single((await BudgetsAsync(world))!).BudgetLimit.Amount);
    }

    [Fact]
    public async Task A_report_tells_the_limit_that_AWS_has_and_not_the_one_before_or_the_one_asked_for()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("500")));
        Assert.Equal(500, Assert.Single((await ApplyAsync(world)).Budgets).Limit);

        await PropagateAsync(world, ("AutoAdjustData", new AttributeValue { M = new() { ["AutoAdjustType"] = Text("FORECAST") } }));
        Assert.Null(Assert.Single((await ApplyAsync(world)).Budgets).Limit);
    }

    [Fact]
    public async Task A_report_tells_of_a_budget_that_AWS_does_not_compute()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("500")));
        await ApplyAsync(world);
        world.Cloud.Budgets.SetHealth(Alpha, "SpokeAccountBudget", "FILTER_INVALID");

        Assert.Equal("FILTER_INVALID", Assert.Single((await ApplyAsync(world)).Budgets).HealthProblem);
    }

    [Fact]
    public async Task An_end_or_a_later_start_that_somebody_set_by_hand_is_put_right()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("500")));
        await ApplyAsync(world);
        foreach (var period in new[]
        {
            new TimePeriod { End = world.Clock.GetUtcNow().AddDays(9).UtcDateTime },
            new TimePeriod { Start = world.Clock.GetUtcNow().AddYears(4).UtcDateTime }
        })
        {
            var budget = Assert.Single((await BudgetsAsync(world))!);
            budget.TimePeriod = period;
            (budget.CalculatedSpend, budget.HealthStatus, budget.LastUpdatedTime) = (null, null, null);
            await world.As(Alpha).Budgets.UpdateBudgetAsync(new UpdateBudgetRequest { AccountId = Alpha, NewBudget = budget });

            Assert.Single((await ApplyAsync(world)).Drift);

            Assert.Empty((await ApplyAsync(world)).Drift);
            Assert.Equal(Core.Budgets.AwsLimits.PeriodEnd.UtcDateTime, Assert.Single((await BudgetsAsync(world))!).TimePeriod.End);
        }
    }

    [Fact]
    public async Task A_missing_parameter_leaves_the_budgets_as_they_are()
    {
        await using var world = await World.CreateAsync(Alpha);
        await CreateForeignAsync(world, "Theirs");

        var report = await ApplyAsync(world);

        Assert.Equal((ReportOutcome.Pending, 0L, null), (report.Outcome, report.ParameterVersion, report.Revision));
        Assert.Single((await BudgetsAsync(world))!);
    }

    [Fact]
    public async Task A_number_typed_by_hand_is_one_budget_with_the_stacks_defaults()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.SetParameterAsync(Alpha, "1500.50");

        Assert.Equal(ReportOutcome.Applied, (await ApplyAsync(world)).Outcome);
        Assert.Equal(
            ("SpokeAccountBudget", 1500.50m),
            Assert.Single((await BudgetsAsync(world))!) is var budget ? (budget.BudgetName, budget.BudgetLimit.Amount) : default);
    }

    [Fact]
    public async Task A_text_that_is_no_document_is_Rejected_and_changes_nothing()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.SetParameterAsync(Alpha, "one thousand");

        var report = await ApplyAsync(world);

        Assert.Equal((ReportOutcome.Rejected, 0), (report.Outcome, WritesOf(world)));
        Assert.NotEmpty(report.Reasons);
    }

    [Fact]
    public async Task An_account_too_new_for_budgets_is_Pending()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1000")));
        world.Cloud.Faults.OnCalls(call => call.Operation == "CreateBudget"
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "Your account is not ready for budgets."))
            : null);

        Assert.Equal(ReportOutcome.Pending, (await ApplyAsync(world)).Outcome);
    }

    [Fact]
    public async Task A_service_control_policy_that_denies_Budgets_is_named_in_the_report()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1000")));
        world.Cloud.Faults.OnCalls(call => call.Operation == "CreateBudget"
            ? new Fault.Refusal(
                new AwsException(
                    "AccessDeniedException",
                    "x is not authorized to perform: budgets:ModifyBudget with an explicit deny in a service control policy"))
            : null);

        var report = await ApplyAsync(world);

        Assert.Equal(ReportOutcome.Failed, report.Outcome);
        Assert.Contains("us-east-1", Assert.Single(report.Reasons), StringComparison.Ordinal);
        Assert.StartsWith("budgets:CreateBudget answered AccessDenied: ", Assert.Single(report.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_ends_with_one_budget()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1000")));
        var lost = 0;
        world.Cloud.Faults.OnCalls(call => call.Operation == "CreateBudget" && Interlocked.Increment(ref lost) == 1 ? new Fault.ResponseLoss() : null);

        Assert.Equal(ReportOutcome.Applied, (await ApplyAsync(world)).Outcome);
        Assert.Single((await BudgetsAsync(world))!);
    }

    [Fact]
    public async Task A_change_that_AWS_refuses_in_place_is_made_by_delete_and_create_and_the_alerts_stay()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1000")), ("Thresholds", Text("80, 100")));
        await ApplyAsync(world);
        await PropagateAsync(world, ("BudgetValue", Number("1000")), ("Thresholds", Text("80, 100")), ("TimeUnit", Text("QUARTERLY")));
        world.Cloud.Faults.OnCalls(call => call.Operation == "UpdateBudget"
            ? new Fault.Refusal(new AwsException("InvalidParameterException", "TimeUnit cannot be changed"))
            : null);

        var report = await ApplyAsync(world);

        Assert.Equal(ReportOutcome.Applied, report.Outcome);
        Assert.Equal("QUARTERLY", Assert.Single((await BudgetsAsync(world))!).TimeUnit.Value);
        Assert.Equal([80, 100], await ThresholdsAsync(world));
    }

    [Fact]
    public async Task A_parameter_that_moves_during_an_apply_is_applied_as_it_stands_in_the_end()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.SetParameterAsync(Alpha, "1000");
        var moved = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "CreateBudget" && Interlocked.Increment(ref moved) == 1) world.SetParameterAsync(Alpha, "2000").GetAwaiter().GetResult();
            return null;
        });

        var report = await ApplyAsync(world);

        Assert.Equal((ReportOutcome.Applied, 2L), (report.Outcome, report.ParameterVersion));
        Assert.Equal(2000, Assert.Single((await BudgetsAsync(world))!).BudgetLimit.Amount);
    }

    [Fact]
    public async Task A_budget_changed_by_hand_is_reported_as_drift_and_put_right()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1000")));
        await ApplyAsync(world);
        var budget = Assert.Single((await BudgetsAsync(world))!);
        budget.BudgetLimit = new Spend { Amount = 7, Unit = "USD" };
        budget.CalculatedSpend = null;
        await world.As(Alpha).Budgets.UpdateBudgetAsync(new UpdateBudgetRequest { AccountId = Alpha, NewBudget = budget });

        var report = await ApplyAsync(world);

        Assert.NotEmpty(report.Drift);
        Assert.Equal(1000, Assert.Single((await BudgetsAsync(world))!).BudgetLimit.Amount);
    }

    [Fact]
    public async Task A_stack_that_goes_takes_our_budgets_along_and_nothing_else()
    {
        await using var world = await World.CreateAsync(Alpha);
        await CreateForeignAsync(world, "Theirs");
        await PropagateAsync(world, ("BudgetValue", Number("1000")));
        await ApplyAsync(world);

        await world.Apply(Alpha).RemoveAsync(CancellationToken.None);

        Assert.Equal("Theirs", Assert.Single((await BudgetsAsync(world))!).BudgetName);
    }

    [Fact]
    public async Task No_log_line_carries_an_address()
    {
        await using var world = await World.CreateAsync(Alpha);
        await PropagateAsync(world, ("BudgetValue", Number("1000")), ("EmailRecipients", Text("jane@example.com")));
        world.Cloud.Faults.OnCalls(call => call.Operation == "CreateBudget"
            ? new Fault.Refusal(new AwsException("InvalidParameterException", "jane@example.com is no subscriber"))
            : null);

        Assert.Equal(ReportOutcome.Rejected, (await ApplyAsync(world)).Outcome);

        Assert.DoesNotContain("@", System.Text.Encoding.UTF8.GetString(world.Output.ToArray()), StringComparison.Ordinal);
    }

    private static async Task PropagateAsync(World world, params (string Name, Amazon.DynamoDBv2.Model.AttributeValue Value)[] row)
    {
        await world.PutRowAsync(Alpha, row);
        Assert.Null(await world.PropagateAsync(Alpha));
    }

    private static Task<Report> ApplyAsync(World world) => world.Apply(Alpha).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

    private static async Task<List<Budget>?> BudgetsAsync(World world) =>
        (await world.As(Alpha).Budgets.DescribeBudgetsAsync(new DescribeBudgetsRequest { AccountId = Alpha })).Budgets;

    private static async Task<IEnumerable<double>> ThresholdsAsync(World world) =>
        (await NotificationsAsync(world)).Select(notification => notification.Threshold ?? 0).Order();

    private static async Task<List<Notification>> NotificationsAsync(World world) =>
        (await world.As(Alpha).Budgets.DescribeNotificationsForBudgetAsync(
            new DescribeNotificationsForBudgetRequest { AccountId = Alpha, BudgetName = "SpokeAccountBudget" })).Notifications;

    private static async Task<IReadOnlyList<string>> SubscribersAsync(World world)
    {
        var addresses = new List<string>();
        foreach (var notification in await NotificationsAsync(world))
        {
            notification.NotificationState = null;
            var request = new DescribeSubscribersForNotificationRequest { AccountId = Alpha, BudgetName = "SpokeAccountBudget", Notification = notification };
            addresses.AddRange(
                (await world.As(Alpha).Budgets.DescribeSubscribersForNotificationAsync(request)).Subscribers.Select(subscriber => subscriber.Address));
        }

        return addresses;
    }

    private static Task<CreateBudgetResponse> CreateForeignAsync(World world, string name) => world.As(Alpha).Budgets.CreateBudgetAsync(new CreateBudgetRequest
    {
        AccountId = Alpha,
        Budget = new Budget { BudgetName = name, BudgetType = "COST", TimeUnit = "MONTHLY", BudgetLimit = new Spend { Amount = 5, Unit = "USD" } },
    });

    private static int WritesOf(World world) => Writes.Sum(operation => world.Cloud.Calls.Count("budgets", operation));
}
