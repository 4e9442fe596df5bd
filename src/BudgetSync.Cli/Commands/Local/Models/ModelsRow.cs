namespace BudgetSync.Cli.Commands.Local.Models;

/// <summary>One budget of models at one moment.</summary>
/// <param name="Budget">As <c>budgetsync ai status</c> calls it: <c>role/DataScience</c>.</param>
/// <param name="Spent">USD of the window, as Meter has added them up.</param>
/// <param name="State">The hub's word, from the spoke's last report: <c>Suspended</c>.</param>
/// <param name="Until">When the state ends by itself; "" where it does not.</param>
/// <param name="Calls">Of models, answered and refused; null of what is no principal.</param>
/// <param name="InIam">What IAM has of ours: <c>policy attached</c>; "" where it has nothing.</param>
internal sealed record ModelsRow(string Budget, decimal Spent, decimal Limit, string State, string Until, int? Calls, int? Refused, string InIam)
{
    public decimal Percent => Limit > 0 ? 100 * Spent / Limit : 0;
}
