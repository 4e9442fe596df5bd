using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Restrictions;

public sealed class DenyPlanTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);
    private static readonly DesiredRestriction DenyNew = new("r-000000000001", RestrictionKind.DENY_NEW, Since);
    private static readonly Principal Developer = new(false, "developer", "/team/") { Id = "AROA1" };
    private static readonly Principal Alice = new(true, "alice") { Id = "AIDA1" };

    private static readonly Principal[] All =
    [
        Developer,
        Alice,
        new(false, "BudgetSync-Apply"),
        new(false, "stacksets-exec-0123456789abcdef"),
        new(false, "OrganizationAccountAccessRole"),
        new(false, "AWSControlTowerExecution"),
        new(false, "AWSServiceRoleForSupport", "/aws-service-role/support.amazonaws.com/"),
        new(false, "AWSReservedSSO_Admin_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/"),
        new(false, "Fire-1", "/breakglass/") { Id = "AROA2" },
    ];

    [Fact]
    public void A_deny_binds_every_role_and_user_but_those_that_are_always_exempt()
    {
        var plan = Plan([DenyNew], []);

        Assert.Equal(["role/team/developer", "user/alice"], plan.Attach.Select(principal => principal.Resource));
        Assert.True(plan.Detach.IsEmpty);
        Assert.Contains("AWSReservedSSO_Admin_0123456789abcdef", Assert.Single(plan.LeftAlone[DenyNew.Id]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_bound_already_is_left_and_what_no_restriction_binds_is_freed()
    {
        // IAM lists attachments without paths, and names without regard to case.
        var plan = Plan([DenyNew], [new Principal(false, "Developer") { Id = "AROA1" }, new Principal(false, "Fire-1") { Id = "AROA2" }]);

        Assert.Equal([Alice], plan.Attach.Items.ToArray());
        Assert.Equal(["role/Fire-1"], plan.Detach.Select(principal => principal.Resource));
        Assert.Equal(2, Plan([], [Developer, Alice]).Detach.Length);
        Assert.True(Plan([DenyNew], [Developer, Alice]) is { Attach.IsEmpty: true, Detach.IsEmpty: true });
    }

    [Fact]
    public void What_somebody_else_attached_stays_whether_or_not_a_restriction_means_it()
    {
        var fire = new Principal(false, "Fire-1") { Id = "AROA2" };
        var journal = new OwnJournal([DenyJournal.EntryOf("DenyNew", Alice)]);

        var plan = Plan([DenyNew], [Developer, Alice, fire], journal);

        Assert.True(plan is { Attach.IsEmpty: true, Detach.IsEmpty: true });
        Assert.Equal(["user/alice"], plan.Bound.Select(principal => principal.Resource));
        Assert.Equal(["role/Fire-1", "role/team/developer"], plan.Foreign.Select(principal => principal.Resource));
        Assert.Equal(["user/alice"], Plan([], [Developer, Alice, fire], journal).Detach.Select(principal => principal.Resource));
        // Another policy's entry, and that of one who was deleted and made anew by the same name, are of something else.
        Assert.True(Plan([], [Alice], new OwnJournal([DenyJournal.EntryOf("DenyAi", Alice)])).Detach.IsEmpty);
        Assert.True(Plan([], [Alice with { Id = "AIDA2" }], journal).Detach.IsEmpty);
    }

    [Fact]
    public void Two_restrictions_of_one_policy_bind_whom_either_binds()
    {
        var ofAlice = DenyNew with { Id = "r-000000000002", Binds = new PrincipalNames([], ["alice"]) };
        var butAlice = DenyNew with { Except = new PrincipalNames([], ["alice"]) };

        Assert.Equal([Developer], Plan([butAlice], []).Attach.Items.ToArray());
        Assert.Equal([Developer, Alice], Plan([butAlice, ofAlice], []).Attach.Items.ToArray());
    }

    [Fact]
    public void A_role_that_is_exempt_or_not_there_is_not_bound_by_its_name_either()
    {
        var named = DenyNew with { Binds = new PrincipalNames(["Fire-1", "BudgetSync-Apply", "nobody"], ["bob"]) };

        var plan = Plan([named], []);

        Assert.True(plan.Attach.IsEmpty);
        Assert.Equal(
            [
                "the role BudgetSync-Apply is exempt from every restriction and is not bound; leave it out of Roles",
                "the role Fire-1 is exempt from every restriction and is not bound; leave it out of Roles",
                "the role nobody is not in the account, so it is not bound",
                "the user bob is not in the account, so it is not bound",
            ],
            plan.LeftAlone[DenyNew.Id].Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("breakglass/Fire-*", true)]
    [InlineData("fire-1", true)]
    [InlineData("*1", true)]
    [InlineData("F*e-*", true)]
    [InlineData("Fire", false)]
    [InlineData("other/Fire-*", false)]
    public void A_pattern_of_the_deployment_names_a_role_with_or_without_its_path(string pattern, bool exempt) =>
        Assert.Equal(exempt, ExemptRoles.Contain(new Principal(false, "Fire-1", "/breakglass/"), [pattern]));

    [Fact]
    public void A_user_is_never_exempt_by_a_name_of_a_role() => Assert.False(ExemptRoles.Contain(new Principal(true, "BudgetSync-Apply"), ["*"]));

    [Fact]
    public void The_policy_follows_from_the_kind_and_never_from_text_but_a_lists_name()
    {
        Assert.Equal("DenyNew", DenyPlan.PolicyOf(DenyNew));
        Assert.Equal("DenyAi", DenyPlan.PolicyOf(DenyNew with { Kind = RestrictionKind.DENY_AI }));
        Assert.Equal("DenyApis-critical", DenyPlan.PolicyOf(DenyNew with { Kind = RestrictionKind.DENY_APIS, Policy = "critical" }));
        Assert.Throws<ArgumentException>(() => DenyPlan.PolicyOf(DenyNew with { Kind = RestrictionKind.STOP_ALL }));
    }

    /// <param name="journal">None: all that is attached is ours.</param>
    private static DenyPlan Plan(DesiredRestriction[] restrictions, Principal[] attached, OwnJournal? journal = null) => DenyPlan.Of(
        "DenyNew",
        restrictions,
        All,
        attached,
        ["breakglass/Fire-*"],
        journal ?? new OwnJournal([.. attached.Select(principal => DenyJournal.EntryOf("DenyNew", principal))]));
}
