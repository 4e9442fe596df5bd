namespace BudgetSync.Core.Ai;

/// <summary>Principals that share one budget.</summary>
/// <param name="Members">Patterns of their names (<see cref="AiPattern"/>).</param>
public sealed record AiPool(EquatableSet<string> Members, AiBudget Budget)
{
    public bool Has(AiPrincipal principal) => Members.Any(member => AiPattern.Matches(member, principal.Name));
}
