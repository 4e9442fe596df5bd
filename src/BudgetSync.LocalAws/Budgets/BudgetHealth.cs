using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Whether AWS can compute a budget.</summary>
/// <param name="Reason">Of the model's HealthStatusReason; null where the budget is healthy, or for a fault that the model has no word for.</param>
internal readonly record struct BudgetHealth(bool IsHealthy, string? Reason, DateTimeOffset Updated)
{
    public JsonObject Write()
    {
        var health = new JsonObject { ["Status"] = IsHealthy ? "HEALTHY" : "UNHEALTHY" };
        if (Reason is not null) health["StatusReason"] = Reason;
        health["LastUpdatedTime"] = Updated.ToEpochSeconds();
        return health;
    }
}
