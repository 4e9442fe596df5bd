using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Spokes;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Drift;

/// <summary>Looks into every account now: what its rows ask for against its parameter and its budgets. Reads only.</summary>
internal sealed class DriftSurvey(DeployedStack stack, ReadSessions sessions, ProgressBar bar)
{
    private readonly StackDefaults defaults = stack.Defaults;

    /// <param name="only">One account, which must be there; null is every active one.</param>
    /// <param name="chosen">Of the organization, the ids of those that are looked into; null from it is all.</param>
    public async Task<IReadOnlyList<DriftLine>> RunAsync(
        AccountId? only,
        Func<OrganizationTree, IReadOnlySet<string>?> chosen,
        CancellationToken cancellation)
    {
        stack.Progress.Now("reading both tables and the organization");
        var snapshot = await OrganizationSnapshot.ReadAsync(stack.Budgets, stack.Status, stack.Organization, freshTree: true, cancellation);
        var within = chosen(snapshot.Tree);
        var accounts = snapshot.Accounts()
            .Where(account => within?.Contains(account.Value) != false)
            .Where(account => snapshot.Tree.Accounts.IsEmpty || snapshot.Tree.Find(account) is { Active: true })
            .ToList();
        if (only is { } asked && accounts.Count == 0) throw new CommandException($"--account: the organization has no active account {asked}.");
        var lines = new ConcurrentBag<DriftLine>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = StackConnection.AccountsInFlight, CancellationToken = cancellation };
        try
        {
            await Parallel.ForEachAsync(accounts, limits, async (account, token) =>
            {
                lines.Add(await LookAsync(account, snapshot, token));
                var looked = lines.Count;
                bar.Show(looked, accounts.Count, $"looked into {looked} of {Number.Count(accounts.Count, "account")}");
            });
        }
        finally
        {
            bar.Clear();
        }

        return [.. lines.OrderBy(line => line.AccountId, StringComparer.Ordinal)];
    }

    private async Task<DriftLine> LookAsync(AccountId account, OrganizationSnapshot snapshot, CancellationToken cancellation)
    {
        var name = snapshot.Tree.Find(account)?.Name ?? "";
        switch (snapshot.Of(account, snapshot.Statuses.GetValueOrDefault(account.Value), defaults).Intent)
        {
            // Let go, whether its parameter says so yet (the next reconcile sees to that) or not: nothing is asked for there.
            case Intent.Release(var reasons, _):
                return new DriftLine(account.Value, name, DriftState.Uncovered, reasons);
            case Intent.LeaveAlone(var reasons, _):
                return new DriftLine(account.Value, name, DriftState.Uncovered, reasons);
            case Intent.Refuse(var reasons):
                return new DriftLine(
                    account.Value,
                    name,
                    DriftState.Unchecked,
                    [.. reasons.Select(reason => $"its rows are wrong, so what it should have is not known: {reason}")]);
            case Intent.Keep keep:
                var words = await TryCompareAsync(account, keep, cancellation);
                return new DriftLine(
                    account.Value,
                    name,
                    words.Refused ? DriftState.Unchecked : words.Lines.IsEmpty ? DriftState.InSync : DriftState.Drifted,
                    words.Lines);
            case var other:
                throw new InvalidOperationException($"{other.GetType()} is no case of Intent.");
        }
    }

    private async Task<(bool Refused, ImmutableArray<string> Lines)> TryCompareAsync(AccountId account, Intent.Keep keep, CancellationToken cancellation)
    {
        try
        {
            return (false, await CompareAsync(account, keep, cancellation));
        }
        catch (AwsFaultException refused)
        {
            var advice = refused.Fault is { Service: "sts", Operation: "AssumeRole" }
                ? $"{sessions.RoleArn(account)} cannot be assumed; name a role that may read budgets and the parameter with --read-role. "
                : "";
            return (true, [advice + refused.Fault.Reason]);
        }
    }

    private async Task<ImmutableArray<string>> CompareAsync(AccountId account, Intent.Keep keep, CancellationToken cancellation)
    {
        if (ParameterDocument.Parse(keep.Parameter.Document, account, defaults) is not ParsedDocument.Read(var desired, _))
            throw new InvalidOperationException($"The document made for {account} cannot be read back.");
        using var clients = await sessions.OpenAsync(account, cancellation);
        var parameter = await ParameterReader.ReadAsync(clients.OwnSystems, stack.ParameterName, stack.Caller, cancellation);
        var actual = await new BudgetsReader(clients.Budgets, account, defaults.Partition, stack.Caller).ReadAsync(desired, cancellation);
        // Whether this spoke has a topic of its own only its budgets tell: how it was deployed cannot be known from here.
        var wanted = AlertTopic.Added(BudgetsAsOf.OnDay(desired, stack.Time.GetUtcNow()), AlertTopic.SeenIn(actual, account), actual);
        return [.. OfParameter(parameter, keep, account), .. Core.Planning.Drift.Between(wanted, actual)];
    }

    /// <summary>The parameter is compared by revision: a person may have written the same budgets in other words.</summary>
    private ImmutableArray<string> OfParameter(ParameterValue? parameter, Intent.Keep keep, AccountId account) => parameter is null
        ? [$"parameter {stack.ParameterName} is missing"]
        : ParameterDocument.Parse(parameter.Text, account, defaults) switch
        {
            ParsedDocument.Read(_, var revision) when revision == keep.Parameter.Revision => [],
            ParsedDocument.Read(_, var revision) => [$"parameter {stack.ParameterName} holds revision {revision}, should hold {keep.Parameter.Revision}"],
            _ => [$"parameter {stack.ParameterName} cannot be read as a document"],
        };
}
