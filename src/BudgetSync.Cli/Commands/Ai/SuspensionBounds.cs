using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>What keeps suspensions of an account from beginning, beside what its spoke knows of itself.</summary>
/// <param name="SnoozedThrough">The last day of its rows' Snooze, where that is not over; null: none.</param>
/// <param name="SnoozedBy">The key of the row that says so; "" where none does.</param>
/// <param name="WhyCapOnlyTells">Why the organization does not deny its models for a cap; "" where it does, or where the stack does not say it.</param>
internal sealed record SuspensionBounds(DateOnly? SnoozedThrough, string SnoozedBy, string WhyCapOnlyTells)
{
    public static SuspensionBounds Of(IEnumerable<RowImage> nearestFirst, DeployedStack stack)
    {
        var rows = nearestFirst.ToList();
        var cap = stack.Responds == false ? DeployedStack.NoResponses : stack.HasControls == false ? DeployedStack.NoControls : "";
        return RowResponses.Of(rows).Snooze is { } snooze && snooze.HoldsAt(stack.Time.GetUtcNow())
            ? new(snooze.Until, rows.First(row => row.Attributes.ContainsKey("Snooze")).Key, cap)
            : new(null, "", cap);
    }

    /// <summary>Of one account, by where its status says that it stands.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public static async Task<SuspensionBounds> ReadAsync(DeployedStack stack, StatusRow row, CancellationToken cancellation) =>
        Of(await stack.Budgets.ReadAsync(StatusRow.ScopesOf(row.Key, row), cancellation), stack);

    /// <summary>Of many.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public static async Task<IReadOnlyDictionary<string, SuspensionBounds>> ReadAsync(
        DeployedStack stack, IReadOnlyList<StatusRow> accounts, CancellationToken cancellation)
    {
        if (accounts is [var one])
            return new Dictionary<string, SuspensionBounds>(StringComparer.Ordinal) { [one.Key] = await ReadAsync(stack, one, cancellation) };
        var table = accounts.Count == 0 ? [] : (await stack.Budgets.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        return accounts.ToDictionary(
            account => account.Key,
            account => Of(StatusRow.ScopesOf(account.Key, account).Select(scope => table.GetValueOrDefault(scope)).OfType<RowImage>(), stack),
            StringComparer.Ordinal);
    }

    /// <summary>For a note or a sentence: <c>snoozed through 2026-12-10 by the row default</c>; "" where it is not.</summary>
    public string Snoozed => SnoozedThrough is { } day ? $"snoozed through {DayText.Format(day)} by the row {SnoozedBy}" : "";
}
