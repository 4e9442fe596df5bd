using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary><c>budgetsync rows init</c>: a file to begin with, of the organization's accounts or as an example.</summary>
internal static class InitCommand
{
    private static readonly RowImage[] Template =
    [
        Row("default", ("BudgetValue", new RowValue.Number("100")), ("Thresholds", new RowValue.Text("80, 100, 100 FORECASTED")),
            ("Note", new RowValue.Text("Every account that has no row of its own"))),
        Row("111122223333", ("BudgetValue", new RowValue.Number("1500")), ("EmailRecipients", new RowValue.Text("owner@example.com")),
            ("Note", new RowValue.Text("One account: 12 digits as text"))),
    ];

    public static Command Create(ConsoleContext terminal)
    {
        var file = new Argument<string?>("FILE") { Description = "Where to write; without it, or as -, standard output", Arity = ArgumentArity.ZeroOrOne };
        var format = ExportCommand.FormatOption();
        var template = new Option<bool>("--template") { Description = "An example of two rows, without any AWS account" };
        var overwrite = ExportCommand.OverwriteOption();
        var value = new Option<decimal?>("--value") { Description = "The amount to begin with (default: an empty cell to be filled in)", HelpName = "AMOUNT" };
        var command = new Command(
            "init",
            "Write a file to begin with: a row for each active account of the organization that has none yet, with its name")
            {
                file,
                format,
                template,
                value,
                overwrite,
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var path = parsed.GetValue(file);
            var wanted = ExportCommand.FormatOf(parsed.GetValue(format), path, parsed.GetValue(overwrite));
            stack.Progress.Now("reading the table and the organization");
            var tree = await stack.TreeAsync(cancellation);
            var have = (await stack.Budgets.ScanKeysAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
            var accounts = tree.Accounts.Where(account => account.Active).ToList();
            var rows = accounts.Where(account => !have.Contains(account.Id.Value))
                .Select(account => Row(account.Id.Value, ("BudgetValue", Amount(parsed.GetValue(value))), ("x-Name", new RowValue.Text(account.Name))))
                .ToList();
            if (rows.Count == 0)
                throw new CommandException(
                    accounts.Count == 0 ? "no account of the organization is known; 'rows init --template' writes an example."
                        : $"each of the {Number.Count(accounts.Count, "account")} has a row already; 'rows export' writes them.");
            await ExportCommand.WriteAsync(terminal, path, wanted, parsed.GetValue(overwrite), rows, cancellation);
            await terminal.Error.WriteLineAsync(
                $"{Number.Count(rows.Count, "row")}; {Number.Of(accounts.Count - rows.Count)} of {Number.Count(accounts.Count, "account")} had one already. "
                    + $"Fill in the amounts, then: {NextCommand.Of(terminal, parsed, ["rows", "import", NextCommand.PathOf(path)])}");
            return ExitCode.Done;
        }, parsed => parsed.GetValue(template)
            ? WriteTemplateAsync(terminal, parsed.GetValue(file), parsed.GetValue(format), parsed.GetValue(overwrite))
            : null);
        return command;
    }

    private static async Task<int> WriteTemplateAsync(ConsoleContext terminal, string? path, RowFormat? format, bool overwrite)
    {
        await ExportCommand.WriteAsync(terminal, path, ExportCommand.FormatOf(format, path, overwrite), overwrite, Template, CancellationToken.None);
        return ExitCode.Done;
    }

    /// <summary>An empty text is an empty cell, which a person fills in.</summary>
    private static RowValue Amount(decimal? value) => value is { } amount
        ? new RowValue.Number(amount.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : new RowValue.Text("");

    private static RowImage Row(string key, params (string Name, RowValue Value)[] attributes) => new(
        attributes.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value))
            .Append(KeyValuePair.Create("AccountId", (RowValue)new RowValue.Text(key)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal));
}
