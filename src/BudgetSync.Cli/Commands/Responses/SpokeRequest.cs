using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Reconcile;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary>What is written for accounts, and travels in their parameters: Reconcile takes it there now, else its next round does.</summary>
internal static class SpokeRequest
{
    private const string Function = "BudgetSync-Reconcile";

    public static async Task TakeUpAsync(
        DeployedStack stack, IReadOnlyCollection<string> accounts, ConsoleContext terminal, CancellationToken cancellation)
    {
        var request = new JsonObject { ["accounts"] = new JsonArray([.. accounts]), ["force"] = true };
        try
        {
            stack.Progress.Now($"waiting for {Function}");
            await FunctionCall.InvokeAsync(stack, Function, Encoding.UTF8.GetBytes(request.ToJsonString()), cancellation);
        }
        catch (CommandException refused)
        {
            await terminal.Error.WriteLineAsync($"It is written down, and the next hourly round of {Function} takes it there; now {refused.Message}");
        }
        finally
        {
            stack.Progress.Now("");
        }
    }
}
