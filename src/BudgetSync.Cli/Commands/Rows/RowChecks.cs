using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// What a file's rows come to when they are all there is: each row's own problems, and each account resolved with the file's <c>default</c> row.
/// </summary>
internal sealed class RowChecks(IReadOnlyList<RowEntry> rows, StackDefaults defaults)
{
    private readonly RowImage? defaultRow = rows.FirstOrDefault(row => row.Image.Key == "default")?.Image;

    /// <summary>What is wrong with the <c>default</c> row, as the accounts that inherit from it are told: the row itself tells it, once.</summary>
    private readonly Lazy<HashSet<string>> ofDefault = new(() =>
        rows.Where(row => row.Image.Key == "default")
            .Take(1)
            .SelectMany(row => RowCheck.Problems(row.Image, defaults))
            .Select(problem => $"row \"default\": {problem}")
            .ToHashSet(StringComparer.Ordinal));

    /// <summary>Rows for OUs or the root stand in the file: which accounts they cover is known only in the organization.</summary>
    public bool NeedsOrganization { get; } = rows.Any(row => Scope.TryParse(row.Image.Key) is Scope.OrganizationalUnit or Scope.Root);

    /// <summary>Everything wrong with one row; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems(RowEntry row)
    {
        IReadOnlyList<string> own = RowCheck.Problems(row.Image, defaults);
        // What happened to the key in the file says more than that it is no scope.
        if (row.Problems.Any(IsOfKey)) own = [.. own.Where(problem => !IsOfKey(problem))];
        IReadOnlyList<string> known = [.. row.Problems, .. own.Where(problem => !row.Problems.Any(loss => JsonInput.Covers(loss, problem)))];
        if (Scope.TryParse(row.Image.Key) is not Scope.Account { Id: var account }) return known;
        // An account's row may lean on a row for its OU that gives the rest, so what is missing is no problem while such rows exist.
        if (NeedsOrganization || Resolve(account, row.Image) is not Resolution.Rejected rejected) return known;
        return
        [
            .. known,
            .. rejected.Reasons.Except(known.Concat(own), StringComparer.Ordinal).Where(problem => !ofDefault.Value.Contains(problem)),
        ];
    }

    private static bool IsOfKey(string problem) => problem.StartsWith("AccountId:", StringComparison.Ordinal);

    public Resolution Resolve(AccountId account) => Resolve(account, rows.FirstOrDefault(row => row.Image.Key == account.Value)?.Image);

    /// <summary>Of several rows for one account each is looked at by itself.</summary>
    private Resolution Resolve(AccountId account, RowImage? own) =>
        Resolver.Resolve(account, [.. new[] { own, defaultRow }.OfType<RowImage>()], defaults);
}
