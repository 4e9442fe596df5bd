using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Least privilege of Respond, proved as that of the others is: nothing can be taken away unnoticed.</summary>
public sealed class ResponsePermissionTests
{
    private static readonly AwsException Gone = new("ResourceNotFoundException", "Function not found", 404);

    [Fact]
    public async Task The_template_allows_all_that_Respond_needs() => Assert.Empty(await DenialsAsync(Templates.WithResponses));

    [Fact]
    public Task Removing_any_single_action_of_Respond_is_noticed_as_a_denial() => LeastPrivilege.HoldsAsync(
        [.. GrantedAction.Of("management", Templates.WithResponses.Management).Where(IsOfRespond)],
        action => DenialsAsync(action.RemovedFrom(Templates.WithResponses)));

    /// <summary>What only the template with responses has.</summary>
    private static bool IsOfRespond(GrantedAction action) =>
        action.Resource.StartsWith("Respond", StringComparison.Ordinal) || action.Resource.Contains("Restriction", StringComparison.Ordinal);

    [Fact]
    public Task Removing_what_the_hub_may_ask_of_a_spoke_is_noticed_as_a_denial() => LeastPrivilege.HoldsAsync(
        [
            .. GrantedAction.Of("spoke", Templates.WithResponses.Spoke).Where(
                action => action.Statement == "AskFunctions" || action is { Resource: "SpokeRole", Statement: "SeeWhoWroteTheParameter" }),
        ],
        action => DenialsAsync(Templates.WithResponses with { Spoke = action.RemovedFrom(Templates.WithResponses.Spoke) }));

    /// <summary>
    /// A restriction that begins and is lifted by rows that are wrong beside their snooze, one for which the spoke is asked, the rounds, and a function that is
    /// away: everything that Respond ever does.
    /// </summary>
    private static Task<IReadOnlyList<string>> DenialsAsync(Templates templates) => LeastPrivilege.DenialsAsync(
        () => ResponseTests.DeployedAsync(WrongRowsTests.Responses, templates: templates),
        async organization =>
        {
            organization.Cloud.Budgets.SetSpend(DeployedOrganization.Spoke, "SpokeAccountBudget", 130);
            await organization.PassAsync(TimeSpan.FromHours(2));
            await WrongRowsTests.WriteWrongAsync(organization, snoozed: true);
            await organization.PassAsync(TimeSpan.FromHours(1));
            await organization.PutRowAsync($$"""{"AccountId":"{{DeployedOrganization.Spoke}}","BudgetValue":100}""");
            await organization.PassAsync(TimeSpan.FromHours(1));
            organization.Cloud.Faults.OnCalls(call => call.Operation == "Scan"
                && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Respond", StringComparison.Ordinal) ? new Fault.Refusal(Gone) : null);
            await organization.PassAsync(TimeSpan.FromHours(2));
        });
}
