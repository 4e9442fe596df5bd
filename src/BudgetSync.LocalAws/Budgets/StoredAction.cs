using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>An action of a budget and where it stands. Guarded by its account's gate.</summary>
internal sealed class StoredAction(string id, string budgetName, ActionTerms terms, ImmutableSortedDictionary<string, string> tags)
{
    public string Id { get; } = id;

    public ActionTerms Terms { get; set; } = terms;

    public ImmutableSortedDictionary<string, string> Tags { get; set; } = tags;

    public string Status { get; private set; } = "STANDBY";

    /// <summary>Oldest first.</summary>
    public List<ActionEvent> Events { get; } = [];

    /// <summary>True: something is being executed, and nothing else may be done with the action.</summary>
    public bool IsLocked => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal);

    public void Enter(string status, string eventType, string message, DateTimeOffset now)
    {
        Status = status;
        Events.Add(new ActionEvent(Events.Count + 1, now, status, eventType, message, Write()));
    }

    public JsonObject Write() => new()
    {
        ["ActionId"] = Id,
        ["BudgetName"] = budgetName,
        ["NotificationType"] = Terms.NotificationType,
        ["ActionType"] = Terms.ActionType,
        ["ActionThreshold"] = new JsonObject { ["ActionThresholdValue"] = (double)Terms.Threshold, ["ActionThresholdType"] = Terms.ThresholdType },
        ["Definition"] = Terms.Definition.DeepClone(),
        ["ExecutionRoleArn"] = Terms.ExecutionRoleArn,
        ["ApprovalModel"] = Terms.ApprovalModel,
        ["Status"] = Status,
        ["Subscribers"] = new JsonArray([.. Terms.Subscribers.Select(subscriber => subscriber.Write())]),
    };
}
