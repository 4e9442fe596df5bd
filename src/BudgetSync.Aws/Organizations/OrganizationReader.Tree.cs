using System.Collections.Concurrent;
using Amazon.Organizations.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;

namespace BudgetSync.Aws.Organizations;

/// <content>Reading the whole organization, page by page.</content>
public sealed partial class OrganizationReader
{
    private async Task<OrganizationTree> ReadAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Root> roots;
        try
        {
            roots = await PagesAsync(
                "ListRoots",
                async (next, token) =>
                {
                    var answer = await organizations.ListRootsAsync(new ListRootsRequest { MaxResults = AwsLimits.OrganizationsPage, NextToken = next }, token);
                    return (answer.Roots, answer.NextToken);
                },
                cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.Code == "AWSOrganizationsNotInUse")
        {
            // Accounts without an organization have rows of their own, and default, and nothing between.
            return OrganizationTree.None;
        }

        var units = new ConcurrentBag<OrganizationUnit>(roots.Select(root => new OrganizationUnit(root.Id, root.Name ?? "", null)));
        var accounts = new ConcurrentBag<OrganizationAccount>();
        var level = roots.Select(root => root.Id).ToList();
        for (var depth = 0; level.Count > 0 && depth < OrganizationTree.MaximumDepth; depth++)
        {
            var next = new ConcurrentBag<string>();
            await BoundedConcurrency.ForEachAsync(level, Limits.OrganizationsCallsInFlight, async (parent, token) =>
            {
                foreach (var account in await AccountsAsync(parent, token))
                {
                    if (AccountId.TryParse(account.Id, out var id)) accounts.Add(new OrganizationAccount(id, account.Name ?? "", parent, Active(account)));
                }

                foreach (var unit in await UnitsAsync(parent, token))
                {
                    units.Add(new OrganizationUnit(unit.Id, unit.Name ?? "", parent));
                    next.Add(unit.Id);
                }
            }, cancellation);
            level = [.. next];
        }

        return new OrganizationTree(units, accounts);
    }

    private Task<IReadOnlyList<Account>> AccountsAsync(string parent, CancellationToken cancellation) => PagesAsync(
        "ListAccountsForParent",
        async (next, token) =>
        {
            var answer =
                await organizations.ListAccountsForParentAsync(
                    new ListAccountsForParentRequest { ParentId = parent, MaxResults = AwsLimits.OrganizationsPage, NextToken = next },
                    token);
            return (answer.Accounts, answer.NextToken);
        },
        cancellation);

    private Task<IReadOnlyList<OrganizationalUnit>> UnitsAsync(string parent, CancellationToken cancellation) => PagesAsync(
        "ListOrganizationalUnitsForParent",
        async (next, token) =>
        {
            var answer =
                await organizations.ListOrganizationalUnitsForParentAsync(
                    new ListOrganizationalUnitsForParentRequest { ParentId = parent, MaxResults = AwsLimits.OrganizationsPage, NextToken = next },
                    token);
            return (answer.OrganizationalUnits, answer.NextToken);
        },
        cancellation);

    private Task<IReadOnlyList<T>> PagesAsync<T>(
        string operation,
        Func<string?, CancellationToken, Task<(List<T>? Items, string? Next)>> read,
        CancellationToken cancellation) =>
        Pages.ReadAsync(caller, "organizations", operation, read, cancellation);

    /// <summary><c>Status</c> is announced to go in favour of <c>State</c>: the one that is there counts.</summary>
    private static bool Active(Account account) => (account.State?.Value ?? account.Status?.Value) is null or "ACTIVE";
}
