using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary><c>budgetsync restrictions</c>: what is restricted, is about to be, or was in this period.</summary>
internal static class RestrictionsCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.AnyAccount("restrictions");
        var json = new Option<bool>("--json") { Description = "Print an array with one object per restriction" };
        var command = new Command("restrictions", "Show what is restricted, is about to be, or was in this period, and why") { account, json };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var id = parsed.GetValue(account);
            stack.Progress.Now("reading the status table");
            IReadOnlyList<StatusRow> rows = id is null ? await stack.Status.ScanAsync(cancellation)
                : await stack.Status.ReadAsync(id, cancellation) is { } row ? [row]
                : [];
            if (id is not null && rows.Count == 0) await KnownAccount.DemandAsync(stack, AccountId.Parse(id), cancellation);
            var found = rows.Where(known => AccountId.TryParse(known.Key, out _)).OrderBy(known => known.Key, StringComparer.Ordinal)
                .SelectMany(known => known.Restrictions.Select(restriction => (known.Key, restriction))).ToList();
            var stopped = await StoppedResponses.ReadAsync(stack, cancellation);
            stopped?.Tell(terminal, forPeople: !parsed.GetValue(json));
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(RestrictionsView.Json(found, stopped));
            else if (found.Count == 0) await terminal.Out.WriteLineAsync(id is null ? "No account has a restriction." : $"{id} has no restriction.");
            else RestrictionsView.Write(terminal, found);
            if (stack.Responds == false) await terminal.Error.WriteLineAsync($"None can begin: {DeployedStack.NoResponses}");
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync restrictions", "budgetsync restrictions 111122223333 --json");
    }
}
