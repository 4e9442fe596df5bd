using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary><c>budgetsync rows set</c>: changes attributes of one row or of many.</summary>
internal static class SetCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var scopes = new Argument<string[]>("SCOPE")
        {
            Description = "Whose row: an account's 12 digits, an OU's id, the root's id, or default; a row that is not there yet is added",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var unit = RowSelection.Unit("Every row that stands in this OU: its own, its OUs' and its accounts'");
        var accounts = new Option<string?>("--accounts") { Description = "The rows of these accounts (comma list)", HelpName = "IDS" };
        var all = new Option<bool>("--all") { Description = "Every row there is" };
        var setting = new SettingOptions();
        var options = new EditOptions();
        var command = new Command(
            "set",
            "Change attributes of one row or of many; shows what would change and asks")
            {
                scopes,
                unit,
                accounts,
                all,
            };
        setting.AddTo(command);
        options.AddTo(command);
        accounts.Validators.Add(result =>
        {
            foreach (var word in ListOf(result.GetValueOrDefault<string>()).Where(word => !AccountId.TryParse(word, out _)))
                result.AddError($"--accounts: \"{Printable.Key(word)}\" is not an AWS account id; {AccountOption.Advice(word)} each, with commas between them");
        });
        command.Validators.Add(result =>
        {
            bool[] ways =
                [result.GetValue(scopes) is { Length: > 0 }, result.GetValue(unit) is not null, result.GetValue(accounts) is not null, result.GetValue(all)];
            foreach (var scope in (result.GetValue(scopes) ?? []).Where(scope => Scope.TryParse(scope) is null))
                result.AddError($"\"{Printable.Key(scope)}\" is no scope; {AccountOption.Advice(scope)}, an OU's id, the root's id or default");
            if (ways.Count(given => given) != 1) result.AddError("say whose rows: SCOPE, or one of --ou, --accounts and --all");
            if (!setting.IsGiven(result)) result.AddError("say what to change: --value, --threshold, --email, --add-email, --remove-email, --notify, --name, "
                + "--unit, --time-unit, --enabled, --attribute or --unset");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed, terminal.Environment);
            var named = (parsed.GetValue(scopes) ?? []).Concat(ListOf(parsed.GetValue(accounts))).Distinct(StringComparer.Ordinal).ToList();
            var ou = parsed.GetValue(unit);
            var rows = await StackRows.ReadAsync(stack, [.. named], ou is not null, cancellation, mayAdd: true, reachesAll: parsed.GetValue(all));
            var chosen = ou is not null ? [.. RowSelection.Within(ou, rows.Table, rows.Tree).Select(row => row.Key)]
                : parsed.GetValue(all) ? [.. RowOrder.Sort(rows.Table).Select(row => row.Key)]
                : named;
            if (chosen.Count == 0) throw new CommandException($"{(ou is null ? "the table has no row" : $"no row stands in {ou}")}; 'rows set "
                + $"{ou ?? "SCOPE"} --value …' adds one.");
            var change = setting.Read(parsed);
            if (change.Value is { IsRelative: true })
            {
                RelativeRepetition.Refuse(stack, terminal, parsed, chosen, rows, wish.Because);
                wish = wish with { Again = left => RelativeRepetition.Of(terminal, parsed, setting.WordsOf(parsed), left) };
            }

            var wanted = await new SettingOfRows(chosen, named.Count > 0, change, rows).WantedAsync(terminal);
            var edit = RowEdit.Of(wanted, rows.Table, prune: false, rows.Judge, UnnamedAttributes.Go);
            return await new EditRun(stack, terminal, wish, rows).RunAsync(edit, parsed, cancellation);
        }, interrupted: EditRun.Nothing);
        return command;
    }

    private static string[] ListOf(string? list) => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
