using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>What a caller asked a budget action to be.</summary>
internal sealed record ActionTerms(
    string NotificationType,
    string ActionType,
    decimal Threshold,
    string ThresholdType,
    JsonObject Definition,
    string ExecutionRoleArn,
    string ApprovalModel,
    ImmutableArray<Subscriber> Subscribers)
{
    public static ActionTerms Read(JsonObject input) => new(
        input.RequiredText("NotificationType"),
        input.RequiredText("ActionType"),
        ValueOf(input.RequiredStructure("ActionThreshold")),
        input.RequiredStructure("ActionThreshold").RequiredText("ActionThresholdType"),
        (JsonObject)input.RequiredStructure("Definition").DeepClone(),
        input.RequiredText("ExecutionRoleArn"),
        input.RequiredText("ApprovalModel"),
        [.. input.Structures("Subscribers").Select(Subscriber.Read)]);

    /// <summary>With what an update gives; what it leaves out stays.</summary>
    public ActionTerms With(JsonObject input) => this with
    {
        NotificationType = input.Text("NotificationType") ?? NotificationType,
        Threshold = input.Structure("ActionThreshold") is { } threshold ? ValueOf(threshold) : Threshold,
        ThresholdType = input.Structure("ActionThreshold")?.RequiredText("ActionThresholdType") ?? ThresholdType,
        Definition = (JsonObject?)input.Structure("Definition")?.DeepClone() ?? Definition,
        ExecutionRoleArn = input.Text("ExecutionRoleArn") ?? ExecutionRoleArn,
        ApprovalModel = input.Text("ApprovalModel") ?? ApprovalModel,
        Subscribers = input["Subscribers"] is null ? Subscribers : [.. input.Structures("Subscribers").Select(Subscriber.Read)],
    };

    /// <summary>The same in what makes an action itself: when it acts, and what it does.</summary>
    public bool IsSameAs(ActionTerms other) =>
        (NotificationType, ActionType, Threshold, ThresholdType) == (other.NotificationType, other.ActionType, other.Threshold, other.ThresholdType)
        && JsonNode.DeepEquals(Definition, other.Definition);

    private static decimal ValueOf(JsonObject threshold) => threshold.Number("ActionThresholdValue") ?? 0;
}
