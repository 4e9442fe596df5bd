using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <summary>Writes a budget's actions in AWS's own shapes.</summary>
internal static class ActionWriter
{
    /// <param name="json">Where to.</param>
    /// <param name="actions">The actions; nothing is written when there are none.</param>
    /// <param name="common">Whom the budget tells: an action that tells the same does not repeat them.</param>
    public static void Write(Utf8JsonWriter json, ImmutableArray<BudgetAction> actions, EquatableSet<Subscriber> common)
    {
        if (actions.IsEmpty)
            return;
        json.WriteStartArray("Actions");
        foreach (var action in actions)
            Write(json, action, common);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, BudgetAction action, EquatableSet<Subscriber> common)
    {
        json.WriteStartObject();
        json.WriteStartObject("ActionThreshold");
        json.WriteString("ActionThresholdType", action.ThresholdType.ToString());
        json.WriteNumber("ActionThresholdValue", NumberText.Trim(action.Threshold));
        json.WriteEndObject();
        json.WriteString("ActionType", action.ActionType.ToString());
        json.WriteString("ApprovalModel", action.ApprovalModel.ToString());
        json.WriteStartObject("Definition");
        WriteDefinition(json, action.Definition);
        json.WriteEndObject();
        json.WriteString("ExecutionRoleArn", action.ExecutionRoleArn);
        json.WriteString("NotificationType", action.NotificationType.ToString());
        if (action.Subscribers != common)
            WriteSubscribers(json, action.Subscribers);
        json.WriteEndObject();
    }

    private static void WriteDefinition(Utf8JsonWriter json, ActionDefinition definition)
    {
        switch (definition)
        {
            case ActionDefinition.Iam iam:
                json.WriteStartObject("IamActionDefinition");
                WriteNames("Groups", iam.Groups);
                json.WriteString("PolicyArn", iam.PolicyArn);
                WriteNames("Roles", iam.Roles);
                WriteNames("Users", iam.Users);
                break;
            case ActionDefinition.Scp scp:
                json.WriteStartObject("ScpActionDefinition");
                json.WriteString("PolicyId", scp.PolicyId);
                WriteNames("TargetIds", scp.TargetIds);
                break;
            case ActionDefinition.Ssm ssm:
                json.WriteStartObject("SsmActionDefinition");
                json.WriteString("ActionSubType", ssm.SubType.ToString());
                WriteNames("InstanceIds", ssm.InstanceIds);
                json.WriteString("Region", ssm.Region);
                break;
        }

        json.WriteEndObject();

        void WriteNames(string name, EquatableSet<string> names)
        {
            if (!names.IsEmpty)
                FilterWriter.WriteTexts(json, name, names);
        }
    }

    private static void WriteSubscribers(Utf8JsonWriter json, EquatableSet<Subscriber> subscribers)
    {
        json.WriteStartArray("Subscribers");
        foreach (var subscriber in subscribers)
        {
            json.WriteStartObject();
            json.WriteString("Address", subscriber.Address);
            json.WriteString("SubscriptionType", subscriber.Type.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
