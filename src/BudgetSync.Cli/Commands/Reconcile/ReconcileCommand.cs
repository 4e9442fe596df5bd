using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;

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
        var account = AccountOption.Create("Only this account");
        var json = new Option<bool>("--json") { Description = "Print the outcome as an object" };
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
                account,
                json,
                function
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var only = AccountOption.Read(parsed, account);
            if (only is { } wanted) await DemandAsync(stack, wanted, cancellation);
            // A person who asks does not want to hear that the next try is due in an hour, and wants what hands changed put right.
            var request = new JsonObject
            {
                ["accounts"] = new JsonArray(only is { } id ? [JsonValue.Create(id.Value)] : []),
                ["force"] = true,
                // What one run has written to need not be written to by the next.
                ["since"] = stack.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            };
            var outcome = await RunAsync(stack, parsed.GetRequiredValue(function), request, terminal, cancellation);
            if (parsed.GetValue(json)) await terminal.Out.WriteLineAsync(outcome.ToJsonString(JsonOutput.Options));
            else Write(terminal.Out, outcome);
            return NumberOf(outcome, "left") > 0 || NumberOf(outcome, "unreachable") > 0 ? ExitCode.Unchecked : ExitCode.Done;
        });
        return command.WithExamples("budgetsync reconcile", "budgetsync reconcile --account 111122223333");
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
            var left = NumberOf(outcome, "left");
            written += NumberOf(outcome, "written");
            outcome["written"] = written;
            await terminal.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {Number.Count(NumberOf(outcome, "written"), "parameter")} written, "
                    + $"{Number.Count(NumberOf(outcome, "unreachable"), "account")} unreachable, {Number.Of(left)} left, in "
                    + $"{stack.Time.GetElapsedTime(began).TotalSeconds:0.0} s"));
            // A run that was stopped and wrote nothing would do no better the next time.
            if (left == 0 || run == MostRuns || NumberOf(outcome, "written") == 0) return outcome;
        }
    }

    private static void Write(TextWriter output, JsonObject outcome)
    {
        var accounts = outcome["accounts"] as JsonObject ?? [];
        // The words of status: a parameter that is written and not reported yet is pending there.
        foreach (var state in accounts.GroupBy(state => state.Key == "Propagated" ? "Pending" : state.Key, StringComparer.Ordinal))
            output.WriteLine($"{Number.Of(state.Sum(counted => (int?)counted.Value ?? 0)),6} {state.Key}");
        output.WriteLine(
            $"{Number.Count(NumberOf(outcome, "written"), "parameter")} written. What they come to in each account is in 'budgetsync status' within a minute.");
    }

    private static int NumberOf(JsonObject outcome, string name) => outcome[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
}
