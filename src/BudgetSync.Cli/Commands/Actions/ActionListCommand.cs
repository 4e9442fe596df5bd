using System.Collections.Concurrent;
using System.CommandLine;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary><c>budgetsync action list</c>: every budget action of the accounts, those that wait for a person first.</summary>
internal static class ActionListCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = AccountOption.Create("Only this account");
        var unit = OrganizationalUnitOption.Create("Only accounts that stand in this OU or below it");
        var waiting = new Option<bool>("--waiting") { Description = "Only those that wait for approval or failed" };
        var json = new Option<bool>("--json") { Description = "Print an array with one object per action" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, a line per action" };
        var role = ActionCommand.RoleOption();
        var command = new Command(
            "list",
            "Show every budget action of the accounts, what sets it off, what it does and where it stands. Exit 0, or 3 where accounts could not be "
                + "looked into")
        {
            account,
            unit,
            waiting,
            json,
            csv,
            role,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("--csv: and --json are two ways to print; give one of the two");
            if (result.GetResult(account) is not null && result.GetResult(unit) is not null)
                result.AddError("--ou: and --account are two ways to choose; give one of the two");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var form = parsed.GetValue(json) ? PrintForm.Json : parsed.GetValue(csv) ? PrintForm.Csv : PrintForm.Text;
            var accounts = await ActiveAccounts.ReadAsync(stack, AccountOption.Read(parsed, account), parsed.GetValue(unit), cancellation);
            var actions = new AccountActions(stack, new ReadSessions(stack, parsed.GetRequiredValue(role)));
            var (found, unread) = (new ConcurrentBag<BudgetActionLine>(), new ConcurrentDictionary<string, string>());
            var done = 0;
            var bar = new ProgressBar(terminal, stack.Progress);
            var limits = new ParallelOptions { MaxDegreeOfParallelism = StackConnection.AccountsInFlight, CancellationToken = cancellation };
            await Parallel.ForEachAsync(accounts, limits, async (each, token) =>
            {
                try
                {
                    foreach (var line in await actions.ReadAsync(each.Id, each.Name, token)) found.Add(line);
                }
                catch (AwsFaultException refused)
                {
                    unread[each.Id.Value] = refused.Fault.Reason;
                }

                var looked = Interlocked.Increment(ref done);
                bar.Show(looked, accounts.Count, $"looked into {looked} of {Number.Count(accounts.Count, "account")}");
            });
            bar.Clear();
            var shown = found.Where(line => !parsed.GetValue(waiting) || Urgency(line) == 0)
                .OrderBy(Urgency)
                .ThenBy(line => line.AccountId, StringComparer.Ordinal)
                .ThenBy(line => line.Action.BudgetName, StringComparer.Ordinal)
                .ThenBy(line => line.Action.ActionId, StringComparer.Ordinal)
                .ToList();
            await ActionsView.WriteAsync(terminal, form, shown);
            foreach (var (id, why) in unread.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                terminal.TellFolded($"{id}: not looked into: {why}", indent: 2);
            terminal.TellFolded(
                $"{Number.Count(accounts.Count, "account")}: {Number.Count(found.Count, "budget action")}, "
                    + $"{Number.Of(found.Count(line => Urgency(line) == 0))} waiting for a person, {Number.Of(unread.Count)} not looked into.");
            return unread.IsEmpty ? ExitCode.Done : ExitCode.Unchecked;
        });
        return command.WithExamples("budgetsync action list", "budgetsync action list --waiting", "budgetsync action list --account 111122223333 --json");
    }

    /// <summary>What waits for a person is first.</summary>
    private static int Urgency(BudgetActionLine line) =>
        ActionExecution.Approve.Suits.Contains(line.Status) || ActionExecution.Retry.Suits.Contains(line.Status) ? 0 : line.Status == "STANDBY" ? 2 : 1;
}
