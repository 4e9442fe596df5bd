using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Functions.Tests.Deployed.ForgedReports;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// What whoever may put events on the bus of a restricted account can do with reports that no Apply made: AWS says for certain of which account an event is,
/// and not of which function (EventBridge user guide, "AWS service event metadata").
/// </summary>
public sealed class ForgedReportTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Deny = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string Binding = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED","Binding":true}]""";

    /// <summary>The hub asks the function itself before it lifts anything, and the function tells the truth.</summary>
    [Theory]
    [MemberData(nameof(Sayings), MemberType = typeof(ForgedReports))]
    public async Task No_event_of_the_account_lifts_what_is_in_force(string said)
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        var freed = Detached(organization);
        for (var hour = 0; hour < 3; hour++)
        {
            await organization.PassAsync(TimeSpan.FromMinutes(40));
            await SayAsync(organization, id, said);
            await organization.PassAsync(TimeSpan.FromMinutes(20));

            Assert.Equal([id], await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
            Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
            Assert.True((await RowAsync(organization)).Restrictions.Single(one => one.Id == id).State.IsDesired);
        }

        Assert.Equal(0, freed());
    }

    /// <summary>QUARANTINE denies the account events as well; what denies less does not.</summary>
    [Theory]
    [MemberData(nameof(Sayings), MemberType = typeof(ForgedReports))]
    public async Task No_event_of_the_account_lifts_what_the_organization_denies(string said)
    {
        await using var organization = await ControlledOrganization.DeployAsync(Binding);
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(2));
        var id = Assert.Single((await RowAsync(organization)).Restrictions).Id;
        var freed = Detached(organization);
        for (var hour = 0; hour < 2; hour++)
        {
            await organization.PassAsync(TimeSpan.FromMinutes(40));
            await SayAsync(organization, id, said);
            await organization.PassAsync(TimeSpan.FromMinutes(20));

            Assert.False(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
            Assert.IsType<RestrictionState.InForce>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));
        }

        Assert.Equal(0, freed());
    }

    /// <summary>UpdateBudget drops the calculated spend: a function that finds zero confirms nothing.</summary>
    [Fact]
    public async Task No_event_lifts_while_AWS_computes_the_budget_anew()
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":110,"Responses":{{Deny}}}""");
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        await SayAsync(organization, id, "less was spent");
        await organization.PassAsync(TimeSpan.FromMinutes(20));

        Assert.Equal([id], await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        var restriction = (await RowAsync(organization)).Restrictions.Single();
        Assert.True(restriction.State.IsDesired);
        Assert.EndsWith(
            "AWS shows no spend, as while it computes the budget anew, and 130 USD are known of the period", restriction.HeldBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_function_itself_finds_ends_it_and_so_does_a_raised_limit()
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 90);
        await organization.PassAsync(TimeSpan.FromHours(5));
        Assert.True(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
        Assert.IsType<RestrictionState.Lifted>((await RowAsync(organization)).Restrictions.Single().State);

        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 140);
        await organization.PassAsync(TimeSpan.FromHours(6));
        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":150,"Responses":{{Deny}}}""");
        await organization.PassAsync(TimeSpan.FromMinutes(20));
        Assert.True(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
    }

    /// <summary>A spoke of before, whose role nobody but Propagate and Reconcile may assume.</summary>
    [Fact]
    public async Task A_spoke_that_cannot_be_asked_stays_bound_and_says_why_until_its_limit_is_raised()
    {
        var templates = Templates.WithResponses;
        var question = Assert.Single(GrantedAction.Of("spoke", templates.Spoke), action => action.Statement == "AskFunctions");
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny, templates with { Spoke = question.RemovedFrom(templates.Spoke) });
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        await SayAsync(organization, id, "less was spent");
        await organization.PassAsync(TimeSpan.FromMinutes(20));

        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
        Assert.Contains("deploy its stack with respond=true", (await RowAsync(organization)).Restrictions.Single().HeldBack, StringComparison.Ordinal);
        var entry = Assert.Single(await ResponseAttackTests.LedgerAsync(organization, Spoke), entry => entry.What == LedgerEntry.HeldBack);
        Assert.Contains("its spoke does not confirm it", entry.Text, StringComparison.Ordinal);

        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":150,"Responses":{{Deny}}}""");
        await organization.PassAsync(TimeSpan.FromHours(1));
        Assert.True(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
        Assert.IsType<RestrictionState.Lifted>((await RowAsync(organization)).Restrictions.Single().State);
    }

    /// <summary>Events that say less, or that there is no such budget, again and again, do not keep it from beginning.</summary>
    [Theory]
    [MemberData(nameof(Sayings), MemberType = typeof(ForgedReports))]
    public async Task No_event_of_the_account_keeps_back_what_is_about_to_begin(string said)
    {
        await using var organization = await ResponseAttackTests.OverAsync(Deny);
        await organization.PassAsync(TimeSpan.FromMinutes(5));
        var id = Assert.Single((await RowAsync(organization)).Restrictions).Id;
        for (var minute = 0; minute < 120; minute += 5)
        {
            await SayAsync(organization, id, said);
            await organization.PassAsync(TimeSpan.FromMinutes(5));
        }

        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
    }

    /// <summary>The ledger must not say that nobody is bound while he still is.</summary>
    [Fact]
    public async Task What_is_being_given_back_is_lifted_by_the_word_of_the_function_alone()
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        organization.Cloud.Faults.OnCalls(call => call.Operation == "DetachRolePolicy"
            ? new Fault.Refusal(new AwsException("AccessDenied", "not now", 403))
            : null);
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100}""");
        await organization.PassAsync(TimeSpan.FromHours(1));
        Assert.IsType<RestrictionState.Revoked>((await RowAsync(organization)).Restrictions.Single(one => one.Id == id).State);

        await SayAsync(organization, id, "given back");
        await organization.PassAsync(TimeSpan.FromHours(1));

        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
        Assert.IsType<RestrictionState.Revoked>((await RowAsync(organization)).Restrictions.Single(one => one.Id == id).State);
        Assert.DoesNotContain(await ResponseAttackTests.LedgerAsync(organization, Spoke), entry => entry.What == "Lifted");
    }

    private static Func<int> Detached(DeployedOrganization organization)
    {
        var freed = 0;
        organization.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation.StartsWith("Detach", StringComparison.Ordinal)) freed++;
            return null;
        });
        return () => freed;
    }
}
