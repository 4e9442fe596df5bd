using System.Text.Json.Nodes;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Respond;
using BudgetSync.Cli.Commands.Reconcile;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary>
/// What a person decides about restrictions: written into the account's status on the condition that it is still as it was read, with the caller's ARN in the
/// ledger, and then taken up by Respond.
/// </summary>
internal static class PersonDecision
{
    public const string RespondFunction = "BudgetSync-Respond";

    /// <summary>Takes a step of a person.</summary>
    /// <param name="step">What it leaves as it is, is not as the person takes it to be: nothing is written then.</param>
    /// <param name="stale">What to say then.</param>
    /// <exception cref="CommandException">Nothing was written, and why.</exception>
    public static async Task<StatusRow> StepAsync(
        DeployedStack stack,
        string account,
        Func<StatusRow, StatusRow> step,
        string stale,
        CancellationToken cancellation) =>
        await TryStepAsync(stack, account, step, cancellation) ?? throw new CommandException($"{stale} Nothing was written.");

    /// <summary>Takes a step of a person, for whom it is one of many.</summary>
    /// <param name="step">What it leaves as it is, is not as the person takes it to be.</param>
    /// <returns>Null where nothing was written.</returns>
    /// <exception cref="CommandException">The account has nothing that could be decided, and why; nothing was written.</exception>
    public static async Task<StatusRow?> TryStepAsync(
        DeployedStack stack, string account, Func<StatusRow, StatusRow> step, CancellationToken cancellation)
    {
        if (stack.Responds == false) throw new CommandException($"{DeployedStack.NoResponses} Nothing was written.");
        var known = await stack.Status.ReadAsync(account, cancellation)
            ?? throw new CommandException($"{account} has no status: no restriction of it is known. Nothing was written.");
        var (before, after) = await stack.Status.StepAsync(account, now => step(now ?? known), cancellation);
        if (ReferenceEquals(before, after)) return null;
        try
        {
            return await new LedgerRecorder(stack.Status, stack.Ledger).RecordAsync(after, cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.IsMissingTable)
        {
            throw new CommandException(DeployedStack.NoResponses);
        }
    }

    /// <summary>Has Respond take it up now; where it cannot be called, its next round does.</summary>
    /// <param name="account">Null: a round over all.</param>
    public static Task TakeUpAsync(DeployedStack stack, string? account, ConsoleContext terminal, CancellationToken cancellation)
    {
        var request = account is null ? [] : new JsonObject { ["detail"] = new JsonObject { ["accountId"] = account } };
        return FunctionCall.TakeUpAsync(stack, RespondFunction, request, $"the next round of {RespondFunction} takes it up", terminal, cancellation);
    }
}
