using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Respond;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary>Throws the kill switch and puts it back, with an entry in the ledger, and has it told to whoever does not read it.</summary>
internal static class KillSwitch
{
    /// <summary>What AWS recorded of the switch itself.</summary>
    private const string History = $"AWS's history of {ArmedSwitch.ParameterName} (ssm:GetParameterHistory) has it";

    /// <summary>
    /// Stops first and records then: what stops everything waits for no other service, and the ledger says nothing that did not happen. AWS's history of the
    /// parameter has who, wherever the tool ends.
    /// </summary>
    /// <param name="why">For the ledger; null says nothing.</param>
    /// <exception cref="AwsFaultException">SSM refused: nothing is stopped, and nothing recorded.</exception>
    public static async Task StopAsync(DeployedStack stack, ConsoleContext terminal, string? why, CancellationToken cancellation)
    {
        await new ArmedSwitch(stack.Clients.OwnSystems, stack.Caller).SetAsync(armed: false, cancellation);
        var by = stack.HasLedger ? await StopperAsync(stack, terminal, cancellation) : "";
        await PersonLedger.RecordAsync(stack, terminal, RestrictionAlerts.EveryAccount, Entry(stack.Time, armed: false, why) with { By = by });
    }

    /// <summary>Stops where AWS does not say whose credentials they are, and so not what the stack says of itself either.</summary>
    /// <param name="silence">Why it does not say.</param>
    /// <exception cref="CommandException">Nothing is stopped: nothing else answers either, or SSM refuses.</exception>
    public static async Task StopUnknownAsync(
        StackSettings settings, CommandException silence, ConsoleContext terminal, string? why, CancellationToken cancellation)
    {
        using var clients = new AwsClients(StackEnvironment.Of(settings), null);
        var caller = new AwsCaller(terminal.Time, new Random(), JsonLog.Silent);
        try
        {
            await new ArmedSwitch(clients.OwnSystems, caller).SetAsync(armed: false, cancellation);
        }
        catch (Exception refused) when (!cancellation.IsCancellationRequested && refused is not OutOfMemoryException)
        {
            throw new CommandException($"{silence.Message} Nothing is stopped: {ArmedSwitch.ParameterName} cannot be written either: {Reason(refused)}");
        }

        terminal.TellFolded(
            Printable.Line($"Warning: {silence.Message} The ledger calls whoever stopped responses {LedgerEntry.Unknown}; {History}."), indent: 2);
        try
        {
            var entry = Entry(terminal.Time, armed: false, why) with { By = LedgerEntry.Unknown };
            await new LedgerTable(clients.Dynamo, DeployedStack.LedgerTableName, caller).RecordAsync(RestrictionAlerts.EveryAccount, entry, cancellation);
        }
        catch (Exception refused) when (!cancellation.IsCancellationRequested && refused is not OutOfMemoryException)
        {
            terminal.TellFolded(
                Printable.Line($"Warning: {LedgerEntry.ResponsesStopped} of {RestrictionAlerts.EveryAccount} has no entry in the ledger: {Reason(refused)}"),
                indent: 2);
        }

        terminal.TellFolded("Spokes that meter models are told with the next round of the hub.", indent: 2);
    }

    /// <summary>Records first and arms then, so that nothing begins without an entry; where the switch is not set after all, another one says so.</summary>
    /// <inheritdoc cref="StopAsync"/>
    public static async Task ArmAsync(DeployedStack stack, ConsoleContext terminal, string? why, CancellationToken cancellation)
    {
        var by = stack.HasLedger ? await stack.CallerArnAsync(cancellation) : "";
        var entry = Entry(stack.Time, armed: true, why) with { By = by };
        var isRecorded = await PersonLedger.RecordAsync(stack, terminal, RestrictionAlerts.EveryAccount, entry);
        var set = new ArmedSwitch(stack.Clients.OwnSystems, stack.Caller);
        try
        {
            await set.SetAsync(armed: true, cancellation);
        }
        catch (AwsFaultException refused) when (isRecorded)
        {
            if (await LeftAsync(set, cancellation) is { } left)
            {
                var correction = entry with { At = stack.Time.GetUtcNow(), What = LedgerEntry.ResponsesLeft, Text = $"{left}: {refused.Fault.Reason}" };
                await PersonLedger.RecordAsync(stack, terminal, RestrictionAlerts.EveryAccount, correction);
            }

            throw;
        }
    }

    /// <summary>
    /// Spokes that meter models suspend by themselves, also where there are no responses: they are told by their parameters, by Respond or, without it, by
    /// Reconcile. The switch is there in every deployment, and does nothing in one with neither. What waited for it to be put back begins with the round that
    /// Respond is asked for; what stops needs none.
    /// </summary>
    public static async Task TellAsync(DeployedStack stack, bool armed, ConsoleContext terminal, CancellationToken cancellation)
    {
        var meters = (await stack.Status.ScanAsync(cancellation)).Where(row => row.Meters).Select(row => row.Key).Order(StringComparer.Ordinal).ToList();
        if (stack.Responds == false && meters.Count == 0)
        {
            await terminal.Error.WriteLineAsync($"Nothing begins either way: {DeployedStack.NoResponses}");
            return;
        }

        if (meters.Count == 0 && !armed) return;
        if (stack.Responds == false) await SpokeRequest.TakeUpAsync(stack, meters, terminal, cancellation);
        else await PersonDecision.TakeUpAsync(stack, null, terminal, cancellation);
    }

    private static LedgerEntry Entry(TimeProvider time, bool armed, string? why) => new(
        time.GetUtcNow(),
        "",
        armed ? LedgerEntry.ResponsesArmed : LedgerEntry.ResponsesStopped,
        $"responses {(armed ? "may begin again" : "are stopped")}{(string.IsNullOrWhiteSpace(why) ? "" : $": {why}")}");

    /// <summary>Who stops is worth less than that it is stopped, and told.</summary>
    private static async Task<string> StopperAsync(DeployedStack stack, ConsoleContext terminal, CancellationToken cancellation)
    {
        try
        {
            return await stack.CallerArnAsync(cancellation);
        }
        catch (AwsFaultException refused)
        {
            terminal.TellFolded(
                Printable.Line($"Warning: AWS does not say who you are, so the ledger calls you {LedgerEntry.Unknown}: {refused.Fault.Reason}. {History}."),
                indent: 2);
            return LedgerEntry.Unknown;
        }
    }

    /// <summary>What is so although the entry says that responses may begin; null where they may: the write was refused, or took effect all the same.</summary>
    private static async Task<string?> LeftAsync(ArmedSwitch set, CancellationToken cancellation)
    {
        try
        {
            return await set.ReadAsync(cancellation) ? null : "responses stay stopped, because the switch was not set";
        }
        catch (AwsFaultException)
        {
            return "whether responses may begin is not known, because the switch was perhaps not set";
        }
    }

    private static string Reason(Exception refused) => refused is AwsFaultException fault ? fault.Fault.Reason : refused.Message;
}
