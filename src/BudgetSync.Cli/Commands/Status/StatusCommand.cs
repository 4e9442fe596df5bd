using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;

namespace BudgetSync.Cli.Commands.Status;

/// <summary><c>budgetsync status</c>: what is known of every account, without looking into any.</summary>
internal static class StatusCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = new Argument<string?>("ACCOUNT")
        {
            Description = "Only this account (or the key of a row), with all that is known of it; of an OU, the root or default, the accounts it covers",
            Arity = ArgumentArity.ZeroOrOne
        };
        var json = new Option<bool>("--json") { Description = "Print an object with the summary and one object per account" };
        var state = new Option<CoverageState?>("--state")
        {
            Description = $"List the accounts in this state: {string.Join(", ", Enum.GetNames<CoverageState>())}",
            HelpName = "S",
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (Enum.TryParse<CoverageState>(text, ignoreCase: true, out var found) && Enum.IsDefined(found) && !char.IsDigit(text[0])) return found;
                result.AddError($"--state: \"{text}\" is no state; give one of {string.Join(", ", Enum.GetNames<CoverageState>())}");
                return null;
            },
        };
        var command = new Command(
            "status",
            "Show where every account stands: counts, what is not applied, and what to do about it. Exit 0, or 1 where a row is rejected, blocked or "
                + "failed, or 3 where accounts are unchecked")
            {
                account,
                json,
                state
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var (coverage, tree, rows) = await ReadAsync(stack, cancellation);
            var only = parsed.GetValue(account);
            var wanted = parsed.GetValue(state);
            if (only is not null && !coverage.Lines.Any(line => line.Key == only))
            {
                // A row for an OU, the root or default is in order where it has no line of its own: the accounts it covers tell of it.
                if (Scope.TryParse(only) is not { } scope || (!tree.Contains(scope) && !rows.Contains(only)))
                    throw new CommandException($"{only}: neither the organization nor the tables know it; 'budgetsync status' lists what they know.");
                var covered = tree.CoveredBy(scope).Select(id => id.Value).ToHashSet(StringComparer.Ordinal);
                var chosen = coverage.Lines.Where(line => covered.Contains(line.Key)).ToImmutableArray();
                coverage = new OrganizationCoverage(chosen, CoverageSummary.Of(chosen));
                var row = rows.Contains(only) ? "a row" : "no row";
                await terminal.Error.WriteLineAsync($"{only} has {row} and covers {Number.Count(covered.Count, "account")}:");
                only = null;
            }

            var lines = coverage.Lines.Where(line => (only is null || line.Key == only) && (wanted is null || line.State == wanted)).ToList();
            if (parsed.GetValue(json)) await terminal.Out.WriteLineAsync(CoverageJson.Format(coverage.Summary, lines, stack.Time.GetUtcNow()));
            else if (only is not null)
            {
                var limits = await AccountLimits.ReadAsync(stack, only, tree, cancellation);
                AccountDetail.Write(terminal.Out, lines.FirstOrDefault(), limits, stack.Time.GetUtcNow());
            }
            else CoverageScreen.Write(terminal, coverage, lines, wanted is not null, stack.Time.GetUtcNow());
            return CodeOf(lines);
        });
        return command.WithExamples("budgetsync status", "budgetsync status 111122223333", "budgetsync status --state Blocked");
    }

    /// <summary>Both tables and the organization, read side by side.</summary>
    private static async Task<(OrganizationCoverage Coverage, OrganizationTree Tree, IReadOnlyList<string> Rows)> ReadAsync(
        DeployedStack stack,
        CancellationToken cancellation)
    {
        stack.Progress.Now("reading both tables and the organization");
        var tree = stack.TreeAsync(cancellation);
        var statuses = stack.Status.ScanAsync(cancellation);
        var rows = stack.Budgets.ScanKeysAsync(cancellation);
        await Task.WhenAll(tree, statuses, rows);
        return (OrganizationCoverage.Of(await tree, await statuses, await rows, stack.Time.GetUtcNow()), await tree, await rows);
    }

    private static int CodeOf(IReadOnlyCollection<CoverageLine> lines)
    {
        if (lines.Any(line => line.State is CoverageState.Rejected or CoverageState.Blocked or CoverageState.Failed)) return ExitCode.Failed;
        return lines.Any(line => line.State == CoverageState.Unchecked) ? ExitCode.Unchecked : ExitCode.Done;
    }
}
