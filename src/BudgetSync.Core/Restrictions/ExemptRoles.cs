using System.Collections.Immutable;

namespace BudgetSync.Core.Restrictions;

/// <summary>The roles that no deny ever binds, whatever a document says: without them nobody could undo one.</summary>
public static class ExemptRoles
{
    /// <summary>
    /// BudgetSync's own, those by which CloudFormation StackSets deploys (user guide, "Grant service-managed permissions"), and those by which the
    /// organization's administrators reach an account: of AWS Organizations (user guide, "Accessing member accounts") and of Control Tower. A star stands for
    /// any letters.
    /// </summary>
    public static ImmutableArray<string> Always { get; } =
        ["BudgetSync*", "stacksets-exec-*", "AWSCloudFormationStackSetExecutionRole", "OrganizationAccountAccessRole", "AWSControlTowerExecution"];

    /// <summary>Whether a role is exempt; names of IAM are compared without case.</summary>
    /// <param name="more">
    /// Patterns of the deployment: its own roles' names where they differ, and break-glass roles, with their path where they have one.
    /// </param>
    public static bool Contain(Principal principal, IEnumerable<string> more) =>
        !principal.IsUser && Always.Concat(more).Any(pattern => Matches(pattern, principal.Name) || Matches("role/" + pattern, principal.Resource));

    private static bool Matches(string pattern, string name) => Wildcard.Matches(pattern, name, StringComparison.OrdinalIgnoreCase);
}
