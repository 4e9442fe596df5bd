using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.ComputeOptimizer;

/// <summary>The request of AWS Compute Optimizer as its service model (2019-11-01) bounds it. Other accounts and orders are not here.</summary>
internal static class ComputeOptimizerShapes
{
    public static Shape GetIdleRecommendations { get; } = Members(
        Optional("resourceArns", new List(AnyText, 0, int.MaxValue)),
        Optional("nextToken", AnyText),
        Optional("maxResults", Integer(0, 100)),
        Optional("filters", new List(
            Members(Optional("name", Enum("Finding", "ResourceType")), Optional("values", new List(AnyText, 0, int.MaxValue))), 0, int.MaxValue)));
}
