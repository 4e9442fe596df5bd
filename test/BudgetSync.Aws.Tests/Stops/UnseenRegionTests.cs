using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Stops;

/// <summary>
/// A budget of a day has a restriction with an id of its own each day: of more than a report has room for, the newest are told (RESPONSES.md, "the restriction
/// stays Revoked … until the region is seen").
/// </summary>
public sealed class UnseenRegionTests
{
    private static readonly RestrictionSettings Given = new(["DenyNew"], []) { StopRegions = ["us-east-1"], OwnRole = "BudgetSync-Apply" };

    [Fact]
    public async Task Of_many_that_may_not_be_given_back_the_newest_are_told_and_those_that_are_given_back_by_name()
    {
        await using var world = await CreateAsync(Alpha);
        for (var day = 1; day <= 30; day++)
            await RestrictAsync(world, Stop(day), new DesiredRestriction($"r-1000000000{day:00}", RestrictionKind.DENY_NEW, Start));
        world.Cloud.Faults.OnCalls(call => call.Operation == "DescribeInstances"
            ? new Fault.Refusal(new AwsException("UnauthorizedOperation", "no", 403))
            : null);
        await RestrictAsync(world);

        var report = await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        var told = Assert.IsType<ParsedReport.Read>(ReportJson.Parse(ReportJson.Format(report))).Report.Restrictions!.Value;
        Assert.Equal(ReportedRestriction.Most, told.Length);
        Assert.Equal(("r-000000000030", RestrictionOutcome.Failed), (told[0].Id, told[0].State));
        Assert.Equal(("r-100000000030", RestrictionOutcome.Lifted), (told[1].Id, told[1].State));
        Assert.Equal("r-000000000021", told[18].Id);
    }

    private static DesiredRestriction Stop(int day) =>
        new($"r-0000000000{day:00}", RestrictionKind.STOP_TAGGED, Start) { Tag = new ResourceTag("environment", "sandbox") };

    private static Task RestrictAsync(World world, params DesiredRestriction[] restrictions)
    {
        var read = (ParsedDocument.Read)ParameterDocument.Parse("1000", BudgetSync.Core.AccountId.Parse(Alpha), Defaults);
        return world.HubSetsParameterAsync(Alpha, ParameterDocument.Format(read.Budgets, [.. restrictions]));
    }
}
