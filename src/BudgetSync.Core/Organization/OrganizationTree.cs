using System.Collections.Immutable;

namespace BudgetSync.Core.Organization;

/// <summary>
/// The organization as a value: which account stands where. Read page by page from AWS while people move things, so it may be out of date, but never throws.
/// </summary>
public sealed class OrganizationTree
{
    /// <summary>
    /// AWS nests OUs five deep under the root (source: Organizations quotas). Twice that and more ends a circle that two pages read at different times might
    /// make.
    /// </summary>
    public const int MaximumDepth = 12;

    private readonly ImmutableDictionary<string, OrganizationUnit> units;
    private readonly ImmutableDictionary<AccountId, OrganizationAccount> accounts;
    private readonly ILookup<string, OrganizationAccount> accountsByParent;
    private readonly ILookup<string, OrganizationUnit> unitsByParent;

    /// <summary>Of an id that comes twice (a thing moved while the pages were read) the last wins.</summary>
    public OrganizationTree(IEnumerable<OrganizationUnit> units, IEnumerable<OrganizationAccount> accounts)
    {
        this.units = units.GroupBy(unit => unit.Id, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        this.accounts = accounts.GroupBy(account => account.Id).ToImmutableDictionary(group => group.Key, group => group.Last());
        Accounts = [.. this.accounts.Values.OrderBy(account => account.Id)];
        accountsByParent = Accounts.ToLookup(account => account.Parent, StringComparer.Ordinal);
        // Not null: the line before says so.
        unitsByParent = this.units.Values.Where(unit => unit.Parent is not null).ToLookup(unit => unit.Parent!, StringComparer.Ordinal);
    }

    /// <summary>
    /// Where there is no organization, or we may not read it: no account is known, and rows for accounts and <c>default</c> are all that bear on one.
    /// </summary>
    public static OrganizationTree None { get; } = new([], []);

    /// <summary>Every account, active or not, in order of id.</summary>
    public ImmutableArray<OrganizationAccount> Accounts { get; }

    public OrganizationAccount? Find(AccountId account) => accounts.GetValueOrDefault(account);

    /// <summary>The name of an OU or the root; "" where it has none or the tree does not know it.</summary>
    public string NameOf(Scope scope) => units.GetValueOrDefault(scope.Key)?.Name ?? "";

    /// <summary>
    /// The root and the OUs down to this one, by name, or by id where one has no name; empty for <c>default</c>, accounts and what the tree does not know.
    /// </summary>
    public ImmutableArray<string> NamesTo(Scope scope)
    {
        var names = new List<string>();
        for (var unit = units.GetValueOrDefault(scope.Key); unit is not null && names.Count < MaximumDepth; unit = units.GetValueOrDefault(unit.Parent ?? ""))
            names.Add(unit.Name.Length > 0 ? unit.Name : unit.Id);
        names.Reverse();
        return [.. names];
    }

    public AccountStanding StandingOf(AccountId account) => Find(account) switch
    {
        { Active: true } => AccountStanding.Active,
        { Active: false } => AccountStanding.Suspended,
        null => Accounts.IsEmpty ? AccountStanding.Unknown : AccountStanding.Gone,
    };

    /// <summary>
    /// The scopes that bear on an account, nearest first: itself, its OU, the OU above …, the root, <c>default</c>. An account the tree does not know
    /// has itself and <c>default</c> only.
    /// </summary>
    public ImmutableArray<Scope> PathOf(AccountId account)
    {
        var path = ImmutableArray.CreateBuilder<Scope>();
        path.Add(new Scope.Account(account));
        var parent = Find(account)?.Parent;
        for (var depth = 0; parent is not null && depth < MaximumDepth; depth++)
        {
            if (Scope.TryParse(parent) is { } scope)
                path.Add(scope);
            parent = units.GetValueOrDefault(parent)?.Parent;
        }

        path.Add(new Scope.Default());
        return path.ToImmutable();
    }

    /// <summary>
    /// The active accounts a row of this scope bears on, in order of id: what a change of that row fans out to. An account's own scope covers it even when
    /// the tree does not know it (it may be newer than the tree), though not when the tree knows that it is closed.
    /// </summary>
    public ImmutableArray<AccountId> CoveredBy(Scope scope) => scope switch
    {
        Scope.Account(var id) => Find(id) is { Active: false } ? [] : [id],
        Scope.Default => [.. Accounts.Where(account => account.Active).Select(account => account.Id)],
        _ => [.. Below(scope.Key, 0).Where(account => account.Active).Select(account => account.Id).Distinct().Order()],
    };

    /// <summary>True when the scope exists: an OU or root of the tree, one of its accounts, or <c>default</c>.</summary>
    public bool Contains(Scope scope) => scope switch
    {
        Scope.Account(var id) => accounts.ContainsKey(id),
        Scope.Default => true,
        _ => units.ContainsKey(scope.Key),
    };

    private IEnumerable<OrganizationAccount> Below(string parent, int depth) => depth >= MaximumDepth
        ? []
        : accountsByParent[parent].Concat(unitsByParent[parent].SelectMany(unit => Below(unit.Id, depth + 1)));
}
