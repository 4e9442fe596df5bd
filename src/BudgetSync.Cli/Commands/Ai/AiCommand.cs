using System.CommandLine;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai</c>: what calls of Bedrock's models cost, and whom.</summary>
internal static class AiCommand
{
    public static Command Create(ConsoleContext terminal) => new("ai", "Show what calls of Bedrock's models cost, by principal and model, and who is suspended")
    {
        AiStatusCommand.Create(terminal),
        AiCheckCommand.Create(terminal),
        AiRequestCommand.Restore(terminal),
        AiRequestCommand.Approve(terminal),
        AiSpendCommand.Create(terminal),
        AiCompareCommand.Create(terminal),
        AiPricesCommand.Create(terminal),
    };
}
