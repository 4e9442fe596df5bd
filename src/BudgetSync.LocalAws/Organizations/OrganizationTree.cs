namespace BudgetSync.LocalAws.Organizations;

/// <summary>The root, the units and the accounts. Guarded by its gate.</summary>
internal sealed class OrganizationTree(string organizationId, string rootId)
{
    public Lock Gate { get; } = new();

    public string RootId { get; } = rootId;

    /// <summary>By id, in ordinal order, as all listings are.</summary>
    public SortedDictionary<string, OrganizationalUnit> Units { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, MemberAccount> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Accounts and units by their parent: ten thousand accounts under one root are not searched for each page.</summary>
    private readonly Dictionary<string, SortedSet<string>> accountsByParent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> unitsByParent = new(StringComparer.Ordinal);

    public bool IsParent(string id) => id == RootId || Units.ContainsKey(id);

    public IEnumerable<MemberAccount> AccountsOf(string parentId) => Children(accountsByParent, parentId).Select(id => Accounts[id]);

    public IEnumerable<OrganizationalUnit> UnitsOf(string parentId) => Children(unitsByParent, parentId).Select(id => Units[id]);

    public MemberAccount RequireAccount(string id) => Accounts.GetValueOrDefault(id) ?? throw OrganizationErrors.NoAccount(id);

    public void RequireParent(string id)
    {
        if (!IsParent(id)) throw OrganizationErrors.NoParent(id);
    }

    public void Add(OrganizationalUnit unit)
    {
        RequireParent(unit.ParentId);
        if (UnitsOf(unit.ParentId).Any(sibling => sibling.Name == unit.Name))
            throw new Kernel.AwsException(
                "DuplicateOrganizationalUnitException",
                $"An organizational unit with the name {unit.Name} already exists under {unit.ParentId}.");
        if (Ancestors(unit.ParentId).Count() >= AwsLimits.Organizations.UnitLevels)
            throw OrganizationErrors.Constraint(
                "OU_DEPTH_LIMIT_EXCEEDED",
                $"Organizational units nest at most {AwsLimits.Organizations.UnitLevels} levels deep.");
        Units.Add(unit.Id, unit);
        Siblings(unitsByParent, unit.ParentId).Add(unit.Id);
    }

    /// <summary>Adds an account, or puts one with new properties (a parent, a state) in its place.</summary>
    public void Put(MemberAccount account)
    {
        RequireParent(account.ParentId);
        if (Accounts.TryGetValue(account.Id, out var before)) Siblings(accountsByParent, before.ParentId).Remove(account.Id);
        Accounts[account.Id] = account;
        Siblings(accountsByParent, account.ParentId).Add(account.Id);
    }

    public void Remove(MemberAccount account)
    {
        Accounts.Remove(account.Id);
        Siblings(accountsByParent, account.ParentId).Remove(account.Id);
    }

    /// <summary>An entity's path: organization, root, units and, for an account, the account, each with a slash behind.</summary>
    public string PathOf(string parentId, string? accountId)
    {
        var units = Ancestors(parentId).Reverse().Select(unit => unit.Id + "/");
        return $"{organizationId}/{RootId}/{string.Concat(units)}{(accountId is null ? "" : accountId + "/")}";
    }

    /// <summary>The ids of the unit <paramref name="id"/> and those above it, nearest first; nothing for the root.</summary>
    public IEnumerable<string> UnitsAbove(string id) => Ancestors(id).Select(unit => unit.Id);

    /// <summary>The unit <paramref name="id"/> and those above it, nearest first; nothing for the root.</summary>
    private IEnumerable<OrganizationalUnit> Ancestors(string id)
    {
        for (var unit = Units.GetValueOrDefault(id); unit is not null; unit = Units.GetValueOrDefault(unit.ParentId)) yield return unit;
    }

    private static SortedSet<string> Children(Dictionary<string, SortedSet<string>> byParent, string parentId) => byParent.GetValueOrDefault(parentId) ?? [];

    private static SortedSet<string> Siblings(Dictionary<string, SortedSet<string>> byParent, string parentId)
    {
        if (!byParent.TryGetValue(parentId, out var siblings)) byParent.Add(parentId, siblings = new SortedSet<string>(StringComparer.Ordinal));
        return siblings;
    }
}
