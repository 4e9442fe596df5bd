using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary><c>budgetsync snooze</c>: a row's Snooze, written as any other edit of a row, with what undoes it.</summary>
internal static class SnoozeCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.Account("snooze");
        var until = new Option<string>("--until") { Description = "The last day, 2026-11-30, in UTC", HelpName = "DAY", Required = true };
        until.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => DayText.Parse(token.Value) is null))
                result.AddError($"--until: \"{token.Value}\" is no day; give for example 2026-11-30");
        });
        var options = new EditOptions();
        var command = new Command(
            "snooze",
            "Let no response begin in an account through a day, and lift what is in force (beside QUARANTINE); alerts below Critical are not told. "
                + "It is an edit of the account's row, and --because is asked for")
            {
                account,
                until,
            };
        options.AddTo(command);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed, terminal.Environment);
            if (string.IsNullOrWhiteSpace(wish.Because)) throw new CommandException("snooze: say why with --because TEXT.", ExitCode.Usage);
            var today = DateOnly.FromDateTime(stack.Time.GetUtcNow().UtcDateTime);
            if (DayText.Parse(parsed.GetRequiredValue(until)) is { } day && day < today)
                throw new CommandException(
                    $"snooze: --until {DayText.Format(day)} is over (in UTC it is {DayText.Format(today)}), so it would do nothing. Give a day to come; "
                        + $"what ends a snooze is 'budgetsync rows set {parsed.GetRequiredValue(account)} --unset Snooze'. Nothing was written.",
                    ExitCode.Usage);
            var key = parsed.GetRequiredValue(account);
            var rows = await StackRows.ReadAsync(stack, [key], needsTree: false, cancellation, mayAdd: true);
            if (AccountId.TryParse(key, out var id) && rows.Present(id, rows.ByKey).IsEmpty)
                throw new CommandException(
                    $"snooze: no row applies to {key}, so there is nothing to snooze; 'budgetsync rows set {key} --value AMOUNT' gives it a budget. "
                        + "Nothing was written.");
            var before = rows.ByKey.GetValueOrDefault(key);
            var attributes = before?.Attributes.Items
                ?? ImmutableSortedDictionary.Create<string, RowValue>(StringComparer.Ordinal).Add("AccountId", new RowValue.Text(key));
            var snooze = ImmutableSortedDictionary.Create<string, RowValue>(StringComparer.Ordinal)
                .Add("Until", new RowValue.Text(parsed.GetRequiredValue(until)))
                .Add("Why", new RowValue.Text(wish.Because))
                .Add("By", new RowValue.Text(await stack.CallerArnAsync(cancellation)));
            var wanted = new WantedRow(key, new RowImage(attributes.SetItem("Snooze", new RowValue.Map(snooze))), "", []);
            var edit = RowEdit.Of([wanted], rows.Table, prune: false, rows.Judge, UnnamedAttributes.Go);
            var code = await new EditRun(stack, terminal, wish, rows).RunAsync(edit, parsed, cancellation);
            if (code == ExitCode.Done && stack.Responds != false) await PersonDecision.TakeUpAsync(stack, key, terminal, cancellation);
            return code;
        });
        return command.WithExamples("budgetsync snooze 111122223333 --until 2026-11-30 --because \"load test\"");
    }
}
