using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CostExplorer.Anomalies;

/// <summary>From what impact on a subscription is told (API reference, AnomalySubscription, ThresholdExpression).</summary>
internal sealed class AnomalyThreshold
{
    private const decimal Largest = 10_000_000_000;
    private readonly Func<UnusualCost, bool> reached;

    private AnomalyThreshold(Func<UnusualCost, bool> reached) => this.reached = reached;

    public bool IsReached(UnusualCost cost) => reached(cost);

    /// <exception cref="AwsException">ValidationException.</exception>
    public static AnomalyThreshold Read(JsonObject expression)
    {
        var given = expression.Where(member => member.Value is not null).Select(member => member.Key).ToList();
        if (given is not [var kind] || kind is not ("And" or "Or" or "Dimensions"))
            throw CostExplorerErrors.Invalid("ThresholdExpression must have exactly one of And, Or and Dimensions.");
        if (kind == "Dimensions") return new AnomalyThreshold(Leaf(expression.RequiredStructure(kind)));
        var parts = expression.Structures(kind).Select(Read).ToList();
        if (parts.Count < 2) throw CostExplorerErrors.Invalid($"{kind} needs at least two expressions.");
        return new AnomalyThreshold(cost => kind == "And" ? parts.TrueForAll(part => part.IsReached(cost)) : parts.Exists(part => part.IsReached(cost)));
    }

    private static Func<UnusualCost, bool> Leaf(JsonObject leaf)
    {
        if (leaf.Texts("MatchOptions").ToList() is not ["GREATER_THAN_OR_EQUAL"])
            throw CostExplorerErrors.Invalid("The match option GREATER_THAN_OR_EQUAL is required.");
        if (leaf.Texts("Values").ToList() is not [var text]
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > Largest)
            throw CostExplorerErrors.Invalid("Values must be one number between 0 and 10,000,000,000 in string format.");
        return leaf.Text("Key") switch
        {
            "ANOMALY_TOTAL_IMPACT_ABSOLUTE" => cost => cost.Impact >= value,
            // What has no percentage reaches none: AWS does not say what it does there.
            "ANOMALY_TOTAL_IMPACT_PERCENTAGE" => cost => cost.Percentage >= value,
            var key => throw CostExplorerErrors.Invalid($"Dimension {key} is not valid in a ThresholdExpression."),
        };
    }
}
