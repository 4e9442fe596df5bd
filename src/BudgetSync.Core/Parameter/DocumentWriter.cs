using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <summary>Writes the canonical parameter document. Every object's names are written in ordinal order, by the order of the lines here.</summary>
internal static partial class DocumentWriter
{
    // Relaxed: a + in an address or a ü in a name stays itself, which is shorter and what a person expects. The text never stands in HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Write(DesiredBudgets budgets, EquatableArray<DesiredRestriction> restrictions, AiPolicy? ai)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            AiWriter.Write(json, ai);
            json.WriteStartArray("Budgets");
            foreach (var budget in budgets.Budgets)
                WriteBudget(json, budget);
            json.WriteEndArray();
            WriteRestrictions(json, restrictions);
            json.WriteNumber("Version", ParameterDocument.Version);
            json.WriteEndObject();
        }

        // SSM takes {{…}} in a value for a reference to another parameter and refuses it. In JSON two braces open only inside a text, where one may be escaped.
        return Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("{{", "{\\u007b", StringComparison.Ordinal);
    }

    private static void WriteBudget(Utf8JsonWriter json, DesiredBudget budget)
    {
        var settings = budget.Settings;
        var common = CommonRecipients(budget);
        json.WriteStartObject();
        ActionWriter.Write(json, budget.Actions, common);
        if (budget.Adopt)
            json.WriteBoolean("Adopt", true);
        if (settings.Amount is BudgetAmount.AutoAdjusted autoAdjust)
            WriteAutoAdjust(json, autoAdjust);
        if (settings.BillingViewArn is { } view)
            json.WriteString("BillingViewArn", view);
        json.WriteString("BudgetName", settings.Name);
        if (settings.Type != BudgetType.COST)
            json.WriteString("BudgetType", settings.Type.ToString());
        // The limit of a utilization or coverage budget is always 100 percent, so it goes without saying.
        var limited = settings.Type is BudgetType.COST or BudgetType.USAGE;
        if (limited && settings.Amount is BudgetAmount.Fixed { Limit: var limit })
            json.WriteNumber("BudgetValue", NumberText.Trim(limit.Amount));
        WriteChanges(json, budget.Changes);
        FilterWriter.WriteOld(json, settings);
        WriteEmails(json, Emails(common));
        FilterWriter.WriteExpression(json, settings);
        WriteGrants(json, budget.Grants);
        if (budget.KeepExtraSubscribers)
            json.WriteBoolean("KeepExtraSubscribers", true);
        FilterWriter.WriteMetric(json, settings);
        if (settings.Amount is BudgetAmount.Planned planned)
            WritePlanned(json, planned);
        WriteTags(json, budget.ResourceTags);
        if (Topic(common) is { } topic)
            json.WriteString("SnsTopicArn", topic);
        json.WriteStartArray("Thresholds");
        foreach (var notification in budget.Notifications)
            WriteThreshold(json, notification, settings.Type, common);
        json.WriteEndArray();
        WritePeriod(json, settings);
        if (settings.TimeUnit != TimeUnit.MONTHLY)
            json.WriteString("TimeUnit", settings.TimeUnit.ToString());
        if (limited && Unit(settings.Amount) is { } unit && !(unit == "USD" && settings.Type == BudgetType.COST))
            json.WriteString("Unit", unit);
        json.WriteEndObject();
    }

    // Whom most are told with is written once for the budget, so that ten thresholds for ten people stay small. Ties go to the first.
    private static EquatableSet<Subscriber> CommonRecipients(DesiredBudget budget)
    {
        if (budget.Notifications is [var only] && budget.Actions.IsEmpty)
            return only.Subscribers;
        var candidates = budget.Notifications.Select(notification => notification.Subscribers)
            .Concat(budget.Actions.Select(action => action.Subscribers))
            .ToList();
        EquatableSet<Subscriber> best = [];
        var most = 0;
        foreach (var candidate in candidates)
        {
            var count = candidates.Count(candidate.Equals);
            if (count > most)
                (best, most) = (candidate, count);
        }

        return best;
    }

    private static void WriteThreshold(Utf8JsonWriter json, Notification notification, BudgetType type, EquatableSet<Subscriber> common)
    {
        var key = notification.Key;
        var comparison = key.Comparison == AlertBuilder.DefaultComparison(type) ? (ComparisonOperator?)null : key.Comparison;
        if (notification.Subscribers != common)
            WriteDetailed(json, notification, comparison, common);
        else if (key is { Type: NotificationType.ACTUAL, ThresholdType: ThresholdType.PERCENTAGE } && comparison is null)
            json.WriteNumberValue(NumberText.Trim(key.Threshold));
        else
            json.WriteStringValue(
                NumberText.Format(key.Threshold)
                + (key.Type == NotificationType.FORECASTED ? " FORECASTED" : "")
                + (key.ThresholdType == ThresholdType.ABSOLUTE_VALUE ? " ABSOLUTE_VALUE" : "")
                + (comparison is null ? "" : $" {comparison}"));
    }

    private static IEnumerable<string> Emails(EquatableSet<Subscriber> subscribers) =>
        subscribers.Where(subscriber => subscriber.Type == SubscriptionType.EMAIL).Select(subscriber => subscriber.Address);

    private static string? Topic(EquatableSet<Subscriber> subscribers) =>
        subscribers.Where(subscriber => subscriber.Type == SubscriptionType.SNS).Select(subscriber => subscriber.Address).FirstOrDefault();
}
