namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>The kill switch in a deployment that meters models and has no responses: Reconcile reads it, because nothing else does.</summary>
public sealed class ModelSwitchTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(66);

    [Fact]
    public async Task No_suspension_begins_while_it_is_thrown_and_what_is_in_force_stays() => Assert.Equal("", await WrongAsync(Templates.WithAiAlone));

    [Fact]
    public async Task Without_the_permission_to_read_it_that_is_not_so()
    {
        var read = GrantedAction.Of("management", Templates.WithAiAlone.Management)
            .Where(action => action.ToString().Contains("ReconcileRole/ReadSwitch", StringComparison.Ordinal));
        Assert.NotEqual("", await WrongAsync(Assert.Single(read).RemovedFrom(Templates.WithAiAlone)));
    }

    private static async Task<string> WrongAsync(Templates templates)
    {
        await using var organization = await MeteringSpoke.BudgetedAsync(templates);
        await MeteringSpoke.SwitchAsync(organization, "false");
        await organization.PassAsync(Round);
        await MeteringSpoke.InvokeAsRoleAsync(organization, 2_000_000);
        await organization.PassAsync(TimeSpan.FromMinutes(10));
        if ((await MeteringSpoke.StateAsync(organization), IsBound(organization)) != ("Grace", false)) return "it began";

        await MeteringSpoke.SwitchAsync(organization, "true");
        await organization.PassAsync(Round);
        if ((await MeteringSpoke.StateAsync(organization), IsBound(organization)) != ("Suspended", true)) return "it did not begin again";

        await MeteringSpoke.SwitchAsync(organization, "false");
        await organization.PassAsync(Round);
        return IsBound(organization) ? "" : "what was in force was given back";
    }

    private static bool IsBound(DeployedOrganization organization) =>
        !organization.Cloud.Iam.FindRole(Spoke, "DataScience")!.Definition.ManagedPolicyArns.IsEmpty; // MeteringSpoke put it.
}
