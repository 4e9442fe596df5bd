using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Cli.Stack;

/// <summary>What Track keeps of the present month, for commands that work as well without it.</summary>
internal static class TrackedMonth
{
    /// <summary>Null where Cost Explorer is not asked, where the stack is older than that, and where the credentials may not read it.</summary>
    public static async Task<MonthToDate?> ReadAsync(DeployedStack stack, CancellationToken cancellation)
    {
        var track = new TrackTable(stack.Clients.Dynamo, stack.HistoryTableName, stack.Caller);
        try
        {
            return await track.ReadMonthAsync(DateOnly.FromDateTime(stack.Time.GetUtcNow().UtcDateTime), cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.IsMissingTable || refused.Fault.Kind == FaultKind.Blocked)
        {
            return null;
        }
    }
}
