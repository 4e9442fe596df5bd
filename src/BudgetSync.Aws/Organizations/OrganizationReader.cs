using System.Collections.Concurrent;
using System.Collections.Immutable;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Organization;

namespace BudgetSync.Aws.Organizations;

/// <summary>
/// The organization, read and believed for a bounded time. A few accounts are looked up one by one, which answers a lone edit in an organization
/// of any size quickly; many are looked up by reading the whole tree once.
/// </summary>
public sealed partial class OrganizationReader(IAmazonOrganizations organizations, AwsCaller caller, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, (string? Parent, DateTimeOffset Read)> parents = new(StringComparer.Ordinal);
    private (OrganizationTree Tree, DateTimeOffset Read)? cached;
    private Task<OrganizationTree>? underWay;

    /// <summary>Says for each of some accounts which scopes bear on it, nearest first: itself, its OU, the OU above …, the root, default.</summary>
    /// <param name="accounts">How many accounts will be asked for: few are looked up one by one, many by reading the whole tree now.</param>
    /// <exception cref="AwsFaultException">Organizations failed, or we may not read it.</exception>
    public async Task<Func<AccountId, CancellationToken, Task<ImmutableArray<Scope>>>> PathsAsync(int accounts, CancellationToken cancellation)
    {
        if (accounts <= Limits.AccountsLookedUpSingly && Fresh() is null) return LookUpAsync;
        var tree = await TreeAsync(cancellation);
        // An account newer than the tree is looked up: it is what an enrolment looks like.
        return (account, token) => tree.Find(account) is not null ? Task.FromResult(tree.PathOf(account)) : LookUpAsync(account, token);
    }

    /// <summary>The whole organization.</summary>
    /// <param name="fresh">True: read it now, whatever is cached.</param>
    /// <exception cref="AwsFaultException">Organizations failed, or we may not read it.</exception>
    public async Task<OrganizationTree> TreeAsync(CancellationToken cancellation, bool fresh = false)
    {
        Task<OrganizationTree> tree;
        lock (gate)
        {
            if (!fresh && Fresh() is { } known) return known;
            // Who asks while it is being read waits for that reading: walking an organization twice at once would only earn throttling.
            if (fresh || underWay is null or { IsCompleted: true }) underWay = ReadAndKeepAsync(cancellation);
            tree = underWay;
        }

        return await tree.WaitAsync(cancellation);
    }

    private async Task<OrganizationTree> ReadAndKeepAsync(CancellationToken cancellation)
    {
        var began = time.GetUtcNow();
        var tree = await ReadAsync(cancellation);
        cached = (tree, began);
        parents.Clear();
        return tree;
    }

    private OrganizationTree? Fresh() => cached is { } known && time.GetUtcNow() - known.Read < Limits.OrganizationAge ? known.Tree : null;

    private async Task<ImmutableArray<Scope>> LookUpAsync(AccountId account, CancellationToken cancellation)
    {
        var path = ImmutableArray.CreateBuilder<Scope>();
        path.Add(new Scope.Account(account));
        var child = account.Value;
        for (var depth = 0; depth < OrganizationTree.MaximumDepth && await ParentAsync(child, cancellation) is { } parent; depth++)
        {
            if (Scope.TryParse(parent) is { } scope) path.Add(scope);
            if (parent.StartsWith("r-", StringComparison.Ordinal)) break;
            child = parent;
        }

        path.Add(new Scope.Default());
        return path.ToImmutable();
    }

    private async Task<string?> ParentAsync(string child, CancellationToken cancellation)
    {
        if (parents.TryGetValue(child, out var known) && time.GetUtcNow() - known.Read < Limits.OrganizationAge) return known.Parent;
        var began = time.GetUtcNow();
        string? parent;
        try
        {
            var answer =
                await caller.CallAsync(
                    "organizations",
                    "ListParents",
                    token => organizations.ListParentsAsync(new ListParentsRequest { ChildId = child }, token),
                    cancellation);
            parent = answer.Parents is { Count: > 0 } found ? found[0].Id : null;
        }
        catch (AwsFaultException refused) when (refused.Fault.Code is "ChildNotFound" or "AWSOrganizationsNotInUse")
        {
            parent = null;
        }

        if (parents.Count >= Limits.SpokeSessions) parents.Clear();
        parents[child] = (parent, began);
        return parent;
    }
}
