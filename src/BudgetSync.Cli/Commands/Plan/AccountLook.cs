using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>
/// What accounts have whose rows would give them budgets of new names: one that somebody made by hand is taken over where the row adopts it, and makes the
/// account Rejected where it does not.
/// </summary>
/// <param name="Seen">What was found, by account.</param>
/// <param name="Refused">Why an account could not be looked into.</param>
/// <param name="NotAsked">In how many accounts budgets of new names would be made that nobody asked to look into.</param>
internal sealed record AccountLook(ImmutableDictionary<AccountId, ActualBudgets> Seen, ImmutableDictionary<AccountId, string> Refused, int NotAsked)
{
    public static AccountLook None { get; } = new(
        ImmutableDictionary<AccountId, ActualBudgets>.Empty, ImmutableDictionary<AccountId, string>.Empty, 0);

    /// <param name="all">True: every such account is looked into; false: those whose rows adopt such a budget.</param>
    public static async Task<AccountLook> ReadAsync(
        DeployedStack stack,
        ReadSessions sessions,
        ConsoleContext terminal,
        RowEdit edit,
        StackRows rows,
        bool all,
        CancellationToken cancellation)
    {
        var then = edit.Then(rows.Table);
        var fresh = edit.Writes.Where(change => change.After is not null)
            .SelectMany(change => rows.CoveredBy(change.Key))
            .Distinct()
            .Select(account => (Account: account, Budgets: Fresh(account, rows, then)))
            .Where(entry => !entry.Budgets.Budgets.IsEmpty)
            .ToList();
        var asked = fresh.Where(entry => all || entry.Budgets.Budgets.Any(budget => budget.Adopt)).ToList();
        var (seen, refused) = (new ConcurrentDictionary<AccountId, ActualBudgets>(), new ConcurrentDictionary<AccountId, string>());
        var bar = new ProgressBar(terminal, stack.Progress);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = StackConnection.AccountsInFlight, CancellationToken = cancellation };
        try
        {
            await Parallel.ForEachAsync(asked, limits, async (entry, token) =>
            {
                try
                {
                    using var clients = await sessions.OpenAsync(entry.Account, token);
                    var reader = new BudgetsReader(clients.Budgets, entry.Account, stack.Defaults.Partition, stack.Caller);
                    seen[entry.Account] = await reader.ReadAsync(entry.Budgets, token);
                }
                catch (AwsFaultException fault)
                {
                    refused[entry.Account] = fault.Fault.Reason;
                }

                bar.Show(seen.Count + refused.Count, asked.Count, $"looked into {seen.Count + refused.Count} of {Number.Count(asked.Count, "account")}");
            });
        }
        finally
        {
            bar.Clear();
        }

        return new(seen.ToImmutableDictionary(), refused.ToImmutableDictionary(), fresh.Count - asked.Count);
    }

    /// <summary>What is there of the names that the rows would give the account for the first time, as the planner takes it.</summary>
    public IEnumerable<ActualBudget> Foreign(AccountId account, DesiredBudgets before) => Seen.TryGetValue(account, out var there)
        ? there.Budgets.Where(budget => !budget.Managed && before.Budgets.All(other => other.Settings.Name != budget.Settings.Name))
        : [];

    /// <summary>What a person has to know of accounts that were not looked into; null where all were.</summary>
    public string? Told => NotAsked == 0 ? null
        : $"{Number.Count(NotAsked, "account")} would get a budget of a new name and {(NotAsked == 1 ? "was" : "were")} not looked into. Where somebody made "
            + "one of that name by hand, the account becomes Rejected; --look asks each of them.";

    private static DesiredBudgets Fresh(AccountId account, StackRows rows, IReadOnlyDictionary<string, Core.Rows.RowImage> then)
    {
        if (rows.Resolve(account, then) is not Resolution.Desired { Budgets: var after }) return DesiredBudgets.None;
        var before = rows.Resolve(account, rows.ByKey) is Resolution.Desired desired ? desired.Budgets : DesiredBudgets.None;
        return new([.. after.Budgets.Where(budget => before.Budgets.All(other => other.Settings.Name != budget.Settings.Name))]);
    }
}
