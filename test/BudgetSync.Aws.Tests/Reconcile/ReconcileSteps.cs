using BudgetSync.Aws.Reconcile;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tests.Reconcile;

/// <summary>What goes on between two looks at a world: a reconcile of everything, and a spoke that applies and reports.</summary>
internal static class ReconcileSteps
{
    /// <summary>Runs the spoke's apply and collects what it reports.</summary>
    public static async Task<Core.Reports.Report> ReportAsync(World world, string account)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var report = await world.Apply(account).ApplyAsync(Aws.Apply.Trigger.ParameterChanged, CancellationToken.None);
        await world.Status.StepAsync(
            account,
            before => StatusChange.Reported(before, account, report, Core.Spend.SpendBounds.Default, world.Clock.GetUtcNow()),
            CancellationToken.None);
        return report;
    }

    public static Task<ReconcileSummary> ReconcileAsync(World world) =>
        world.Reconciler.ReconcileAsync([], false, TimeSpan.FromMinutes(10), CancellationToken.None);
}
