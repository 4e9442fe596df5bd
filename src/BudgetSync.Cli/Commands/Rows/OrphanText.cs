using BudgetSync.Core;
using BudgetSync.Core.Organization;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>What becomes of a row that nobody in the organization stands behind, in a sentence that is told before it is written.</summary>
internal static class OrphanText
{
    /// <summary>Null for a row that is for something the organization has, and where the organization is not known.</summary>
    public static string? Of(Scope? scope, OrganizationTree tree) => scope switch
    {
        Scope.Account { Id: var account } => Of(tree.StandingOf(account)),
        { } unit when !tree.Accounts.IsEmpty && !tree.Contains(unit) => "the organization has no such OU or root: the row would be an Orphan",
        _ => null,
    };

    private static string? Of(AccountStanding standing) => standing switch
    {
        AccountStanding.Gone => "the organization has no such account: the row would be an Orphan",
        AccountStanding.Suspended => "the account is suspended or closing: the row would be an Orphan",
        _ => null,
    };
}
