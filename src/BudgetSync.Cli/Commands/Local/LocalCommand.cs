using System.CommandLine;
using BudgetSync.Cli.Commands.Local.Models;
using BudgetSync.Cli.Commands.Local.TimeLapse;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Local;

/// <summary><c>budgetsync local</c>: the whole system on this machine.</summary>
internal static class LocalCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var options = new LocalOptions();
        var command = new Command("local", "Run the whole system on this machine: an organization of its own, no AWS account");
        options.AddTo(command);
        command.Subcommands.Add(ResetCommand.Create(terminal));
        command.SetAction((parsed, cancellation) =>
        {
            var settings = options.Read(parsed);
            ShownChannels.DemandWritable(settings.Inbox);
            if (settings.Models is { } models) return ModelsRun.RunAsync(settings, models, terminal, cancellation);
            if (settings.Lapse is { } lapse) return LapseRun.RunAsync(settings, lapse, terminal, cancellation);
            return LocalRun.RunAsync(settings, LocalRun.CloudFor(settings), terminal, cancellation);
        });
        return command.WithExamples(
            "budgetsync local",
            "budgetsync local --once --rows rows.csv",
            "budgetsync local --generate 1000 --fault throttle",
            "budgetsync local --time-lapse --days 10 --seconds 20",
            "budgetsync local --once --budget-actions",
            "budgetsync local --time-lapse --channels --days 35",
            "budgetsync local --time-lapse --month 2026-05",
            "budgetsync local --responses",
            "budgetsync local --time-lapse --responses",
            "budgetsync local --ai",
            "budgetsync local --ai --port 4916");
    }
}
