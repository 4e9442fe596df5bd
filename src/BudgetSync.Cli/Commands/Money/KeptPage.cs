using BudgetSync.Aws.Page;
using BudgetSync.Aws.Spokes;
using BudgetSync.Cli.Stack;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>The page that the stack Report made within the last hour, as it lies in its bucket.</summary>
internal static class KeptPage
{
    /// <summary>Where the stack says which bucket it is (cdk, Names.ReportBucket).</summary>
    private const string Parameter = "/BudgetSync/ReportBucket";

    /// <exception cref="CommandException">There is no such stack, or no page yet.</exception>
    public static async Task<byte[]> ReadAsync(DeployedStack stack, CancellationToken cancellation)
    {
        stack.Progress.Now("fetching the hourly page");
        var name = await ParameterReader.ReadAsync(stack.Clients.OwnSystems, Parameter, stack.Caller, cancellation) ?? throw new CommandException(
            $"--from-bucket: there is no parameter {Parameter}, so no page is kept here. Deploy with reportBucket=true, "
                + "or leave --from-bucket away: the page is made now.");
        return await new PageBucket(stack.Clients.Objects, name.Text, stack.Caller).ReadAsync(PageBucket.PageKey, cancellation) ?? throw new CommandException(
            $"--from-bucket: there is no page in {name.Text} yet: the first comes within an hour of the deployment. Leave --from-bucket away: "
                + "the page is made now.");
    }
}
