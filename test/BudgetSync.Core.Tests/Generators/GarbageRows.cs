using System.Collections.Immutable;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Tests.Generators;

/// <summary>Rows nobody would write: any attribute of any type with any text. They may be anything but a reason to throw.</summary>
public static class GarbageRows
{
    private static readonly string[] Names =
    [
        "AccountId", "BudgetValue", "BudgetName", "Unit", "TimeUnit", "BudgetType", "Thresholds", "EmailRecipients", "SnsTopicArn", "CostFilters", "CostTypes",
        "FilterExpression",
        "Metrics", "PlannedBudgetLimits", "AutoAdjustData", "TimePeriod", "Actions", "Budgets", "Enabled", "OnDelete", "Adopt", "KeepExtraSubscribers", "Note",
        "ChangedBy", "ChangedAt", "Reason", "x-",
        "And", "Or", "Not", "Dimensions", "Tags", "Key", "Values", "MatchOptions", "Start", "End", "Amount", "Threshold", "ThresholdType", "NotificationType",
        "ComparisonOperator",
        "Definition", "IamActionDefinition", "ScpActionDefinition", "SsmActionDefinition", "ActionType", "ActionThreshold", "ActionThresholdValue",
        "ActionThresholdType",
        "ExecutionRoleArn", "ApprovalModel", "Subscribers", "SubscriptionType", "Address", "PolicyArn", "Roles", "InstanceIds", "Region", "ActionSubType",
        "AutoAdjustType",
        "Grants", "Changes", "Envelope", "Weight", "Notify", "Responses", "Snooze", "Ai",
        "Cascade", "OverAllocation", "AddEmailRecipients", "ResourceTags", "BillingViewArn",
        "Until", "Why", "By", "From",
        "HistoricalOptions", "BudgetAdjustmentPeriod", "Service", "2026-01", "1767225600", "", " ", "ü", "Version",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "0", "-1", "1", "80", "100.5", "1e999", "1e-999", "-0", "+5", ".", "e", "1e", "1.2.3", "12,5", "1,000.00", "80,90", "NaN", "Infinity", "٣",
        "1e+", "99999999999999999999999999999999999999",
        "0.00000000000000000000000000000000000001", "79228162514264337593543950335", "80 FORECASTED", "80%", "% 80", "COST", "USAGE", "RI_COVERAGE", "MONTHLY",
        "DAILY", "monthly", "ACTUAL",
        "PERCENTAGE", "GREATER_THAN", "HISTORICAL", "APPLY_IAM_POLICY", "EMAIL", "SNS", "default", "111122223333", "ou-ab12-11111111", "2026-01-01",
        "2026-02-30", "9999-12-31", "0001-01-01",
        "9223372036854775807", "-9223372036854775808", "253402300800", "a@b.io", "a@b.io,c@d.io", "@", "arn:aws:sns:us-east-1:{AccountId}:t",
        "arn:aws:iam::{AccountId}:role/r", "{{x}}", "\ud800", "\0", "<script>a</script>",
        "true", "FALSE", "{AccountId}", "UnblendedCost", "SERVICE", "LINKED_ACCOUNT", "EUR", "REVERT",
    ];

    public static RowImage Row(Random random) => new(Entries(random, 3));

    public static RowValue Value(Random random, int depth) => random.Next(depth > 0 ? 10 : 6) switch
    {
        0 or 1 => new RowValue.Text(Text(random)),
        2 or 3 => new RowValue.Number(Text(random)),
        4 => new RowValue.Bool(random.Next(2) == 0),
        5 => random.Next(3) == 0 ? new RowValue.Binary("B") : new RowValue.Null(),
        6 => new RowValue.TextSet([.. Enumerable.Range(0, random.Next(12)).Select(_ => Text(random))]),
        7 => new RowValue.NumberSet([.. Enumerable.Range(0, random.Next(12)).Select(_ => Text(random))]),
        8 => new RowValue.List([.. Enumerable.Range(0, random.Next(12)).Select(_ => Value(random, depth - 1))]),
        _ => new RowValue.Map(Entries(random, depth - 1)),
    };

    /// <summary>A text that may look like a number, a date, a word of AWS's, or nothing.</summary>
    public static string Text(Random random) => random.Next(5) switch
    {
        0 => new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(32, 127))]),
        1 => Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)],
        _ => Texts[random.Next(Texts.Length)],
    };

    private static ImmutableSortedDictionary<string, RowValue> Entries(Random random, int depth)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        for (var i = random.Next(8); i > 0; i--)
            entries[random.Next(10) == 0 ? Text(random) : Names[random.Next(Names.Length)]] = Value(random, depth);
        return entries.ToImmutable();
    }
}
