using System.CommandLine;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary><c>budgetsync rows</c>: what can be known about rows without any AWS account.</summary>
internal static class RowsCommand
{
    public static Command Create(ConsoleContext terminal) => new("rows", "Check and explain rows of the budgets table, without any AWS account")
    {
        Validate(terminal),
        Explain(terminal),
        Schema(terminal),
    };

    private static Argument<string> FileArgument() => new("FILE") { Description = "CSV with attribute names as headers, or a JSON array of rows" };

    private static Command Validate(ConsoleContext terminal)
    {
        var file = FileArgument();
        var json = new Option<bool>("--json") { Description = "Print an array with one object per row instead of text" };
        var defaults = new DefaultsOptions();
        var command = new Command("validate", "Name every problem of every row; exit 0 when there is none, else 1") { file, json };
        defaults.AddTo(command);
        command.SetAction((parsed, cancellation) => WithFileAsync(
            terminal,
            parsed.GetRequiredValue(file),
            rows => RowsValidation.Run(parsed.GetRequiredValue(file), rows, defaults.Read(parsed), parsed.GetValue(json), terminal),
            cancellation));
        return command;
    }

    private static Command Explain(ConsoleContext terminal)
    {
        var file = FileArgument();
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account instead of text" };
        var account = new Option<string?>("--account")
        {
            Description = "Only this account; one that has no row of its own is shown with what it inherits from default",
            HelpName = "ID"
        };
        account.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (!AccountId.TryParse(text, out _)) result.AddError($"--account: \"{text}\" is not an AWS account id; give 12 digits");
        });
        var defaults = new DefaultsOptions();
        var command = new Command("explain", "Show the budgets each account gets: the parameter document, its size and its revision") { file, account, json };
        defaults.AddTo(command);
        command.SetAction((parsed, cancellation) => WithFileAsync(
            terminal,
            parsed.GetRequiredValue(file),
            rows => RowsExplanation.Run(rows, parsed.GetValue(account), defaults.Read(parsed), parsed.GetValue(json), terminal),
            cancellation));
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

    private static async Task<int> WithFileAsync(ConsoleContext terminal, string path, Func<IReadOnlyList<RowEntry>, int> run, CancellationToken cancellation)
    {
        try
        {
            return run(await RowFile.ReadAsync(path, cancellation));
        }
        catch (CommandException exception)
        {
            await terminal.Error.WriteLineAsync($"budgetsync: {exception.Message}");
            return ExitCode.Failed;
        }
    }
}
