using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Reconcile;

/// <summary>
/// <c>budgetsync reconcile</c>: runs the Reconcile function now. It is the function that runs and not this process, because every spoke role trusts the
/// functions' roles only: no person's credentials may write a parameter.
/// </summary>
internal static class ReconcileCommand
{
    /// <summary>Each run takes up where the last was stopped by its time limit; 10,000 accounts need one.</summary>
    private const int MostRuns = 20;

    public static Command Create(ConsoleContext terminal)
    {
        var options = new AccountListOptions<CoverageState>("Reconcile", "Print the outcome as an object");
        var function = new Option<string>("--function")
        {
            Description = "The stack's Reconcile function",
            DefaultValueFactory = _ => "BudgetSync-Reconcile",
            HelpName = "NAME"
        };
        var command = new Command(
            "reconcile",
            "Bring every account to what its rows ask for, now instead of at the next hour. Exit 0, or 3 where accounts could not be reached or are still left")
            {
                function
            };
        options.AddTo(command, paged: false);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed);
            if (wish.Account is { } wanted && wish.States.IsEmpty) await DemandAsync(stack, wanted, cancellation);
            var chosen = await ChooseAsync(stack, wish, cancellation);
            if (chosen is { IsEmpty: true })
            {
                // To Reconcile, no account is every account.
                await terminal.Error.WriteLineAsync(wish.States.IsEmpty ? $"{wish.Unit} has no active account." : wish.Nothing);
                if (wish.Form != PrintForm.Text) await ReconcileOutcome.WriteAsync(terminal, new JsonObject { ["accounts"] = new JsonObject() }, wish);
                return ExitCode.Done;
            }

            // A person who asks does not want to hear that the next try is due in an hour, and wants what hands changed put right.
            var request = new JsonObject
            {
                ["accounts"] = new JsonArray([.. (chosen ?? []).Select(id => JsonValue.Create(id))]),
                ["force"] = true,
                // What one run has written to need not be written to by the next.
                ["since"] = stack.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            };
            var outcome = await RunAsync(stack, parsed.GetRequiredValue(function), request, terminal, cancellation);
            await ReconcileOutcome.WriteAsync(terminal, outcome, wish);
            return ReconcileOutcome.NumberOf(outcome, "left") > 0 || ReconcileOutcome.NumberOf(outcome, "unreachable") > 0 ? ExitCode.Unchecked : ExitCode.Done;
        });
        return command.WithExamples(
            "budgetsync reconcile",
            "budgetsync reconcile --account 111122223333",
            "budgetsync reconcile --ou ou-ab12-11111111 --state Failed,Blocked");
    }

    /// <returns>The accounts to reconcile; null: all of them, which Reconcile finds itself.</returns>
    private static async Task<ImmutableArray<string>?> ChooseAsync(
        DeployedStack stack,
        AccountListWish<CoverageState> wish,
        CancellationToken cancellation)
    {
        if (wish is { Account: { } only, States.IsEmpty: true }) return [only.Value];
        if (wish is { Account: null, Unit: null, States.IsEmpty: true }) return null;
        stack.Progress.Now("reading both tables and the organization");
        var (treeRead, statuses, rows) = (stack.TreeAsync(cancellation), stack.Status.ScanAsync(cancellation), stack.Budgets.ScanKeysAsync(cancellation));
        await Task.WhenAll(treeRead, statuses, rows);
        var within = wish.Chosen(await treeRead);
        var coverage = OrganizationCoverage.Of(await treeRead, await statuses, await rows, stack.Time.GetUtcNow());
        return
        [
            .. coverage.Lines.Where(line => line.IsAccount && within?.Contains(line.Key) != false)
                .Where(line => wish.States.IsEmpty || wish.States.Contains(line.State))
                .Select(line => line.Key)
        ];
    }

    /// <summary>An account with a status is known; of any other the organization is asked, which is a call for every 20 accounts.</summary>
    /// <exception cref="CommandException">The account is not known.</exception>
    private static async Task DemandAsync(DeployedStack stack, AccountId account, CancellationToken cancellation)
    {
        if (await stack.Status.ReadAsync(account.Value, cancellation) is not null) return;
        stack.Progress.Now("reading the organization");
        var tree = await stack.TreeAsync(cancellation);
        var known = tree.Accounts.IsEmpty ? await stack.Budgets.ReadAsync(account.Value, cancellation) is not null : tree.Find(account) is { Active: true };
        if (!known) throw new CommandException($"--account: the organization has no active account {account}.");
    }

    private static async Task<JsonObject> RunAsync(
        DeployedStack stack,
        string function,
        JsonObject request,
        ConsoleContext terminal,
        CancellationToken cancellation)
    {
        var payload = Encoding.UTF8.GetBytes(request.ToJsonString());
        var written = 0;
        for (var run = 1; ; run++)
        {
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Run {run} of {function} …"));
            stack.Progress.Now($"waiting for {function}, which may run for some minutes");
            var began = stack.Time.GetTimestamp();
            var outcome = JsonNode.Parse(await FunctionCall.InvokeAsync(stack, function, payload, cancellation)) as JsonObject
                ?? throw new CommandException($"{function}: its answer is no JSON object.");
            var left = ReconcileOutcome.NumberOf(outcome, "left");
            written += ReconcileOutcome.NumberOf(outcome, "written");
            outcome["written"] = written;
            await terminal.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {Number.Count(ReconcileOutcome.NumberOf(outcome, "written"), "parameter")} written, "
                    + $"{Number.Count(ReconcileOutcome.NumberOf(outcome, "unreachable"), "account")} unreachable, {Number.Of(left)} left, in "
                    + $"{stack.Time.GetElapsedTime(began).TotalSeconds:0.0} s"));
            // A run that was stopped and wrote nothing would do no better the next time.
            if (left == 0 || run == MostRuns || ReconcileOutcome.NumberOf(outcome, "written") == 0) return outcome;
        }
    }
}
