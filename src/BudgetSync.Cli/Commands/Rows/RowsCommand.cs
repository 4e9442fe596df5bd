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
        ListCommand.Create(terminal).WithExamples("budgetsync rows list --filter payments@example.com"),
        GetCommand.Create(terminal).WithExamples("budgetsync rows get 111122223333"),
        SetCommand.Create(terminal).WithExamples(
            "budgetsync rows set 111122223333 --value 1500 --threshold 80 --threshold \"100 FORECASTED\" --email owner@example.com "
                + "--because \"asked by the owner\"",
            "budgetsync rows set --ou ou-ab12-11111111 --value +10%",
            "budgetsync rows set --all --add-email finops@example.com"),
        DeleteCommand.Create(terminal).WithExamples("budgetsync rows delete 111122223333 --because \"account closed\""),
        ExportCommand.Create(terminal).WithExamples("budgetsync rows export rows.xlsx"),
        ImportCommand.Create(terminal).WithExamples(
            "budgetsync rows import rows.csv --wait",
            "budgetsync rows import rows.csv --waves 10,100,rest --stop-at 2% --because \"budgets of 2027\""),
        UndoCommand.Create(terminal).WithExamples("budgetsync rows undo --because \"wrong month\""),
        UndoCommand.CreateResume(terminal).WithExamples("budgetsync rows resume edit.jsonl --yes"),
        InitCommand.Create(terminal).WithExamples("budgetsync rows init rows.csv --value 100", "budgetsync rows init --template"),
        Validate(terminal).WithExamples("budgetsync rows validate rows.csv"),
        FixCommand.Create(terminal).WithExamples("budgetsync rows fix budgets.csv corrected.csv"),
        Explain(terminal).WithExamples("budgetsync rows explain rows.csv --account 111122223333"),
        Schema(terminal).WithExamples("budgetsync rows schema"),
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
            return RowsValidation.Run(path, rows, defaults.Read(parsed), parsed.GetValue(json), terminal);
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
            terminal.Whole.WriteLine(RowSchema.Generate());
            return ExitCode.Done;
        });
        return command;
    }
}
