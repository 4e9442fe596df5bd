using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>Where the accounts stand at one moment, and how it is shown.</summary>
/// <param name="Coverage">The accounts that were asked for.</param>
/// <param name="Of">The OU, root or default row that was asked for, and whether it has a row; "" where none was.</param>
/// <param name="Only">The one account or row that was asked for; null: a list.</param>
/// <param name="Limits">How the limits of that one account move.</param>
/// <param name="Unannounced">
/// Those of the budgets that were asked for whose overspend reaches no person; null where the stack does not say enough to know.
/// </param>
/// <param name="Alerts">Whether the deployment tells alerts at all.</param>
/// <param name="Uncovered">Those of the accounts that were asked for that have no budget.</param>
internal sealed record StatusLook(
    ConsoleContext Terminal,
    OrganizationCoverage Coverage,
    string Of,
    string? Only,
    IReadOnlyList<string> Limits,
    UncoveredSpend Uncovered,
    ImmutableArray<UnannouncedBudget>? Unannounced,
    bool Alerts,
    AccountListWish<CoverageState> Wish,
    DateTimeOffset Now)
{
    /// <summary>Why nobody hears what no row names a channel for; null where somebody does, or one account was asked for.</summary>
    public string? Unheard { get; init; }

    /// <summary>Who hears of an account; null where the stack does not say enough to know.</summary>
    public Func<string, AccountRoutes?> RoutesOf { get; init; } = _ => null;

    /// <summary>Who hears of the one account that was asked for, the operations topic looked at.</summary>
    public AccountRoutes? Routes { get; init; }

    /// <summary>Null where one account was asked for, or the deployment tells no alerts.</summary>
    public AlertTrouble? Trouble { get; init; }

    /// <summary>The snooze that holds for the one account that was asked for; null where none does.</summary>
    public Snooze? Snooze { get; init; }

    /// <summary>That no response begins; null where some may.</summary>
    public StoppedResponses? Stopped { get; init; }

    private static readonly AccountFacets<CoverageLine, CoverageState> Facets =
        new(line => line.Key, line => line.Name, line => line.State, CoverageScreen.Urgency) { Spent = SpendCells.Spent, Percent = SpendCells.Percent };

    /// <summary>Reads both tables, the organization and the kill switch, side by side.</summary>
    /// <exception cref="CommandException">Nothing knows the account or OU that was asked for.</exception>
    public static async Task<StatusLook> TakeAsync(
        DeployedStack stack,
        ConsoleContext terminal,
        string? only,
        AccountListWish<CoverageState> wish,
        CancellationToken cancellation)
    {
        var (look, stopped) = (ReadAsync(stack, terminal, only, wish, cancellation), StoppedResponses.ReadAsync(stack, cancellation));
        await Task.WhenAll(look, stopped);
        return await look with { Stopped = await stopped };
    }

    private static async Task<StatusLook> ReadAsync(
        DeployedStack stack,
        ConsoleContext terminal,
        string? only,
        AccountListWish<CoverageState> wish,
        CancellationToken cancellation)
    {
        stack.Progress.Now("reading both tables and the organization");
        var (treeRead, statuses, rowsRead) = (stack.TreeAsync(cancellation), stack.Status.ScanAsync(cancellation), stack.Budgets.ScanAsync(cancellation));
        var costs = only is null || Scope.TryParse(only) is not Scope.Account
            ? TrackedMonth.ReadAsync(stack, cancellation)
            : Task.FromResult<MonthToDate?>(null);
        await Task.WhenAll(treeRead, statuses, rowsRead, costs);
        var (tree, rows, now) = (await treeRead, await rowsRead, stack.Time.GetUtcNow());
        var byKey = rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        string[] keys = [.. rows.Select(row => row.Key)];
        stack.Progress.Now("");
        var coverage = OrganizationCoverage.Of(tree, await statuses, keys, now);
        var alerts = stack.ChannelNames is not null;
        var unheard = alerts && only is null ? await UnheardText.OfAsync(stack, cancellation) : null;
        var trouble = alerts && only is null ? await AlertTrouble.ReadAsync(stack, cancellation) : null;
        var unannounced = stack.SaysSettings
            ? UnannouncedBudget.Of(tree, byKey, stack.Defaults, alerts)
            : (ImmutableArray<UnannouncedBudget>?)null;
        if (only is not null && !coverage.Lines.Any(line => line.Key == only))
        {
            // A row for an OU, the root or default is in order where it has no line of its own: the accounts it covers tell of it.
            if (Scope.TryParse(only) is not { } scope || (!tree.Contains(scope) && !keys.Contains(only)))
                throw KnownAccount.Unknown(only);
            var covered = Covered(coverage, tree, scope, out var said, keys);
            var uncovered = UncoveredSpend.Of(covered.Lines, await costs);
            return new StatusLook(terminal, covered, said, null, [], uncovered, Chosen(unannounced, covered), alerts, wish, now)
            {
                Unheard = unheard,
                RoutesOf = RoutesOf,
            };
        }

        if (wish.Unit is not null)
        {
            var chosen = wish.Chosen(tree) ?? new HashSet<string>();
            coverage = Within(coverage, chosen);
        }

        var limits = only is null || wish.Form != PrintForm.Text ? [] : await AccountLimits.ReadAsync(stack, only, tree, cancellation);
        var spend = UncoveredSpend.Of(coverage.Lines, await costs);
        return new StatusLook(terminal, coverage, "", only, limits, spend, Chosen(unannounced, coverage), alerts, wish, now)
        {
            Unheard = unheard,
            Trouble = trouble,
            RoutesOf = RoutesOf,
            Routes = only is not null && AccountId.TryParse(only, out var one)
                ? await AccountRoutes.ReadAsync(stack, RowPath.Of(one, tree, byKey), cancellation)
                : null,
            Snooze = only is not null && AccountId.TryParse(only, out var account) ? RowResponses.SnoozeOf(account, tree, byKey, now) : null,
        };

        AccountRoutes? RoutesOf(string key) => AccountId.TryParse(key, out var id) ? AccountRoutes.Of(stack, RowPath.Of(id, tree, byKey)) : null;
    }

    /// <returns>The exit code.</returns>
    public int Write()
    {
        if (Of.Length > 0) Terminal.Error.WriteLine(Of);
        var page = Wish.Page(Coverage.Lines.Where(line => Only is null || line.Key == Only), Facets, AccountOrder.Account, Terminal);
        switch (Wish.Form)
        {
            case PrintForm.Json:
                Terminal.Whole.WriteLine(CoverageJson.Format(Coverage.Summary, Uncovered, page.Shown, Now, Unannounced, Unheard, Stopped, Trouble, RoutesOf));
                break;
            case PrintForm.Csv:
                Terminal.Out.Write(CoverageCsv.Of(page.Shown, RoutesOf));
                break;
            default:
                if (Only is not null) Stopped?.Tell(Terminal, forPeople: true);
                if (Only is null) CoverageScreen.Write(Terminal, this, Listed(page));
                else
                {
                    foreach (var line in page.All)
                        AccountDetail.Write(Terminal, line, Limits, UnannouncedText.OfAccount(Unannounced, Alerts, line.Key), Routes, Snooze, Now);
                }

                if (page.All.IsEmpty && !Wish.States.IsEmpty) Terminal.Out.WriteLine(Wish.Nothing);
                break;
        }

        if (Wish.Form != PrintForm.Text) Stopped?.Tell(Terminal, forPeople: false);
        if (Wish.Form != PrintForm.Text && page.Rest is { } rest) Terminal.Error.WriteLine(rest);
        return CodeOf(page.All);
    }

    /// <summary>
    /// Without a state that was asked for, only what is not applied is listed, what only a person can mend first. Who asks for an order of money asks of all.
    /// </summary>
    private AccountPage<CoverageLine> Listed(AccountPage<CoverageLine> page) =>
        !Wish.States.IsEmpty || Wish.Sort?.By is AccountOrder.Spent or AccountOrder.Percent
        ? page
        : Wish.Page(page.All.Where(line => line.State != CoverageState.Applied), Facets, AccountOrder.State, Terminal);

    private static OrganizationCoverage Covered(OrganizationCoverage coverage, OrganizationTree tree, Scope scope, out string said, IReadOnlyList<string> rows)
    {
        var covered = tree.CoveredBy(scope).Select(id => id.Value).ToHashSet(StringComparer.Ordinal);
        said = $"{scope.Key} has {(rows.Contains(scope.Key) ? "a row" : "no row")} and covers {Number.Count(covered.Count, "account")}:";
        return Within(coverage, covered);
    }

    private static ImmutableArray<UnannouncedBudget>? Chosen(ImmutableArray<UnannouncedBudget>? all, OrganizationCoverage chosen)
    {
        var keys = chosen.Lines.Select(line => line.Key).ToHashSet(StringComparer.Ordinal);
        return all is { } known ? [.. known.Where(budget => keys.Contains(budget.Account.Value))] : null;
    }

    private static OrganizationCoverage Within(OrganizationCoverage coverage, IReadOnlySet<string> chosen)
    {
        var lines = coverage.Lines.Where(line => chosen.Contains(line.Key)).ToImmutableArray();
        return new OrganizationCoverage(lines, CoverageSummary.Of(lines));
    }

    private static int CodeOf(IReadOnlyCollection<CoverageLine> lines)
    {
        if (lines.Any(line => line.State is CoverageState.Rejected or CoverageState.Blocked or CoverageState.Failed)) return ExitCode.Failed;
        return lines.Any(line => line.State == CoverageState.Unchecked) ? ExitCode.Unchecked : ExitCode.Done;
    }
}
