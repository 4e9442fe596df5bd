using System.Text.Json.Nodes;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.Simulation.Tests.Checks;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests;

/// <summary>
/// A small fixed story, told once to count its calls and messages, and then once for each of them with exactly that one lost or deadly.
/// After the next hourly reconcile the account must be in sync, and its status must say so.
/// </summary>
public sealed class LossTests
{
    private const string Account = "111111111111";
    private static readonly WorldOptions Small = new(1, 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_one_function_crashed_at_any_call_is_healed_by_the_next_reconcile(bool afterTheEffect)
    {
        var calls = CallsOf((_, _) => null);

        var failures = Enumerable.Range(1, calls)
            .Select(fatal => (fatal, Problems: ProblemsWith((number, _) => number == fatal ? new Fault.Crash(afterTheEffect) : null)))
            .Where(run => run.Problems.Count > 0)
            .ToList();

        Assert.True(calls > 40, $"The story makes only {calls} calls.");
        Assert.True(failures.Count == 0, string.Join("\n", failures.Select(run => $"crash at call {run.fatal}: {string.Join("; ", run.Problems)}")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_one_call_that_breaks_is_healed_by_the_next_reconcile(bool afterTheEffect)
    {
        var calls = CallsOf((_, _) => null);

        var failures = Enumerable.Range(1, calls)
            .Select(
                broken => (
                    broken,
                    Problems: ProblemsWith((number, _) => number != broken ? null : afterTheEffect ? new Fault.ResponseLoss() : new Fault.RequestLoss())))
            .Where(run => run.Problems.Count > 0)
            .ToList();

        Assert.True(failures.Count == 0, string.Join("\n", failures.Select(run => $"broken call {run.broken}: {string.Join("; ", run.Problems)}")));
    }

    /// <summary>What the function had begun must not be forgotten because the row goes before Lambda runs it again.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Any_one_crash_of_the_first_propagate_whose_row_goes_before_the_next_try_leaves_nothing_behind(bool afterTheEffect, bool disabled)
    {
        var failures = new List<string>();
        var crashed = true;
        for (var fatal = 1; crashed; fatal++)
        {
            using var world = SimulatedWorld.Create(1, Small);
            var number = 0;
            crashed = false;
            world.Cloud.Faults.OnCalls(call =>
            {
                if (call.Caller.IsRoot || crashed || ++number != fatal) return null;
                crashed = true;
                return new Fault.Crash(afterTheEffect);
            });
            world.PutRow(new JsonObject { ["AccountId"] = Account, ["BudgetValue"] = 1000 });
            while (!crashed && world.Driver.RunOne())
            {
            }

            if (disabled) world.PutRow(new JsonObject { ["AccountId"] = Account, ["BudgetValue"] = 1000, ["Enabled"] = false });
            else world.DeleteRow(Account);
            world.Driver.Settle();

            var problems = ProblemsAfterTheNextReconcile(world);
            if (problems.Count > 0) failures.Add($"crash at call {fatal}: {string.Join("; ", problems)}");
            Assert.True(crashed || fatal > 10, $"Only {fatal - 1} calls were made.");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("doubled")]
    [InlineData("late")]
    public void Any_one_message_lost_doubled_or_late_is_healed_by_the_next_reconcile(string how)
    {
        DeliveryFault fault = how switch
        {
            "lost" => new DeliveryFault.Loss(),
            "doubled" => new DeliveryFault.Duplicate(),
            _ => new DeliveryFault.Delay(TimeSpan.FromMinutes(10)),
        };
        var messages = 0;
        _ = ProblemsWith((_, _) => null, _ => Count(ref messages));

        var failures = new List<string>();
        for (var victim = 1; victim <= messages; victim++)
        {
            var number = 0;
            var problems = ProblemsWith((_, _) => null, _ => ++number == victim ? fault : null);
            if (problems.Count > 0) failures.Add($"message {victim} {how}: {string.Join("; ", problems)}");
        }

        // Each edit's parameter event, its report forwarded, and the report handed to Collect.
        Assert.True(messages >= 3 * 3, $"The story has only {messages} messages.");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_stream_record_given_up_to_the_dead_letter_queue_is_healed_by_the_next_reconcile(int lostEdit)
    {
        using var world = SimulatedWorld.Create(1, Small);
        var edit = 0;
        world.Cloud.Faults.OnCalls(call => edit == lostEdit
            && call.Caller.SessionArn.Contains("/BudgetSync-Propagate/", StringComparison.Ordinal)
            && call.Service != "sqs"
            ? new Fault.Crash(AfterEffect: false)
            : null);

        Tell(world, number => edit = number);

        var queue = $"arn:aws:sqs:us-east-1:{SimulatedWorld.Management}:BudgetSync-Propagate-DeadLetters";
        Assert.NotEmpty(world.Cloud.Sqs.Messages(queue));
        Assert.Empty(ProblemsAfterTheNextReconcile(world));
        Assert.Empty(world.Cloud.Sqs.Messages(queue));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("typed over")]
    [InlineData("deleted and typed anew")]
    public void A_parameter_changed_by_hand_is_as_its_row_asks_after_the_next_reconcile(string how)
    {
        using var world = SimulatedWorld.Create(1, Small);
        Tell(world, static _ => { });
        world.Driver.Live(TimeSpan.FromMinutes(20));
        if (how.StartsWith("deleted", StringComparison.Ordinal))
            world.Manual.Ask(world.Cloud.Ssm, Account, "DeleteParameter", new JsonObject { ["Name"] = SimulatedWorld.Parameter });
        if (how.Contains("typed", StringComparison.Ordinal))
            world.Manual.Ask(
                world.Cloud.Ssm,
                Account,
                "PutParameter",
                new JsonObject
                {
                    ["Name"] = SimulatedWorld.Parameter,
                    ["Value"] = "12",
                    ["Type"] = how == "typed over" ? null : "String",
                    ["Overwrite"] = true
                });
        world.Driver.Settle();

        var seen = SimulatedWorld.Done(world.Status.ReadAsync(Account, CancellationToken.None));
        Assert.Equal((AccountState.Pending, "the parameter was changed or deleted by hand"), (seen?.State, seen?.Drift.Items.FirstOrDefault()?.Message));
        Assert.Empty(ProblemsAfterTheNextReconcile(world));
        var status = SimulatedWorld.Done(world.Status.ReadAsync(Account, CancellationToken.None));
        Assert.Equal("the parameter was changed or deleted by hand", status?.Drift.Items.FirstOrDefault()?.Message);
        Assert.NotNull(status?.DriftSeenAt);
    }

    [Theory]
    [InlineData("limit", "limit is 1 USD, should be 7 USD")]
    [InlineData("notification", "notification ACTUAL > 33 % exists")]
    [InlineData("budget", "is missing")]
    public void A_budget_changed_by_hand_is_as_its_row_asks_after_the_next_daily_apply_and_its_status_says_what_was_found(string what, string said)
    {
        using var world = SimulatedWorld.Create(1, Small);
        Tell(world, static _ => { });
        var budget = new JsonObject { ["AccountId"] = Account, ["BudgetName"] = "another" };
        switch (what)
        {
            case "limit":
                world.Manual.Ask(
                    world.Cloud.Budgets,
                    Account,
                    "UpdateBudget",
                    new JsonObject
                    {
                        ["AccountId"] = Account,
                        ["NewBudget"] = new JsonObject
                        {
                            ["BudgetName"] = "another",
                            ["BudgetType"] = "COST",
                            ["TimeUnit"] = "MONTHLY",
                            ["BudgetLimit"] = new JsonObject { ["Amount"] = "1", ["Unit"] = "USD" }
                        }
                    });
                break;
            case "notification":
                budget["Notification"] = new JsonObject { ["NotificationType"] = "ACTUAL", ["ComparisonOperator"] = "GREATER_THAN", ["Threshold"] = 33 };
                budget["Subscribers"] = new JsonArray(new JsonObject { ["SubscriptionType"] = "EMAIL", ["Address"] = "curious@example.com" });
                world.Manual.Ask(world.Cloud.Budgets, Account, "CreateNotification", budget);
                break;
            default:
                world.Manual.Ask(world.Cloud.Budgets, Account, "DeleteBudget", budget);
                break;
        }

        world.Driver.Live(TimeSpan.FromHours(25));

        Assert.Empty(new LivenessChecks(world).Problems());
        var status = SimulatedWorld.Done(world.Status.ReadAsync(Account, CancellationToken.None));
        Assert.Contains(status?.Drift ?? [], line => line.Message.Contains(said, StringComparison.Ordinal));
        Assert.NotNull(status?.DriftSeenAt);
    }

    [Fact]
    public void A_story_without_faults_ends_in_sync() => Assert.Empty(ProblemsWith((_, _) => null));

    private static DeliveryFault? Count(ref int messages)
    {
        messages++;
        return null;
    }

    private static int CallsOf(Func<int, AwsCall, Fault?> fault)
    {
        var calls = 0;
        _ = ProblemsWith((number, call) =>
        {
            calls = number;
            return fault(number, call);
        });
        return calls;
    }

    /// <summary>Tells the story with faults, and looks at it after the next reconcile.</summary>
    /// <param name="fault">Of the function's or service's call of this number, from 1.</param>
    private static IReadOnlyList<string> ProblemsWith(Func<int, AwsCall, Fault?> fault, Func<EventDelivery, DeliveryFault?>? delivery = null)
    {
        using var world = SimulatedWorld.Create(1, Small);
        var number = 0;
        world.Cloud.Faults.OnCalls(call => call.Caller.IsRoot ? null : fault(++number, call));
        if (delivery is not null) world.Cloud.Faults.OnDeliveries(delivery);
        Tell(world, static _ => { });
        return ProblemsAfterTheNextReconcile(world);
    }

    /// <summary>The reconcile itself is free of faults: what comes after a loss is what is looked at.</summary>
    private static IReadOnlyList<string> ProblemsAfterTheNextReconcile(SimulatedWorld world)
    {
        world.Cloud.Faults.Reset();
        world.Driver.Live(TimeSpan.FromHours(1));
        return new LivenessChecks(world).Problems();
    }

    /// <summary>A row comes, everything of it changes, and it asks for a budget of another name instead.</summary>
    private static void Tell(SimulatedWorld world, Action<int> onEdit)
    {
        onEdit(1);
        world.PutRow(
            new JsonObject
            {
                ["AccountId"] = Account,
                ["BudgetValue"] = 1000,
                ["Thresholds"] = new JsonArray(80, 100),
                ["EmailRecipients"] = new JsonArray("one@example.com", "two@example.com")
            });
        world.Driver.Settle();
        onEdit(2);
        world.PutRow(
            new JsonObject
            {
                ["AccountId"] = Account,
                ["BudgetValue"] = 1500.50m,
                ["Thresholds"] = new JsonArray(80, 90, "110 FORECASTED"),
                ["EmailRecipients"] = new JsonArray("two@example.com", "three@example.com")
            });
        world.Driver.Settle();
        onEdit(3);
        world.PutRow(
            new JsonObject { ["AccountId"] = Account, ["Budgets"] = new JsonArray(new JsonObject { ["BudgetName"] = "another", ["BudgetValue"] = 7 }) });
        world.Driver.Settle();
        onEdit(0);
    }
}
