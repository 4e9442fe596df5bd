using BudgetSync.Aws.Apply;
using BudgetSync.Core.Reports;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Apply;

/// <summary>
/// Budgets does not say that what it describes is up to date, and a plan made of an old answer may be refused for no fault of the row (seed 4654 of the
/// simulation). A row that is Rejected is not tried again, so a refusal is believed only when a fresh look meets it too.
/// </summary>
public sealed class DoubtedRefusalTests
{
    [Theory]
    [InlineData(1, ReportOutcome.Applied)]
    [InlineData(2, ReportOutcome.Rejected)]
    public async Task A_refusal_is_believed_when_it_comes_a_second_time(int times, ReportOutcome outcome)
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", new Amazon.DynamoDBv2.Model.AttributeValue { N = "1000" }));
        await world.PropagateAsync(Alpha);
        var refused = 0;
        world.Cloud.Faults.OnCalls(call => call.Operation == "CreateBudget" && Interlocked.Increment(ref refused) <= times
            ? new Fault.Refusal(new AwsException("InvalidParameterException", "not as things stand"))
            : null);

        var report = await world.Apply(Alpha).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        Assert.Equal((outcome, 2), (report.Outcome, refused));
        Assert.Equal(outcome == ReportOutcome.Applied, report.Reasons.IsEmpty);
    }
}
