using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Respond;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Responses in a deployed organization, from AWS Budgets to the spoke's parameter, under the templates' own permissions.</summary>
public sealed class ResponseTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Jane = "arn:aws:iam::999999999999:user/jane";
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task What_needs_a_person_is_told_approved_carried_to_the_spoke_lifted_and_gone_again()
    {
        await using var organization = await DeployedAsync("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM","Grace":"0m"}]""");
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.SettleAsync();
        var waiting = Assert.Single((await RowAsync(organization)).Restrictions);
        Assert.IsType<RestrictionState.AwaitingApproval>(waiting.State);
        Assert.Contains(Messages(organization), text => text.Contains($"Let it begin: budgetsync approve {Spoke} {waiting.Id}", StringComparison.Ordinal));
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));

        await SayAsync(organization, row => StatusChange.Approved(row, waiting.Id, Jane, organization.Clock.GetUtcNow()));
        await organization.PassAsync(Round);
        Assert.Equal([waiting.Id], await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Contains(Messages(organization), text => text.Contains("DENY_NEW at Over is in force", StringComparison.Ordinal));
        Assert.Equal("Applied", await organization.StateAsync(Spoke));

        await SayAsync(organization, row => StatusChange.LiftAsked(row, waiting.Id, Jane, "a slip", organization.Clock.GetUtcNow()));
        await organization.PassAsync(Round);
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.IsType<RestrictionState.Lifted>(Assert.Single((await RowAsync(organization)).Restrictions).State);
        Assert.Contains(Messages(organization), text => text.StartsWith("Resolved: ", StringComparison.Ordinal));
        Assert.Equal(
            ["AwaitingApproval", "Approved by jane", "InForce by jane", "LiftAsked by jane", "Revoked", "Lifted"],
            (await LedgerAsync(organization)).Select(entry => entry.By.Length > 0 ? $"{entry.What} by jane" : entry.What));
    }

    [Fact]
    public async Task What_is_armed_begins_in_a_round_after_its_grace_and_heals_when_the_parameter_is_changed_by_hand()
    {
        await using var organization = await DeployedAsync("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""");
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromMinutes(59));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        await organization.PassAsync(TimeSpan.FromMinutes(20));
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));

        await PutParameterAsync(organization, Spoke, "/BudgetSync/Budgets", "100");
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal([id], await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
    }

    [Fact]
    public async Task A_row_that_only_watches_restricts_nothing_and_is_told()
    {
        await using var organization = await DeployedAsync("""[{"At":"Over","Do":"STOP_ALL"}]""", ",\"Notify\":\"operations\"");
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromDays(2));

        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Contains(Messages(organization), text => text.Contains("Nothing is done: the row says WATCH", StringComparison.Ordinal));
        Assert.Equal(["Watched"], (await LedgerAsync(organization)).Select(entry => entry.What));
    }

    /// <summary>Nothing is in force by a word alone: the round compares with the organization's policies, and says what it has none for.</summary>
    [Theory]
    [InlineData("""[{"At":"Over","Do":"QUARANTINE","Mode":"ARMED"}]""", "QUARANTINE")]
    [InlineData("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Binding":true}]""", "DENY_NEW")]
    public async Task What_the_organization_is_to_do_and_has_no_policy_for_has_failed_and_says_why(string responses, string kind)
    {
        await using var organization = await DeployedAsync(responses);
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(2));

        var failed = Assert.IsType<RestrictionState.Failed>(Assert.Single((await RowAsync(organization)).Restrictions).State);
        Assert.Contains($"no policy of the organization for {kind}", Assert.Single(failed.Reasons), StringComparison.Ordinal);
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Single(await LedgerAsync(organization), entry => entry.What == "Failed");
    }

    [Fact]
    public async Task The_kill_switch_lets_nothing_begin_until_it_is_put_back()
    {
        await using var organization = await DeployedAsync("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""");
        await PutParameterAsync(organization, DeployedOrganization.Management, ArmedSwitch.ParameterName, "false");
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(5));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));

        await PutParameterAsync(organization, DeployedOrganization.Management, ArmedSwitch.ParameterName, "true");
        await organization.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
    }

    [Theory]
    [InlineData("PutItem", false)]
    [InlineData("PutItem", true)]
    [InlineData("PutEvents", false)]
    [InlineData("PutEvents", true)]
    public async Task A_Respond_that_dies_anywhere_restricts_all_the_same_and_never_before_the_ledger_says_so(string operation, bool afterEffect)
    {
        await using var organization = await DeployedAsync("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""");
        var died = 0;
        organization.Cloud.Faults.OnCalls(call =>
            call.Operation == operation && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Respond", StringComparison.Ordinal)
            && Interlocked.Increment(ref died) <= 2
                ? new Fault.Crash(afterEffect)
                : null);
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(4));

        Assert.True(died > 2);
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Single(await LedgerAsync(organization), entry => entry.Restriction == id && entry.What == "InForce");
    }

    internal static async Task<DeployedOrganization> DeployedAsync(
        string responses, string more = "", Templates? templates = null, Action<DeployedOrganization>? before = null)
    {
        var organization = new DeployedOrganization(templates ?? Templates.WithResponses);
        RestrictingSpoke.Register(organization);
        before?.Invoke(organization);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Responses":{{responses}}{{more}}}""");
        // Time stands still while this cloud works: a look of the same instant would be the apply's over again.
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        return organization;
    }

    internal static async Task PutParameterAsync(DeployedOrganization organization, string account, string name, string value)
    {
        using var clients = organization.As(account);
        await clients.OwnSystems.PutParameterAsync(new PutParameterRequest { Name = name, Value = value, Type = "String", Overwrite = true });
        await organization.SettleAsync();
    }

    /// <summary>What a person decides, as the tool writes it.</summary>
    internal static async Task SayAsync(DeployedOrganization organization, Func<StatusRow, StatusRow> step)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var status = new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest);
        var ledger = new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", organization.CallerOfTest);
        var (_, after) = await status.StepAsync(Spoke, row => step(row!), CancellationToken.None); // It has a status by then.
        await new LedgerRecorder(status, ledger).RecordAsync(after, CancellationToken.None);
    }

    private static async Task<StatusRow> RowAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        return (await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None))!; // As above.
    }

    private static async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        return await new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", organization.CallerOfTest).EntriesAsync(Spoke, CancellationToken.None);
    }

    /// <summary>The mails of the operations topic.</summary>
    internal static List<string> Messages(DeployedOrganization organization) =>
    [
        .. organization.Cloud.Sns.Published.Where(message => message.TopicArn.EndsWith(":BudgetSync-Operations", StringComparison.Ordinal))
            .Select(message => message.Body),
    ];
}
