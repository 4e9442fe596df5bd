using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Reconcile;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary>What is written for accounts, and travels in their parameters: Reconcile takes it there now, else its next round does.</summary>
internal static class SpokeRequest
{
    private const string Function = "BudgetSync-Reconcile";

    public static Task TakeUpAsync(DeployedStack stack, IReadOnlyCollection<string> accounts, ConsoleContext terminal, CancellationToken cancellation)
    {
        var request = new JsonObject { ["accounts"] = new JsonArray([.. accounts]), ["force"] = true };
        return FunctionCall.TakeUpAsync(stack, Function, request, $"the next hourly round of {Function} takes it there", terminal, cancellation);
    }
}
