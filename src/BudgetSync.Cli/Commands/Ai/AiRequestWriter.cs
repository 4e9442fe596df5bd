using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>Writes what a person wants of models into the ledger and the account's status.</summary>
internal static class AiRequestWriter
{
    /// <summary>The entry of the ledger first, then the status; an entry of what was not written then is followed by one that says so.</summary>
    public static async Task<(StatusRow? Before, StatusRow After)> WriteAsync(
        DeployedStack stack, ConsoleContext terminal, StatusRow known, AiRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        if (ReferenceEquals(StatusChange.AiAsked(known, request, now), known)) return (known, known);
        var (what, text) = request.Kind == AiRequestKind.Approve
            ? (LedgerEntry.ModelsApproved, "the suspension may begin")
            : (LedgerEntry.ModelsRestored, "models are given back for the rest of the window");
        var entry = new LedgerEntry(now, "", what, $"{request.Subject}: {text}: {request.Why}") { Subject = request.Subject.Key, By = request.By };
        var isThere = await PersonLedger.RecordAsync(stack, terminal, known.Key, entry);
        try
        {
            var (before, after) = await stack.Status.StepAsync(known.Key, row => StatusChange.AiAsked(row ?? known, request, now), cancellation);
            if (ReferenceEquals(before, after) && isThere) await LeftAsync("another had come first, and nothing fitted any more: nothing was asked for");
            return (before, after);
        }
        catch (AwsFaultException refused) when (isThere)
        {
            await LeftAsync($"the write failed, and only the status tells whether it took effect: {refused.Fault.Reason}");
            throw;
        }

        Task LeftAsync(string why) => PersonLedger.RecordAsync(
            stack, terminal, known.Key, entry with { What = LedgerEntry.ModelsLeft, Text = $"{request.Subject}: {why}" });
    }
}
