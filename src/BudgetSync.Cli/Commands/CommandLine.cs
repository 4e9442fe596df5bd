using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using BudgetSync.Cli.Commands.Actions;
using BudgetSync.Cli.Commands.Adopt;
using BudgetSync.Cli.Commands.Ai;
using BudgetSync.Cli.Commands.Alerts;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Commands.Drift;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Commands.Money;
using BudgetSync.Cli.Commands.Plan;
using BudgetSync.Cli.Commands.Reconcile;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Commands.Status;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands;

/// <summary>The whole tool as a function: arguments and a terminal in, an exit code out. It throws nothing: what cannot go on is a line and a code.</summary>
internal static class CommandLine
{
    /// <summary>The variable that, set to 1, shows where in the tool a fault came from.</summary>
    private const string TraceVariable = "BUDGETSYNC_TRACE";

    private static readonly string[] OtherHelpWords = ["/?", "/h", "-?"];

    public static async Task<int> RunAsync(string[] arguments, ConsoleContext terminal, CancellationToken cancellation)
    {
        try
        {
            return await ParseAndRunAsync(arguments, terminal, cancellation);
        }
        catch (CommandException exception)
        {
            foreach (var line in $"budgetsync: {exception.Message}".Split('\n')) terminal.TellFolded(line, indent: 2);
            return exception.ExitCode;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl+C needs no words.
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The one catch-all of the process: a stack of ours says nothing to a person.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await terminal.Error.WriteLineAsync(
                $"budgetsync: a fault of this tool, please report it with your command ({TraceVariable}=1 shows where it came from): "
                    + $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
            if (terminal.Environment.GetValueOrDefault(TraceVariable) == "1") await terminal.Error.WriteLineAsync(exception.ToString());
            return ExitCode.Failed;
        }
    }

    /// <summary>The tool's commands, for whoever runs them or documents them.</summary>
    internal static RootCommand Create(ConsoleContext terminal)
    {
        var root = new RootCommand(
            "Keeps the AWS Budgets of every account equal to one table, and proves it.\n\nExit codes: 0 done or in sync, 1 failed or rejected, 2 changes "
                + "or drift found, 3 some accounts unchecked, 64 wrong usage.")
        {
            LocalCommand.Create(terminal),
            RowsCommand.Create(terminal),
            StatusCommand.Create(terminal),
            DriftCommand.Create(terminal),
            PlanCommand.Create(terminal),
            ReconcileCommand.Create(terminal),
            ReportCommand.Create(terminal),
            AdoptCommand.Create(terminal),
            AiCommand.Create(terminal),
            EnvelopesCommand.Create(terminal),
            RecommendCommand.Create(terminal),
            HistoryCommand.Create(terminal),
            ActionCommand.Create(terminal),
            AlertsCommand.Create(terminal),
            ChannelsCommand.Create(terminal),
            RestrictionsCommand.Create(terminal),
            ApproveCommand.Create(terminal),
            LiftCommand.Create(terminal),
            SnoozeCommand.Create(terminal),
            ArmCommand.Create(terminal),
            ArmCommand.CreateStop(terminal),
            LedgerCommand.Create(terminal),
            RespondCommand.Create(terminal),
            CompletionCommand.Create(terminal),
        };
        CommandExamples.ShowIn(root);
        // Words of another system's shell: completion would offer them before the tool's own.
        foreach (var help in root.Options.OfType<HelpOption>()) OtherHelpWords.ToList().ForEach(word => help.Aliases.Remove(word));
        return root;
    }

    private static async Task<int> ParseAndRunAsync(string[] arguments, ConsoleContext terminal, CancellationToken cancellation)
    {
        var root = Create(terminal);
        var parsed = root.Parse(arguments);
        if (UnknownWord.OfCommand(parsed) is { } unknown)
        {
            // What follows it belongs to a command that is not known.
            await terminal.Error.WriteLineAsync($"budgetsync: {unknown}");
            await terminal.Error.WriteLineAsync($"Run 'budgetsync {CommandPath(parsed)}--help' for what there is.");
            return ExitCode.Usage;
        }

        if (UnknownWord.Of(parsed, arguments) is { Count: > 0 } misspelled)
        {
            // What else is wrong follows from the slip: the word after it is the value of an option that was not seen.
            foreach (var problem in misspelled) await terminal.Error.WriteLineAsync($"budgetsync: {problem}");
            await terminal.Error.WriteLineAsync($"Run 'budgetsync {CommandPath(parsed)}--help' for what it takes.");
            return ExitCode.Usage;
        }

        if (MisplacedWord.Of(parsed) is { } ofGroup)
        {
            await terminal.Error.WriteLineAsync($"budgetsync: {ofGroup}");
            await terminal.Error.WriteLineAsync($"Run 'budgetsync {CommandPath(parsed)}--help' for what it takes.");
            return ExitCode.Usage;
        }

        if (parsed.Errors.Count > 0)
        {
            // The parser's own sentence says that something is missing, and not what.
            var missing = UnknownWord.MissingArguments(parsed);
            var errors = parsed.Errors.Where(error => missing.Length == 0 || !IsOfMissing(error, parsed)).Select(error => error.Message);
            foreach (var error in missing.Length > 0 ? errors.Prepend(missing) : errors) await terminal.Error.WriteLineAsync($"budgetsync: {error}");
            // Who named no command does not know them yet: the help itself is the answer.
            if (parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 } && parsed.UnmatchedTokens.Count == 0)
                await root.Parse([.. CommandPath(parsed).Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])
                    .InvokeAsync(new InvocationConfiguration { Output = terminal.WholeTalk, Error = terminal.WholeTalk }, cancellation);
            else
                await terminal.Error.WriteLineAsync($"Run 'budgetsync {CommandPath(parsed)}--help' for what it takes.");
            return ExitCode.Usage;
        }

        // Ctrl+C is ours (Program): two who listen to it would cancel with different tokens, and one of them would look like a fault.
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = terminal.Whole,
                Error = terminal.WholeTalk,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            cancellation);
    }

    private static bool IsOfMissing(ParseError error, ParseResult parsed) =>
        error.SymbolResult is ArgumentResult { Tokens.Count: 0 } or CommandResult
            && error.Message.Contains($"'{parsed.CommandResult.Command.Name}'", StringComparison.Ordinal);

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is { Command: not RootCommand }; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, result.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}
