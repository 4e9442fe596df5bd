using BudgetSync.Cli.Stack;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Tests.Commands.Local;

public sealed class LocalOrganizationTests
{
    private const string Account = "222222222201";

    /// <summary>
    /// Once, both the set's first roll-out and its automatic deployment to new accounts made the stack at the same moment, and one found the other's role.
    /// </summary>
    [Fact]
    public async Task An_account_that_joins_while_the_stack_set_is_rolled_out_gets_its_stack_once()
    {
        var cloud = new LocalCloud(new LocalCloudOptions { Stepped = true });
        var defaults = new BudgetSync.Core.Rows.StackDefaults(
            "SpokeAccountBudget",
            ["finops@example.com"],
            "aws",
            BudgetSync.Core.AccountId.Parse(cloud.Options.ManagementAccountId));
        var deploying = LocalOrganization.CreateAsync(cloud, defaults, [Account], [], LocalOrganization.UseCodeInProcess);

        // The roll-out now waits for the stack's custom resource, and the account's joining is the oldest work there is.
        Assert.False(deploying.IsCompleted);
        Assert.Equal(0, LocalOrganization.Deployed(cloud, [Account]));
        Assert.StartsWith("StackSets", cloud.Work.Ready[0], StringComparison.Ordinal);
        // Begun and not awaited: the account's joining waits for the roll-out, and that for a piece of work that comes later.
        var begun = new List<Task>();
        while (!deploying.IsCompleted)
        {
            if (cloud.Work.Ready.Count > 0) begun.Add(cloud.Work.RunOneAsync(0));
            else await Task.Yield();
        }

        await using var organization = await deploying;
        await Task.WhenAll(begun).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(cloud.Work.Failures);
        Assert.NotNull(cloud.CloudFormation.Find(Account, cloud.Options.Region, "StackSet-BudgetSync-Spoke"));
        Assert.Equal(1, LocalOrganization.Deployed(cloud, [Account, "222222222202"]));
    }
}
