using BudgetSync.Aws.Tables;

namespace BudgetSync.Aws.Track;

/// <summary>The day has had as many requests of Cost Explorer as the deployment allows: no further one is made before midnight UTC.</summary>
public sealed class CostRequestCapException(CostCounter counter, int most)
    : Exception($"Cost Explorer was asked {most} times today, which is all that this deployment allows ({counter.Setting}); it goes on after midnight UTC.");
