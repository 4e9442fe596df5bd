using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>"In force" would be untrue of a deny that binds nobody (issue 14, "restrictions in force = restrictions desired").</summary>
public sealed class UnboundDenyTests
{
    private static readonly DesiredRestriction DenyNew = new("r-000000000001", RestrictionKind.DENY_NEW, Spending.Noon);
    private static readonly Principal People = new(false, "AWSReservedSSO_Admin_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/");
    private static readonly Principal[] All = [new(false, "developer", "/team/"), new(true, "alice"), new(false, "BudgetSync-Apply"), People];

    [Theory]
    [InlineData("develper", "", "no role or user matches develper, so nobody is bound; the nearest name is developer")]
    [InlineData("develper", "alise", "no role or user matches develper, alise, so nobody is bound; the nearest name is developer, alice")]
    [InlineData("something-else", "", "no role or user matches something-else, so nobody is bound")]
    [InlineData("BudgetSync-Apply", "", "nobody is bound: all whom it names are exempt, or changed by AWS alone")]
    [InlineData("developer", "alise", null)]
    public void A_deny_that_binds_nobody_whom_it_names_says_so_with_the_nearest_name(string role, string user, string? why) =>
        Assert.Equal(why, UnboundDeny.Reason(DenyNew with { Binds = new PrincipalNames([role], user.Length == 0 ? [] : [user]) }, All, []));

    [Fact]
    public void Where_all_people_come_by_roles_that_AWS_alone_changes_nobody_is_bound()
    {
        Assert.StartsWith("nobody is bound", UnboundDeny.Reason(DenyNew, [People], []), StringComparison.Ordinal);
        Assert.Null(UnboundDeny.Reason(DenyNew, All, []));
        Assert.Null(UnboundDeny.Reason(DenyNew, [], []));
    }
}
