using System.CommandLine;
using BudgetSync.Aws.Organizations;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend.Envelopes;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Cli.Commands.Money;

/// <summary><c>budgetsync envelopes</c>: one amount over many accounts, where each stands, and what of it each account gets.</summary>
internal static class EnvelopesCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print an array with one object per envelope, its shares among them" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, a line per envelope" };
        var rows = new Option<string?>("--rows")
        {
            Description = "Write the rows that give each account its share of a cascading envelope, to be planned and imported like any other; - is standard "
                + "output",
            HelpName = "FILE"
        };
        var costs = CostSource.Option();
        var overwrite = ExportCommand.OverwriteOption();
        var command = new Command(
            "envelopes",
            "Show every envelope: its amount, what its accounts are allowed, have spent and are expected to. Exit 0, or 1 where one with OverAllocation REJECT "
                + "is over-allocated")
            {
                json,
                csv,
                rows,
                costs,
                overwrite,
            };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetValue(json), result.GetValue(csv), result.GetValue(rows) is "-" }.Count(chosen => chosen) > 1)
                result.AddError("envelopes: --json, --csv and --rows - are three ways to print; give one of them");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            stack.Progress.Now("reading both tables and the organization");
            var snapshot = await OrganizationSnapshot.ReadAsync(stack.Budgets, stack.Status, stack.Organization, freshTree: true, cancellation);
            var now = stack.Time.GetUtcNow();
            var monthly = new OrganizationRecommendations(snapshot.Tree, snapshot.Rows, stack.Defaults, now, RecommendationSettings.Default);
            var weighing = snapshot.Rows.Values.Any(row => RowEnvelope.Of(row, stack.Defaults)?.Cascade == Cascade.PROPORTIONAL);
            IReadOnlyList<AccountId> accounts = weighing ? [.. snapshot.Accounts()] : [];
            var known = await CostSource.ReadAsync(stack, parsed.GetValue(costs), accounts, monthly.BudgetOf, cancellation);
            stack.Progress.Now("");
            var lines = new OrganizationEnvelopes(snapshot.Tree, snapshot.Rows, snapshot.Statuses, stack.Defaults, now)
            {
                Bounds = stack.SpendBounds,
                UsualCosts = CostSource.Usual(known, now),
            }.Lines();
            var file = parsed.GetValue(rows);
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(EnvelopesView.Json(lines));
            else if (parsed.GetValue(csv)) await terminal.Out.WriteAsync(EnvelopesView.Csv(lines));
            else if (file != "-") EnvelopesView.Write(terminal, lines);
            if (file is not null)
                await WriteAsync(terminal, parsed, file, parsed.GetValue(overwrite), ShareRows.Of(lines, snapshot.Rows, PeriodOf), cancellation);

            TimeUnit? PeriodOf(AccountId account, IReadOnlyDictionary<string, RowImage> then) =>
                Resolver.Resolve(account, RowPath.Of(account, snapshot.Tree, then), stack.Defaults) is Resolution.Desired { Budgets.Budgets: [var one] }
                    ? one.Settings.TimeUnit
                    : null;

            return lines.Any(line => line.Standing.Allocation is AllocationVerdict.Rejected) ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync envelopes", "budgetsync envelopes --csv", "budgetsync envelopes --rows shares.csv");
    }

    private static async Task WriteAsync(
        ConsoleContext terminal,
        ParseResult parsed,
        string file,
        bool overwrite,
        ShareRows shares,
        CancellationToken cancellation)
    {
        await ExportCommand.WriteAsync(terminal, file, ExportCommand.FormatOf(null, file, overwrite), overwrite, shares.Rows, cancellation);
        foreach (var left in shares.LeftOut) await terminal.Error.WriteLineAsync(Printable.Line(left));
        await terminal.Error.WriteLineAsync(shares.Rows.IsEmpty
            ? "No account gets another amount of an envelope than it has; the file has no rows."
            : $"{Number.Count(shares.Rows.Length, "row")} written. {NextCommand.AfterRows(terminal, parsed, file)}");
    }
}
