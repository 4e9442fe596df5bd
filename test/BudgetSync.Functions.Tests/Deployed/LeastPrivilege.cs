using System.Collections.Concurrent;
using BudgetSync.LocalAws.CloudFormation;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// The proof that a stack grants nothing that is not needed: each action is taken away alone, and the stack lives through all that it ever does.
/// </summary>
internal static class LeastPrivilege
{
    /// <summary>Lambda writes a function's log with the function's role; LocalAws keeps the lines without CloudWatch Logs.</summary>
    private static readonly string[] OfLambdaItself = ["logs:CreateLogStream", "logs:PutLogEvents"];

    /// <param name="granted">What is taken away, one by one.</param>
    /// <param name="denials">What is denied where an action is not granted.</param>
    public static async Task HoldsAsync(IReadOnlyCollection<GrantedAction> granted, Func<GrantedAction, Task<IReadOnlyList<string>>> denials)
    {
        Assert.NotEmpty(granted);
        var unnoticed = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(granted, async (action, _) =>
        {
            if ((await denials(action)).Count == 0) unnoticed.Add(action.ToString());
        });

        Assert.Equal(
            granted.Where(action => OfLambdaItself.Contains(action.Action)).Select(action => action.ToString()).Order(StringComparer.Ordinal),
            unnoticed.Order(StringComparer.Ordinal));
    }

    /// <summary>What is denied from the deployment on; a stack that cannot be deployed says why.</summary>
    /// <param name="live">All that the stack ever does.</param>
    public static async Task<IReadOnlyList<string>> DenialsAsync(Func<Task<DeployedOrganization>> deploy, Func<DeployedOrganization, Task> live)
    {
        DeployedOrganization organization;
        try
        {
            organization = await deploy();
        }
        catch (StackException refused)
        {
            return [refused.Message];
        }

        await using (organization)
        {
            await live(organization);
            return WholeLife.DenialsOf(organization);
        }
    }
}
