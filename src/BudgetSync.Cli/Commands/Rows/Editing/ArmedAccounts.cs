using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>In which accounts an edit lets suspensions by budgets of models begin by themselves.</summary>
/// <param name="Accounts">In order of id.</param>
/// <param name="First">What changes in the first of them: <c>each principal: never suspended → suspended after 5m</c>; "" where there is none.</param>
/// <param name="IsCounted">False where the organization cannot be read, and a row that is edited stands for many of its accounts.</param>
internal sealed record ArmedAccounts(ImmutableArray<AccountId> Accounts, string First, bool IsCounted)
{
    /// <summary>In so many they may begin without a second word.</summary>
    private const int FewAccounts = 3;

    public static ArmedAccounts Of(RowEdit edit, StackRows rows)
    {
        var touched = edit.Writes.Where(change => change.Attributes.Any(attribute => attribute.Name == "Ai")).ToList();
        if (touched.Count == 0) return new([], "", true);
        var then = edit.Then(rows.Table);
        var found = touched.SelectMany(change => rows.CoveredBy(change.Key)).Distinct().Order()
            .Select(account => (Account: account, Change: Begins(PolicyOf(account, rows, rows.ByKey), PolicyOf(account, rows, then))))
            .Where(one => one.Change is not null)
            .ToList();
        var unseen = rows.Tree.Accounts.IsEmpty
            ? touched.Where(change => Scope.TryParse(change.Key) is not Scope.Account)
                .Select(change => Begins(PolicyOf(change.Before, rows), PolicyOf(change.After, rows)))
                .FirstOrDefault(change => change is not null)
            : null;
        return new([.. found.Select(one => one.Account)], (unseen ?? found.FirstOrDefault().Change)?.Text ?? "", unseen is null);
    }

    /// <summary>For a person before it is written; null where none begin.</summary>
    public string? Told => !IsCounted ? "Suspensions by budgets of models would begin, in accounts that cannot be counted without the organization."
        : Accounts.IsEmpty ? null
        : $"Suspensions by budgets of models would begin in {Number.Count(Accounts.Length, "account")}.";

    /// <summary>Why it needs a second word: a limit that is a slip stops the work of all of them. Null where it needs none.</summary>
    public string? Reason => !IsCounted ? $"it lets suspensions by budgets of models begin in accounts that cannot be counted ({First})"
        : Accounts.Length > FewAccounts
            ? $"it lets suspensions by budgets of models begin in {Number.Count(Accounts.Length, "account")} ({Accounts[0]}: {First})"
        : null;

    private static AiPolicyChange? Begins(AiPolicy? before, AiPolicy? after) => AiPolicyChange.Between(before, after).FirstOrDefault(change => change.Arms);

    private static AiPolicy? PolicyOf(AccountId account, StackRows rows, IReadOnlyDictionary<string, RowImage> table) =>
        (rows.Resolve(account, table) as Resolution.Desired)?.Ai;

    private static AiPolicy? PolicyOf(RowImage? row, StackRows rows) => row is null ? null : RowModels.Of([row], rows.Defaults);
}
