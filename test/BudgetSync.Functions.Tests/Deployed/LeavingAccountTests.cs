using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Restrictions of an account that is closed, leaves the organization, or moves to another unit.</summary>
public sealed class LeavingAccountTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Deny = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string Binding = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED","Binding":true}]""";

    /// <summary>Nobody can say that it is given back there, so it is not said; what is to happen, and why, is known.</summary>
    [Theory]
    [InlineData(true, "the account is suspended or closing")]
    [InlineData(false, "the organization has no such account")]
    public async Task What_was_in_force_in_an_account_that_is_closed_or_left_is_being_lifted_for_that_reason(bool isClosed, string why)
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);

        Leave(organization, isClosed);
        await organization.PassAsync(TimeSpan.FromHours(3));

        await StaysAsync(organization, why);
        await organization.PassAsync(TimeSpan.FromHours(30));
        await StaysAsync(organization, why);
        Assert.Single(await ResponseAttackTests.LedgerAsync(organization, Spoke), entry => entry.What == "Revoked");
    }

    [Fact]
    public async Task What_is_planned_in_an_account_that_is_closed_is_cancelled_and_not_planned_again()
    {
        await using var organization = await ResponseAttackTests.OverAsync(Deny);
        await organization.PassAsync(TimeSpan.FromMinutes(5));
        Assert.IsType<RestrictionState.Planned>((await ForgedReports.RowAsync(organization)).Restrictions.Single().State);

        Leave(organization, isClosed: true);
        await organization.PassAsync(TimeSpan.FromHours(30));

        var state = Assert.IsType<RestrictionState.Cancelled>((await ForgedReports.RowAsync(organization)).Restrictions.Single().State);
        Assert.Contains("suspended", state.Why, StringComparison.Ordinal);
        Assert.Single(await ResponseAttackTests.LedgerAsync(organization, Spoke), entry => entry.What == "Planned");
    }

    /// <summary>Of an account that its unit's row is for, the status is not Orphan.</summary>
    [Fact]
    public async Task So_is_what_the_row_of_its_unit_asked_for()
    {
        await using var organization = await ResponseAttackTests.OverAsync("[]");
        await organization.DeleteRowAsync(Spoke);
        await organization.PutRowAsync($$"""{"AccountId":"{{organization.Members}}","BudgetValue":100,"Responses":{{Deny}}}""");
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(6));
        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));

        Leave(organization, isClosed: false);
        await organization.PassAsync(TimeSpan.FromHours(30));

        var state = Assert.IsType<RestrictionState.Revoked>((await ForgedReports.RowAsync(organization)).Restrictions.Single().State);
        Assert.Equal("the account has left the organization", state.Why);
    }

    /// <summary>AWS's support may reactivate it for 90 days: the parameter is then as its rows say, and Apply gives back or goes on.</summary>
    [Fact]
    public async Task An_account_that_comes_back_gets_what_its_rows_say()
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);
        Leave(organization, isClosed: true);
        await organization.PassAsync(TimeSpan.FromHours(3));

        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 50);
        organization.Cloud.Organizations.Reactivate(Spoke);
        await organization.PassAsync(TimeSpan.FromHours(6));

        Assert.True(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
        Assert.IsType<RestrictionState.Lifted>((await ForgedReports.RowAsync(organization)).Restrictions.Single().State);
    }

    /// <summary>The organization can take away what it denies without anybody in the account.</summary>
    [Fact]
    public async Task What_the_organization_denied_is_lifted_in_an_account_that_is_closed()
    {
        await using var organization = await ControlledOrganization.DeployAsync(Binding);
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(6));
        Assert.IsType<RestrictionState.InForce>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));

        Leave(organization, isClosed: true);
        await organization.PassAsync(TimeSpan.FromHours(3));

        Assert.IsType<RestrictionState.Lifted>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));
        Assert.All(await ControlledOrganization.AttachmentsAsync(organization), policy => Assert.DoesNotContain(Spoke, policy.Value));
    }

    /// <summary>The rows of the unit that it stands in decide, from the next reconcile on.</summary>
    [Theory]
    [InlineData("", "Lifted")]
    [InlineData(""","Responses":[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""", "InForce")]
    public async Task An_account_that_moves_gets_what_the_rows_of_its_new_unit_say(string responses, string state)
    {
        await using var organization = await ResponseAttackTests.OverAsync("[]");
        var other = organization.Cloud.Organizations.AddOrganizationalUnit(organization.Members, "Other");
        await organization.PutRowAsync($$"""{"AccountId":"{{organization.Members}}","BudgetValue":100,"Responses":{{Deny}}}""");
        await organization.PutRowAsync($$"""{"AccountId":"{{other}}","BudgetValue":100,"Responses":[]}""");
        if (responses.Length > 0) await organization.PutRowAsync($$"""{"AccountId":"{{other}}","BudgetValue":100{{responses}}}""");
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100}""");
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(6));
        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));

        organization.Cloud.Organizations.Move(Spoke, other);
        await organization.PassAsync(TimeSpan.FromHours(3));

        Assert.Equal(state, (await ForgedReports.RowAsync(organization)).Restrictions.Single().State.Name);
        Assert.Equal(state == "Lifted", ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
    }

    private static void Leave(DeployedOrganization organization, bool isClosed)
    {
        if (isClosed) organization.Cloud.Organizations.Suspend(Spoke);
        else organization.Cloud.Organizations.Remove(Spoke);
    }

    private static async Task StaysAsync(DeployedOrganization organization, string why)
    {
        var row = await ForgedReports.RowAsync(organization);
        Assert.Equal(AccountState.Orphan, row.State);
        var state = Assert.IsType<RestrictionState.Revoked>(row.Restrictions.Single().State);
        Assert.Contains(why, state.Why, StringComparison.Ordinal);
    }
}
