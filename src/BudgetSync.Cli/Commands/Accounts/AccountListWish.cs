using System.Collections.Immutable;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Organization;

namespace BudgetSync.Cli.Commands.Accounts;

/// <summary>Which accounts a person wants to see, in which order and form.</summary>
/// <param name="States">Empty: any.</param>
/// <param name="Sort">Null: as the command sorts by itself.</param>
/// <param name="Limit">Null: the screen's where a person reads, else all; 0: all.</param>
internal sealed record AccountListWish<TState>(
    AccountId? Account,
    string? Unit,
    ImmutableArray<TState> States,
    AccountSort? Sort,
    int? Limit,
    int Skip,
    PrintForm Form)
    where TState : struct, Enum
{
    /// <summary>What a person reads at once.</summary>
    public const int ScreenLimit = 40;

    /// <summary>The accounts that <c>--account</c> and <c>--ou</c> name; null: every one.</summary>
    /// <exception cref="CommandException">The organization does not have the OU.</exception>
    public IReadOnlySet<string>? Chosen(OrganizationTree tree)
    {
        if (Account is { } account) return new HashSet<string>(StringComparer.Ordinal) { account.Value };
        if (OrganizationalUnitOption.Find(Unit, tree) is not { } scope) return null;
        // The OU's own row is in it too.
        return tree.CoveredBy(scope).Select(id => id.Value).Append(scope.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The lines that are wanted, in order, and of them the page.</summary>
    /// <param name="first">How the command sorts by itself, and by what <c>--sort state</c> does: the smallest number first.</param>
    public AccountPage<TLine> Page<TLine>(IEnumerable<TLine> lines, AccountFacets<TLine, TState> facets, AccountOrder first, ConsoleContext terminal)
    {
        var wanted = lines.Where(line => States.IsEmpty || States.Contains(facets.State(line)));
        var sort = Sort ?? new AccountSort(first, Backwards: false);
        // Where nothing else is asked for, what moves most comes first of those in one state.
        var byKey = Sort is null && facets.Movement is { } movement
            ? wanted.OrderByDescending(movement).ThenBy(facets.Key, StringComparer.Ordinal)
            : wanted.OrderBy(facets.Key, StringComparer.Ordinal);
        ImmutableArray<TLine> all = (sort.By, sort.Backwards) switch
        {
            (AccountOrder.Name, false) => [.. byKey.OrderBy(facets.Name, StringComparer.OrdinalIgnoreCase)],
            (AccountOrder.Name, true) => [.. byKey.OrderByDescending(facets.Name, StringComparer.OrdinalIgnoreCase)],
            (AccountOrder.State, false) => [.. byKey.OrderBy(line => facets.Urgency(facets.State(line)))],
            (AccountOrder.State, true) => [.. byKey.OrderByDescending(line => facets.Urgency(facets.State(line)))],
            // What is not known is neither much nor little: it comes last, whichever way.
            (AccountOrder.Spent, var back) => [.. ByMoney(byKey, facets.Spent, back)],
            (AccountOrder.Percent, var back) => [.. ByMoney(byKey, facets.Percent, back)],
            (_, true) => [.. byKey.Reverse()],
            _ => [.. byKey],
        };
        var limit = Limit ?? (terminal.Interactive && Form == PrintForm.Text ? ScreenLimit : 0);
        return new AccountPage<TLine>(all, [.. all.Skip(Skip).Take(limit == 0 ? int.MaxValue : limit)], Math.Min(Skip, all.Length));
    }

    private static IEnumerable<TLine> ByMoney<TLine>(IOrderedEnumerable<TLine> lines, Func<TLine, decimal?>? of, bool backwards)
    {
        if (of is null) return lines;
        var known = lines.OrderBy(line => of(line) is null);
        return backwards ? known.ThenBy(of) : known.ThenByDescending(of);
    }

    /// <summary>What is said where nothing is in the state that was asked for, for example <c>No account of ou-ab12-11111111 is Blocked.</c></summary>
    public string Nothing =>
        $"No account{(Unit is null ? "" : $" of {Unit}")}{(Account is { } account ? $" {account}" : "")} is {string.Join(" or ", States)}.";
}

/// <summary>What accounts are filtered and sorted by.</summary>
/// <param name="Urgency">How much a state needs attention: the smallest first.</param>
internal sealed record AccountFacets<TLine, TState>(
    Func<TLine, string> Key,
    Func<TLine, string> Name,
    Func<TLine, TState> State,
    Func<TState, int> Urgency)
{
    /// <summary>By how much money a line moves; null where lines do not.</summary>
    public Func<TLine, decimal>? Movement { get; init; }

    /// <summary>What is spent; null where lines do not tell.</summary>
    public Func<TLine, decimal?>? Spent { get; init; }

    /// <summary>The part of its limit that is; null where lines do not tell.</summary>
    public Func<TLine, decimal?>? Percent { get; init; }
}

/// <summary>The lines that are shown, of those that were wanted.</summary>
/// <param name="Before">How many were skipped.</param>
internal sealed record AccountPage<TLine>(ImmutableArray<TLine> All, ImmutableArray<TLine> Shown, int Before)
{
    /// <summary>What is said below a page that is not all; null where it is.</summary>
    public string? Rest
    {
        get
        {
            var after = All.Length - Before - Shown.Length;
            if (after == 0 && Before == 0) return null;
            if (Shown.IsEmpty) return $"Accounts past the last of {Number.Of(All.Length)}.";
            return $"Accounts {Number.Of(Before + 1)} to {Number.Of(Before + Shown.Length)} of {Number.Of(All.Length)}"
                + $"{(after > 0 ? $" (next: --skip {Before + Shown.Length}; all: --limit 0)" : "")}.";
        }
    }
}
