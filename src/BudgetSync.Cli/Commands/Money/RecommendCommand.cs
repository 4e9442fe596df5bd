using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Aws.Organizations;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Cli.Commands.Money;

/// <summary><c>budgetsync recommend</c>: what monthly amounts should be, by what the months before cost. Applies nothing.</summary>
internal static class RecommendCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var unit = OrganizationalUnitOption.Create("Only accounts that stand in this OU or below it");
        var method = new Option<RecommendationMethod>("--method")
        {
            Description = "robust: medians, trend, season and noise; simple: 1.1 times the mean of six months, for comparison",
            HelpName = "robust|simple",
            CustomParser = result =>
            {
                if (Enum.TryParse<RecommendationMethod>(result.Tokens[0].Value, ignoreCase: true, out var found) && Enum.IsDefined(found)) return found;
                result.AddError($"--method: \"{result.Tokens[0].Value}\" is no method; give robust or simple");
                return default;
            },
        };
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account" };
        var rows = new Option<string?>("--rows")
        {
            Description = "Write the rows that say so, to be looked at, planned and imported like any other; - is standard output",
            HelpName = "FILE"
        };
        var bold = new Option<bool>("--bold") { Description = "Let an amount change by more than half at once" };
        var costs = CostSource.Option();
        var overwrite = ExportCommand.OverwriteOption();
        var command = new Command(
            "recommend",
            "Show what each account's monthly amount should be, and why. Changes nothing: 'plan' and 'rows import' of the file it writes do the rest")
            {
                unit,
                method,
                json,
                rows,
                bold,
                costs,
                overwrite,
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(rows) is "-")
                result.AddError("recommend: --json and --rows - are two ways to print; give one of them");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            stack.Progress.Now("reading the table and the organization");
            var snapshot = await OrganizationSnapshot.ReadAsync(stack.Budgets, null, stack.Organization, freshTree: true, cancellation);
            var settings = RecommendationSettings.Default with { Method = parsed.GetValue(method), Bold = parsed.GetValue(bold) };
            var recommendations = new OrganizationRecommendations(snapshot.Tree, snapshot.Rows, stack.Defaults, stack.Time.GetUtcNow(), settings);
            var accounts = Accounts(snapshot, parsed.GetValue(unit));
            var known = await CostSource.ReadAsync(stack, parsed.GetValue(costs), accounts, recommendations.BudgetOf, cancellation);
            stack.Progress.Now("");
            var lines = accounts.Select(account => recommendations.Of(account, known.GetValueOrDefault(account, [])))
                .OrderByDescending(line => line.Recommendation.IsChange)
                .ThenBy(line => line.Recommendation.Account)
                .ToList();
            if (accounts.Count(account => known.GetValueOrDefault(account, []).IsEmpty) is > 0 and var without)
                await terminal.Error.WriteLineAsync(
                    $"Of {Number.Count(without, "account")} no full month is known. Give --costs FILE: a line AccountId,Month,Amount for each month of each.");
            var file = parsed.GetValue(rows);
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(RecommendationsView.Json(lines));
            else if (file != "-") RecommendationsView.Write(terminal, lines);
            if (file is not null) await WriteAsync(terminal, parsed, file, parsed.GetValue(overwrite), lines, cancellation);
            return ExitCode.Done;
        });
        return command.WithExamples(
            "budgetsync recommend", "budgetsync recommend --rows recommended.csv", "budgetsync recommend --costs costs.csv --method simple --json");
    }

    private static List<AccountId> Accounts(OrganizationSnapshot snapshot, string? unit)
    {
        var covered = OrganizationalUnitOption.Find(unit, snapshot.Tree) is { } scope ? snapshot.CoveredBy(scope).ToHashSet() : null;
        return
        [
            .. snapshot.Accounts()
                .Where(account => snapshot.Tree.StandingOf(account) is AccountStanding.Active or AccountStanding.Unknown)
                .Where(account => covered?.Contains(account) != false)
        ];
    }

    private static async Task WriteAsync(
        ConsoleContext terminal,
        ParseResult parsed,
        string file,
        bool overwrite,
        List<RecommendationLine> lines,
        CancellationToken cancellation)
    {
        var changed = lines.Select(line => line.Row).OfType<Core.Rows.RowImage>().ToImmutableArray();
        await ExportCommand.WriteAsync(terminal, file, ExportCommand.FormatOf(null, file, overwrite), overwrite, changed, cancellation);
        await terminal.Error.WriteLineAsync(changed.IsEmpty
            ? "No amount is to be changed; the file has no rows."
            : $"{Number.Count(changed.Length, "row")} written. {NextCommand.AfterRows(terminal, parsed, file)}");
    }
}
