using Amazon.SQS;
using Amazon.SQS.Model;
using BudgetSync.Aws.Reconcile;
using BudgetSync.Core;
using BudgetSync.Core.Status;
using Moq;
using static BudgetSync.Aws.Tests.Reconcile.ReconcileSteps;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Reconcile;

public sealed class ReconcileOnRequestTests
{
    [Fact]
    public async Task A_person_who_reconciles_makes_every_spoke_look_at_its_budgets_as_they_are()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        await world.PutRowAsync("default", ("BudgetValue", Number("1000")));
        await ReconcileAsync(world);
        foreach (var account in new[] { Alpha, Beta }) await ReportAsync(world, account);
        Assert.Equal(AccountState.Applied, (await world.StatusAsync(Alpha)).State);
        await world.As(Alpha).Budgets.DeleteBudgetAsync(new() { AccountId = Alpha, BudgetName = "SpokeAccountBudget" });

        Assert.Equal(0, (await ReconcileAsync(world)).Written);
        var asked = world.Clock.GetUtcNow();
        Assert.Equal(2, (await world.Reconciler.ReconcileAsync([], true, asked, TimeSpan.FromMinutes(10), CancellationToken.None)).Written);

        // A second run of the same request finds them done.
        Assert.Equal(0, (await world.Reconciler.ReconcileAsync([], true, asked, TimeSpan.FromMinutes(10), CancellationToken.None)).Written);
        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Alpha)).State);
        var report = await ReportAsync(world, Alpha);
        Assert.Contains("SpokeAccountBudget", Assert.Single(report.Drift), StringComparison.Ordinal);
        Assert.Equal(AccountState.Applied, (await world.StatusAsync(Alpha)).State);
        Assert.NotEmpty((await world.StatusAsync(Alpha)).Drift);
    }

    [Fact]
    public async Task What_AWS_refused_in_an_account_is_tried_again_when_a_person_reconciles_it()
    {
        await using var world = await World.CreateAsync(Alpha);
        var budget = new Amazon.Budgets.Model.Budget
        {
            BudgetName = "SpokeAccountBudget",
            BudgetType = "COST",
            TimeUnit = "MONTHLY",
            BudgetLimit = new() { Amount = 10, Unit = "USD" },
        };
        await world.As(Alpha).Budgets.CreateBudgetAsync(new() { AccountId = Alpha, Budget = budget });
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await ReconcileAsync(world);
        await ReportAsync(world, Alpha);
        Assert.Equal(AccountState.Rejected, (await world.StatusAsync(Alpha)).State);
        await world.As(Alpha).Budgets.DeleteBudgetAsync(new() { AccountId = Alpha, BudgetName = "SpokeAccountBudget" });

        await world.Reconciler.ReconcileAsync([AccountId.Parse(Alpha)], true, TimeSpan.FromMinutes(10), CancellationToken.None);
        await ReportAsync(world, Alpha);

        Assert.Equal(AccountState.Applied, (await world.StatusAsync(Alpha)).State);
    }

    [Fact]
    public async Task A_document_renewed_is_written_once_however_often_its_rows_move()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await ReconcileAsync(world);
        world.Cloud.Calls.Clear();
        var edits = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "PutParameter" && Interlocked.Increment(ref edits) == 1)
                world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("Note", Text("moved"))).GetAwaiter().GetResult();
            return null;
        });

        await world.Reconciler.ReconcileAsync([], true, TimeSpan.FromMinutes(10), CancellationToken.None);

        Assert.Equal(1, world.Cloud.Calls.Count("ssm", "PutParameter"));
    }

    [Fact]
    public async Task Batches_that_were_given_up_stay_in_their_queue_until_a_reconcile_gets_to_its_end()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        var queue = new Mock<IAmazonSQS>();
        var answers = new Queue<ReceiveMessageResponse>();
        queue.Setup(sqs => sqs.ReceiveMessageAsync(It.IsAny<ReceiveMessageRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => answers.TryDequeue(out var answer) ? answer : new ReceiveMessageResponse());
        queue.Setup(sqs => sqs.DeleteMessageBatchAsync(It.IsAny<DeleteMessageBatchRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DeleteMessageBatchResponse());
        var reconciler = world.ReconcilerOf(new DeadLetterQueue(queue.Object, "https://sqs.us-east-1.amazonaws.com/999999999999/parked", world.Caller));

        answers.Enqueue(new ReceiveMessageResponse { Messages = [new Message { MessageId = "a", ReceiptHandle = "1" }] });
        Assert.Equal(0, (await reconciler.ReconcileAsync([], false, TimeSpan.Zero, CancellationToken.None)).DeadLetters);
        queue.Verify(sqs => sqs.DeleteMessageBatchAsync(It.IsAny<DeleteMessageBatchRequest>(), It.IsAny<CancellationToken>()), Times.Never);

        answers.Enqueue(new ReceiveMessageResponse { Messages = [new Message { MessageId = "a", ReceiptHandle = "2" }] });
        Assert.Equal(1, (await reconciler.ReconcileAsync([], false, TimeSpan.FromMinutes(10), CancellationToken.None)).DeadLetters);
    }

    [Fact]
    public async Task Those_that_waited_longest_come_first()
    {
        await using var world = await World.CreateAsync(Alpha, Beta, Gamma);
        foreach (var account in new[] { Gamma, Alpha, Beta })
        {
            await world.Status.StepAsync(
                account,
                before => StatusChange.Blocked(before, account, null, ["no role"], null, world.Clock.GetUtcNow()),
                CancellationToken.None);
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.PutRowAsync(account, ("BudgetValue", Number("1000")));
        }

        world.Clock.Advance(TimeSpan.FromHours(1));
        await ReconcileAsync(world);

        var asked = world.Cloud.Calls.Calls.Where(call => call.Call.Operation == "AssumeRole").Select(call => call.Call.Input["RoleArn"]!.ToString()).ToList();
        Assert.Equal([Gamma, Alpha, Beta], asked.Select(role => role.Split(':')[4]));
    }
}
