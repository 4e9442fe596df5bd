using BudgetSync.Cli.Terminal;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Commands.Local.Models;

/// <summary>Commands to paste into another terminal while <c>local --ai</c> stays up.</summary>
internal static class ModelsHints
{
    public static string For(LocalCloud cloud, ConsoleContext terminal)
    {
        var (name, port) = (terminal.CommandName, cloud.Address?.Port);
        return $"""
            Listening on {cloud.Address?.ToString().TrimEnd('/')}. Ctrl+C ends it. In another terminal:

              {name} ai status --local {port}
              {name} ai check {ShownModels.Account} --local {port}
              {name} ai restore {ShownModels.Account} {ShownModels.Key} --because "a slip" --local {port}
              {name} ai approve {ShownModels.Account} {ShownModels.User} --because "enough" --local {port}
              {name} ai compare --yes --local {port}

            """;
    }
}
