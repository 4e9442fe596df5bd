using System.CommandLine;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai status</c>: where budgets of models stand, and which Regions are seen, as the spokes last told.</summary>
internal static class AiStatusCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.AnyAccount("ai status");
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, a line per budget" };
        var command = new Command(
            "status",
            "Show where principals, pools, models and accounts stand with their budgets of models, the loudest first, as each spoke last told, and which "
                + "Regions are seen")
            {
                account,
                json,
                csv,
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("ai status: --json and --csv are two ways to print; give one of them");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var id = parsed.GetValue(account);
            var rows = await ReadAsync(stack, id, cancellation);
            var now = stack.Time.GetUtcNow();
            var told = rows.Where(row => row.Ai is not null).Select(row => row with { Ai = AiView.Of(row, now) }).ToList();
            var bounds = await SuspensionBounds.ReadAsync(stack, told, cancellation);
            var stopped = await StoppedResponses.ReadAsync(stack, cancellation);
            stopped?.Tell(terminal, forPeople: !parsed.GetValue(json) && !parsed.GetValue(csv));
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(AiStatusView.Json(told, bounds, stopped));
            else if (parsed.GetValue(csv)) await terminal.Out.WriteAsync(AiStatusView.Csv(told, bounds));
            else if (told.Count == 0) await terminal.Out.WriteLineAsync(Nothing(id, rows));
            else AiStatusView.Write(terminal, told, bounds);
            foreach (var row in told.Where(row => row.Ai is { Omitted: > 0 }))
                await terminal.Error.WriteLineAsync($"{row.Key}: {Number.Count(row.Ai?.Omitted ?? 0, "budget")} more, the quietest, are not in the report.");
            foreach (var row in told.Where(row => row.AiNotCarried.Length > 0))
                terminal.TellFolded(Printable.Line($"{row.Key}: what people ask of its models does not reach its spoke: {row.AiNotCarried}"), indent: 2);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync ai status", "budgetsync ai status 111122223333 --json");
    }

    /// <summary>The status of one account, or of all.</summary>
    /// <exception cref="CommandException">There is no such account.</exception>
    public static async Task<IReadOnlyList<StatusRow>> ReadAsync(DeployedStack stack, string? account, CancellationToken cancellation)
    {
        stack.Progress.Now("reading the status table");
        IReadOnlyList<StatusRow> rows = account is null ? await stack.Status.ScanAsync(cancellation)
            : await stack.Status.ReadAsync(account, cancellation) is { } row ? [row]
            : [];
        if (account is not null && rows.Count == 0) await ModelAccounts.DemandAsync(stack, account, cancellation);
        stack.Progress.Now("");
        return [.. rows.Where(row => AccountId.TryParse(row.Key, out _)).OrderBy(row => row.Key, StringComparer.Ordinal)];
    }

    private static string Nothing(string? account, IReadOnlyList<StatusRow> rows) =>
        account is null ? "No account has told of its models."
        : rows is [{ Meters: true }] ? $"{account} meters models and has told nothing yet."
        : $"{account} does not meter models.";
}
