using BudgetSync.Core.Restrictions;
using static BudgetSync.Functions.Tests.Deployed.ResponseAttackTests;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What a deny does not bind comes from the spoke to the status that people read, by deployed templates and functions.</summary>
public sealed class RestrictionReasonTests
{
    private const string Spoke = DeployedOrganization.Spoke;

    [Fact]
    public async Task Who_is_not_bound_stands_in_the_status_and_a_deny_of_nobody_has_failed()
    {
        await using var organization = await OverAsync("""
            [{"At":"100","Do":"DENY_NEW","Mode":"ARMED","Roles":["developer","ghost"]},{"At":"100","Do":"DENY_AI","Mode":"ARMED","Roles":["develper"]}]
            """);
        await organization.PassAsync(TimeSpan.FromHours(3));

        Assert.False(May(organization, Spoke, "ec2:RunInstances"));
        var restrictions = (await ForgedReports.RowAsync(organization)).Restrictions;
        var partly = restrictions.Single(one => one.Rule.Do == RestrictionKind.DENY_NEW);
        Assert.IsType<RestrictionState.InForce>(partly.State);
        Assert.Equal("the role ghost is not in the account, so it is not bound", Assert.Single(partly.Remarks));
        var failed = Assert.IsType<RestrictionState.Failed>(restrictions.Single(one => one.Rule.Do == RestrictionKind.DENY_AI).State);
        Assert.Equal("no role or user matches develper, so nobody is bound; the nearest name is developer", failed.Reasons[0]);
    }
}
