using System.CommandLine;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai</c>: what calls of Bedrock's models cost, and whom.</summary>
internal static class AiCommand
{
    public static Command Create(ConsoleContext terminal) =>
        new("ai", "Show what calls of Bedrock's models cost, by principal and model") { AiSpendCommand.Create(terminal), AiPricesCommand.Create(terminal) };
}
