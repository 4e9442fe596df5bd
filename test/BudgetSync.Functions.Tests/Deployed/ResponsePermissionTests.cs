using System.Collections.Concurrent;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Least privilege of Respond, proved as that of the others is: nothing can be taken away unnoticed.</summary>
public sealed class ResponsePermissionTests
{
    private static readonly string[] OfLambdaItself = ["logs:CreateLogStream", "logs:PutLogEvents"];
    private static readonly AwsException Gone = new("ResourceNotFoundException", "Function not found", 404);

    [Fact]
    public async Task The_template_allows_all_that_Respond_needs() => Assert.Empty(await DenialsAsync(Templates.WithResponses));

    [Fact]
    public async Task Removing_any_single_action_of_Respond_is_noticed_as_a_denial()
    {
        var all = GrantedAction.Of("management", Templates.WithResponses.Management).Where(IsOfRespond).ToList();
        Assert.NotEmpty(all);
        var unnoticed = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(all, async (action, _) =>
        {
            if ((await DenialsAsync(action.RemovedFrom(Templates.WithResponses))).Count == 0) unnoticed.Add(action.ToString());
        });

        // Lambda writes a function's log with the function's role; LocalAws keeps the lines without CloudWatch Logs.
        Assert.Equal(
            all.Where(action => OfLambdaItself.Contains(action.Action)).Select(action => action.ToString()).Order(StringComparer.Ordinal),
            unnoticed.Order(StringComparer.Ordinal));
    }

    /// <summary>What only the template with responses has.</summary>
    private static bool IsOfRespond(GrantedAction action) =>
        action.Resource.StartsWith("Respond", StringComparison.Ordinal) || action.Resource.Contains("Restriction", StringComparison.Ordinal);

    /// <summary>A restriction that begins, the rounds, and a function that is away: everything that Respond ever does.</summary>
    private static async Task<IReadOnlyList<string>> DenialsAsync(Templates templates)
    {
        DeployedOrganization organization;
        try
        {
            organization = await ResponseTests.DeployedAsync("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""", templates: templates);
        }
        catch (StackException refused)
        {
            return [refused.Message];
        }

        await using (organization)
        {
            organization.Cloud.Budgets.SetSpend(DeployedOrganization.Spoke, "SpokeAccountBudget", 130);
            await organization.PassAsync(TimeSpan.FromHours(2));
            organization.Cloud.Faults.OnCalls(call => call.Operation == "Scan"
                && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Respond", StringComparison.Ordinal) ? new Fault.Refusal(Gone) : null);
            await organization.PassAsync(TimeSpan.FromHours(2));
            return WholeLife.DenialsOf(organization);
        }
    }
}
