using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.Management;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>An account with the tag budgetsync:protect in the organization, from the management account's tag to the spoke's parameter.</summary>
public sealed class ProtectedAccountTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Key = "budgetsync:protect";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Nothing_is_restricted_with_the_tag_and_what_rows_ask_for_is_without_it()
    {
        await using var organization = await OverAsync("true");
        await organization.PassAsync(4 * Hour);
        Assert.Equal("Cancelled: the account has the tag budgetsync:protect, so nothing is restricted there", await StateAsync(organization));
        Assert.Equal(["Cancelled"], await LedgerAsync(organization));
        Assert.DoesNotContain(ResponseTests.Messages(organization), text => text.Contains("DENY_NEW at Over", StringComparison.Ordinal));

        organization.Cloud.Organizations.Tag(Spoke, Key, "False");
        await organization.PassAsync(2 * Hour);
        Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));

        organization.Cloud.Organizations.Tag(Spoke, Key, "");
        await organization.PassAsync(1.5 * Hour);
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Equal("Lifted: the account has the tag budgetsync:protect, so nothing is restricted there", await StateAsync(organization));
    }

    /// <summary>What was read when it was found is believed for an hour, and is not enough for what begins.</summary>
    [Fact]
    public async Task A_tag_that_is_put_on_a_moment_before_keeps_from_what_is_approved()
    {
        await using var organization = await OverAsync(null, """[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM","Grace":"0m"}]""");
        var waiting = Assert.Single((await RowAsync(organization)).Restrictions);
        Assert.IsType<RestrictionState.AwaitingApproval>(waiting.State);

        organization.Cloud.Organizations.Tag(Spoke, Key, "true");
        await ResponseTests.SayAsync(organization, row => StatusChange.Approved(row, waiting.Id, "jane", organization.Clock.GetUtcNow()));
        await organization.PassAsync(TimeSpan.FromMinutes(15));

        Assert.Equal(["AwaitingApproval", "Approved", "Cancelled"], await LedgerAsync(organization));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
    }

    /// <summary>Lambda has several environments of a function, each with what it has read: what one did for the tag, another does not undo.</summary>
    [Fact]
    public async Task An_environment_that_read_before_the_tag_was_put_on_asks_again_and_nobody_is_asked_to_approve_anew()
    {
        var turn = 0;
        await using var organization = await OverAsync(
            null,
            """[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM","Grace":"0m"}]""",
            deployed => deployed.Cloud.Lambda.RegisterInProcess("BudgetSync.Management", environment =>
            {
                ManagementFunction[] both = [Create(), Create()];
                return (payload, context) => both[turn].InvokeAsync(payload, context.Deadline - deployed.Clock.GetUtcNow(), context.Killed);

                ManagementFunction Create() =>
                    ManagementFunction.Create(environment.Variables, environment.CreateHandler(), new ImmediateClock(deployed.Clock), new Random(1), null);
            }));
        var waiting = Assert.Single((await RowAsync(organization)).Restrictions);
        turn = 1;
        await organization.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(2, Asked(organization)); // Both believe from now on that there is none.

        turn = 0;
        organization.Cloud.Organizations.Tag(Spoke, Key, "true");
        await ResponseTests.SayAsync(organization, row => StatusChange.Approved(row, waiting.Id, "jane", organization.Clock.GetUtcNow()));
        await organization.PassAsync(TimeSpan.FromMinutes(15));
        turn = 1;
        await organization.PassAsync(TimeSpan.FromMinutes(15));

        Assert.Equal(["AwaitingApproval", "Approved", "Cancelled"], await LedgerAsync(organization));
        // Right before it was to begin, and once more by the other environment, which believes it for its hour.
        Assert.Equal(4, Asked(organization));
    }

    [Fact]
    public async Task Where_AWS_does_not_tell_the_tags_nothing_begins_and_the_restriction_says_so()
    {
        await using var organization = await OverAsync(null);
        organization.Cloud.Faults.OnCalls(call => call.Operation == "ListTagsForResource" && call.Service == "organizations"
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "no", 400))
            : null);
        await organization.PassAsync(2 * Hour);

        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Equal(
            "whether the account has the tag budgetsync:protect is not known: organizations:ListTagsForResource answered AccessDenied: no",
            Assert.Single((await RowAsync(organization)).Restrictions).HeldBack);
    }

    /// <summary>Ten thousand accounts have nothing to be restricted: none of them is asked about.</summary>
    [Fact]
    public async Task Nobody_asks_for_the_tags_of_an_account_of_which_nothing_is_to_be_restricted()
    {
        await using var organization = await ResponseTests.DeployedAsync(WrongRowsTests.Responses);
        await organization.PassAsync(5 * Hour);
        Assert.Equal(0, Asked(organization));

        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(10 * Hour);
        Assert.InRange(Asked(organization), 2, 12); // When it is found, right before it begins, and once an hour.
    }

    private static int Asked(DeployedOrganization organization) => organization.Cloud.Calls.Calls.Count(call => call.Call.Operation == "ListTagsForResource"
        && call.Call.Service == "organizations" && call.Call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Respond", StringComparison.Ordinal));

    private static async Task<DeployedOrganization> OverAsync(
        string? tag, string responses = WrongRowsTests.Responses, Action<DeployedOrganization>? before = null)
    {
        var organization = await ResponseTests.DeployedAsync(responses, before: before);
        if (tag is not null) organization.Cloud.Organizations.Tag(Spoke, Key, tag);
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.SettleAsync();
        return organization;
    }

    private static async Task<string> StateAsync(DeployedOrganization organization) => Assert.Single((await RowAsync(organization)).Restrictions).State switch
    {
        RestrictionState.Cancelled(_, var why) => $"Cancelled: {why}",
        RestrictionState.Lifted(_, var why) => $"Lifted: {why}",
        var other => other.Name,
    };

    private static async Task<StatusRow> RowAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var status = new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest);
        return (await status.ReadAsync(Spoke, CancellationToken.None))!; // It was deployed.
    }

    private static async Task<IEnumerable<string>> LedgerAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var ledger = new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", organization.CallerOfTest);
        return (await ledger.EntriesAsync(Spoke, CancellationToken.None)).Select(entry => entry.What);
    }
}
