using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>What happened to an action, and how it stood then.</summary>
/// <param name="Number">Counts the events of one action from 1.</param>
/// <param name="EventType">SYSTEM, or what was called: CREATE_ACTION, UPDATE_ACTION, EXECUTE_ACTION.</param>
internal sealed record ActionEvent(int Number, DateTimeOffset Time, string Status, string EventType, string Message, JsonObject Action)
{
    public JsonObject Write() => new()
    {
        ["Timestamp"] = Time.ToEpochSeconds(),
        ["Status"] = Status,
        ["EventType"] = EventType,
        ["ActionHistoryDetails"] = new JsonObject { ["Message"] = Message, ["Action"] = Action.DeepClone() },
    };
}
