using BudgetSync.Aws.Respond;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary>Throws the kill switch and puts it back, with an entry in the ledger, and has it told to whoever does not read it.</summary>
internal static class KillSwitch
{
    /// <param name="why">For the ledger; null says nothing.</param>
    public static async Task SetAsync(DeployedStack stack, ConsoleContext terminal, bool armed, string? why, CancellationToken cancellation)
    {
        var entry = new LedgerEntry(
            stack.Time.GetUtcNow(),
            "",
            armed ? LedgerEntry.ResponsesArmed : LedgerEntry.ResponsesStopped,
            $"responses {(armed ? "may begin again" : "are stopped")}{(string.IsNullOrWhiteSpace(why) ? "" : $": {why}")}");
        // What stops everything waits for no other table; AWS's history of the parameter has who, wherever the tool ends.
        var thrown = new ArmedSwitch(stack.Clients.OwnSystems, stack.Caller);
        if (!armed) await thrown.SetAsync(armed, cancellation);
        if (stack.HasLedger) entry = entry with { By = await stack.CallerArnAsync(cancellation) };
        await PersonLedger.RecordAsync(stack, terminal, RestrictionAlerts.EveryAccount, entry);
        if (armed) await thrown.SetAsync(armed, cancellation);
    }

    /// <summary>
    /// Spokes that meter models suspend by themselves, also where there are no responses: they are told by their parameters, by Respond or, without it, by
    /// Reconcile. The switch is there in every deployment, and does nothing in one with neither.
    /// </summary>
    public static async Task TellSpokesAsync(DeployedStack stack, ConsoleContext terminal, CancellationToken cancellation)
    {
        var meters = (await stack.Status.ScanAsync(cancellation)).Where(row => row.Meters).Select(row => row.Key).Order(StringComparer.Ordinal).ToList();
        if (stack.Responds == false && meters.Count == 0)
            await terminal.Error.WriteLineAsync($"Nothing begins either way: {DeployedStack.NoResponses}");
        if (meters.Count == 0) return;
        if (stack.Responds == false) await SpokeRequest.TakeUpAsync(stack, meters, terminal, cancellation);
        else await PersonDecision.TakeUpAsync(stack, null, terminal, cancellation);
    }
}
