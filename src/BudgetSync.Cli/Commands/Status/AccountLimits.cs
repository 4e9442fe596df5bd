using System.Collections.Immutable;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>Why an account's limits are what they are today, where grants or amounts that take over move them: its rows say it, no report does.</summary>
internal static class AccountLimits
{
    public static async Task<ImmutableArray<string>> ReadAsync(DeployedStack stack, string key, OrganizationTree tree, CancellationToken cancellation)
    {
        if (Scope.TryParse(key) is not Scope.Account { Id: var account }) return [];
        var rows = await stack.Budgets.ReadAsync([.. tree.PathOf(account).Select(scope => scope.Key)], cancellation);
        return Resolver.Resolve(account, [.. rows], stack.Defaults) is Resolution.Desired(var budgets, _)
            ? LimitDescription.Of(budgets, stack.Time.GetUtcNow())
            : [];
    }
}
