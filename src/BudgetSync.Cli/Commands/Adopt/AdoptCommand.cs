using System.Collections.Concurrent;
using System.CommandLine;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Adopt;

/// <summary>
/// <c>budgetsync adopt</c>: rows that describe the budgets which the accounts have, so that BudgetSync can take them over as they are. Reads only.
/// </summary>
internal static class AdoptCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = AccountOption.Create("Only this account");
        var unit = OrganizationalUnitOption.Create("Only accounts that stand in this OU or below it");
        var all = new Option<bool>("--all") { Description = "Every active account of the organization" };
        var rows = new Option<string?>("--rows") { Description = "Where to write the rows; without it, standard output", HelpName = "FILE" };
        var format = ExportCommand.FormatOption();
        var overwrite = ExportCommand.OverwriteOption();
        var role = ReadSessions.RoleOption("The role in each account that may read its budgets");
        var command = new Command(
            "adopt",
            "Write rows that describe the budgets which accounts have and BudgetSync did not create, with Adopt: true, beside all that the accounts' rows say "
                + "already. It changes nothing: 'plan' and 'rows import' of that file do the rest. Exit 0, or 1 where something cannot be said in a row, or 3 "
                + "where accounts could not be looked into")
            {
                account,
                unit,
                all,
                rows,
                format,
                overwrite,
                role,
            };
        command.Validators.Add(result =>
        {
            var chosen = (result.GetResult(account) is not null ? 1 : 0) + (result.GetResult(unit) is not null ? 1 : 0) + (result.GetValue(all) ? 1 : 0);
            if (chosen != 1) result.AddError("adopt: say whose budgets: one of --account ID, --ou ID or --all");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var path = parsed.GetValue(rows);
            var wanted = ExportCommand.FormatOf(parsed.GetValue(format), path, parsed.GetValue(overwrite));
            var chosen = await ActiveAccounts.ReadAsync(stack, AccountOption.Read(parsed, account), parsed.GetValue(unit), cancellation);
            var table = await StackRows.ReadAsync(stack, [], needsTree: false, cancellation);
            var reader = new ForeignBudgets(stack, new ReadSessions(stack, parsed.GetRequiredValue(role)), table);
            var (found, unread) = (new ConcurrentDictionary<string, AdoptedRow>(), new ConcurrentDictionary<string, string>());
            var done = 0;
            var bar = new ProgressBar(terminal, stack.Progress);
            var limits = new ParallelOptions { MaxDegreeOfParallelism = StackConnection.AccountsInFlight, CancellationToken = cancellation };
            await Parallel.ForEachAsync(chosen.Select(each => each.Id), limits, async (id, token) =>
            {
                try
                {
                    if (await reader.DescribeAsync(id, token) is { } row) found[id.Value] = row;
                }
                catch (AwsFaultException refused)
                {
                    unread[id.Value] = refused.Fault.Reason;
                }

                var looked = Interlocked.Increment(ref done);
                bar.Show(looked, chosen.Count, $"looked into {looked} of {Number.Count(chosen.Count, "account")}");
            });
            bar.Clear();
            var ordered = found.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
            var written = ordered.Select(pair => pair.Value.Row).OfType<RowImage>().ToList();
            // A file without rows would be refused by what comes next.
            if (written.Count > 0 || path is null or "-")
                await ExportCommand.WriteAsync(terminal, path, wanted, parsed.GetValue(overwrite), written, cancellation);
            return Tell(terminal, parsed, path, chosen.Count, ordered, unread);
        });
        return command.WithExamples("budgetsync adopt --all --rows adopted.json", "budgetsync adopt --account 111122223333 --format json");
    }

    private static int Tell(
        ConsoleContext terminal,
        ParseResult parsed,
        string? path,
        int looked,
        List<KeyValuePair<string, AdoptedRow>> found,
        ConcurrentDictionary<string, string> unread)
    {
        foreach (var (id, row) in found)
        {
            var what = row.Row is null ? "no row is written" : "the row does not say it as it is";
            foreach (var unsaid in row.Unsaid) terminal.TellFolded($"{id}: {what}: {unsaid}", indent: 2);
        }

        foreach (var (id, why) in unread.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            terminal.TellFolded($"{id}: not looked into: {why}", indent: 2);
        var unwritten = found.Count(pair => pair.Value.Row is null);
        var notWritten = unwritten > 0 ? $" ({Number.Of(unwritten)} of them not written)" : "";
        terminal.TellFolded(
            $"{Number.Count(looked, "account")}: {Number.Of(found.Count)} with budgets to adopt{notWritten}, "
                + $"{Number.Of(looked - found.Count - unread.Count)} without, {Number.Of(unread.Count)} not looked into.");
        if (path is not (null or "-") && found.Count == unwritten) terminal.TellFolded($"There is no row to write, so {path} was not written.");
        // Not folded: it is there to be pasted.
        if (path is not (null or "-") && found.Count > unwritten)
            terminal.Error.WriteLine(NextCommand.AfterRows(terminal, parsed, path));
        return unread.IsEmpty ? found.Any(pair => !pair.Value.Unsaid.IsEmpty) ? ExitCode.Failed : ExitCode.Done : ExitCode.Unchecked;
    }
}
