using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <content>Whom a budget tells.</content>
internal static partial class BudgetShapes
{
    private const string MailTo = "mailto:";

    public static readonly Shape<string> Email = new(
        () => new JsonObject { ["type"] = "string", ["minLength"] = 5, ["maxLength"] = AwsLimits.EmailLength },
        (ValueAt node, out string value) =>
        {
            if (!Shapes.Text.TryRead(node, out value!))
                return false;
            if (value.Length > AwsLimits.EmailLength)
                return node.Refuse(RowRules.EmailLength, $"{node.Quoted} has {value.Length} characters; an address has at most {AwsLimits.EmailLength}");
            return (Patterns.Email().IsMatch(value) && !value.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase))
                || node.Refuse(RowRules.EmailForm, $"{node.Quoted} is not an e-mail address; write {Suggestion(value)}");
        });

    /// <summary>E-mail addresses, each once, at most ten; empty says no recipient.</summary>
    public static readonly Shape<ImmutableArray<string>> Emails = new(
        () => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = Email.Schema(), ["maxItems"] = AwsLimits.EmailsPerNotification },
        (ValueAt node, out ImmutableArray<string> value) =>
        {
            if (!Shapes.TextList.TryRead(node, out var texts))
            {
                value = [];
                return false;
            }

            if (!Shapes.TryReadItems(node, [.. texts.Select(text => new RowValue.Text(text))], Email, out value))
                return false;
            value = [.. value.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            return value.Length <= AwsLimits.EmailsPerNotification
                || node.Refuse(
                    RowRules.EmailCount,
                    $"{value.Length} addresses; AWS takes {AwsLimits.EmailsPerNotification}, so write to a mailing list or use SnsTopicArn");
        });

    /// <summary>A topic's ARN, or null or "" for no topic.</summary>
    public static readonly Shape<string> Topic = new(
        () => new JsonObject { ["type"] = new JsonArray("string", "null") },
        (ValueAt node, out string value) =>
        {
            value = "";
            if (node.Value is RowValue.Null or RowValue.Text { Value: "" })
                return true;
            return Shapes.Text.TryRead(node, out value!)
                && HasForm(
                    node,
                    value,
                    Patterns.TopicArn(),
                    RowRules.TopicForm,
                    "SNS topic",
                    "arn:aws:sns:us-east-1:{AccountId}:budget-alerts (no FIFO topic)");
        });
}
