using BudgetSync.Aws.Tables;
using BudgetSync.Core;

namespace BudgetSync.Aws.Track;

/// <summary>The day has had as many requests of Cost Explorer as the deployment allows: no further one is made before midnight UTC.</summary>
/// <param name="about">The account that was asked about, and how often a day one account may be.</param>
public sealed class CostRequestCapException(CostCounter counter, int most, (AccountId Account, int Most)? about = null) : Exception(
    $"Cost Explorer was asked {most} times today{Share(about)}, which is all that this deployment allows ({counter.Setting}); it goes on after midnight UTC.")
{
    private static string Share((AccountId Account, int Most)? about) =>
        about is var (account, most) ? $", or {most} times about {account.Value}" : "";
}
