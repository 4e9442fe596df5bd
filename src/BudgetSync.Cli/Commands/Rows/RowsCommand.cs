using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary><c>budgetsync rows</c>: the rows of files, checked without any AWS account, and those of a stack's table.</summary>
internal static class RowsCommand
{
    public static Command Create(ConsoleContext terminal) => new(
        "rows",
        "Read and edit the rows of the budgets table, and check files of rows without any AWS account")
    {
        ListCommand.Create(terminal),
        GetCommand.Create(terminal),
        SetCommand.Create(terminal),
        DeleteCommand.Create(terminal),
        ExportCommand.Create(terminal),
        ImportCommand.Create(terminal),
        UndoCommand.Create(terminal),
        UndoCommand.CreateResume(terminal),
        InitCommand.Create(terminal),
        Validate(terminal),
        FixCommand.Create(terminal),
        Explain(terminal),
        Schema(terminal),
    };

    private static Argument<string> FileArgument() => new("FILE") { Description = RowFile.Description };

    private static Command Validate(ConsoleContext terminal)
    {
        var file = FileArgument();
        var json = new Option<bool>("--json") { Description = "Print an array with one object per row instead of text" };
        var defaults = new DefaultsOptions(offline: true);
        var command = new Command("validate", "Name every problem of every row; exit 0 when there is none, else 1") { file, json };
        defaults.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            var rows = await RowFile.ReadAsync(path, terminal, cancellation);
            return RowsValidation.Run(RowFile.NameOf(path), rows, defaults.Read(parsed), parsed.GetValue(json), terminal);
        });
        return command;
    }

    private static Command Explain(ConsoleContext terminal)
    {
        var file = FileArgument();
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account instead of text" };
        var account = AccountOption.Create("Only this account; one that has no row of its own is shown with what it inherits from default");
        var defaults = new DefaultsOptions(offline: true);
        var command = new Command("explain", "Show the budgets each account gets: the parameter document, its size and its revision") { file, account, json };
        defaults.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var rows = await RowFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
            return RowsExplanation.Run(rows, AccountOption.Read(parsed, account), defaults.Read(parsed), parsed.GetValue(json), terminal);
        });
        return command;
    }

    private static Command Schema(ConsoleContext terminal)
    {
        var command = new Command("schema", "Print the JSON Schema of a row");
        command.SetAction(_ =>
        {
            terminal.Out.WriteLine(RowSchema.Generate());
            return ExitCode.Done;
        });
        return command;
    }
}
