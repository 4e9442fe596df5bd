namespace BudgetSync.Core.Rows.Reading;

/// <summary>Words that AWS's API, CloudFormation, Terraform and people use for what a row calls otherwise.</summary>
internal static class ForeignNames
{
    // By the name in lower case without underscores; the first of ours that is known where the name stands is meant.
    private static readonly Dictionary<string, string> Ours = new(StringComparer.Ordinal)
    {
        ["account"] = "AccountId",
        ["accountnumber"] = "AccountId",
        ["id"] = "AccountId",
        ["budgetlimit"] = "BudgetValue",
        ["amount"] = "BudgetValue",
        ["limit"] = "BudgetValue",
        ["limitamount"] = "BudgetValue",
        ["value"] = "BudgetValue",
        ["name"] = "BudgetName",
        ["currency"] = "Unit",
        ["limitunit"] = "Unit",
        ["period"] = "TimeUnit",
        ["type"] = "BudgetType",
        ["notification"] = "Thresholds",
        ["notifications"] = "Thresholds",
        ["notificationswithsubscribers"] = "Thresholds",
        ["alerts"] = "Thresholds",
        ["email"] = "EmailRecipients",
        ["emails"] = "EmailRecipients",
        ["recipient"] = "EmailRecipients",
        ["recipients"] = "EmailRecipients",
        ["subscriber"] = "EmailRecipients",
        ["subscribers"] = "EmailRecipients",
        ["subscriberemailaddresses"] = "EmailRecipients",
        ["topic"] = "SnsTopicArn",
        ["snstopic"] = "SnsTopicArn",
        ["snstopicarns"] = "SnsTopicArn",
        ["subscribersnstopicarns"] = "SnsTopicArn",
        ["costfilter"] = "CostFilters",
        ["filter"] = "CostFilters",
        ["filters"] = "CostFilters",
        ["autoadjust"] = "AutoAdjustData",
        ["plannedlimit"] = "PlannedBudgetLimits",
        ["plannedlimits"] = "PlannedBudgetLimits",
        ["tags"] = "ResourceTags",
        ["billingview"] = "BillingViewArn",
        ["grant"] = "Grants",
        ["topup"] = "Grants",
        ["exceptions"] = "Grants",
        ["addemail"] = "AddEmailRecipients",
        ["addemails"] = "AddEmailRecipients",
    };

    private static readonly Dictionary<string, string> NotSupported = new(StringComparer.Ordinal)
    {
    };

    /// <summary>Our word for it, or null.</summary>
    public static string? Of(string name, IEnumerable<string> known) => Ours.GetValueOrDefault(Plain(name)) is { } ours && known.Contains(ours) ? ours : null;

    /// <summary>Why a row cannot have it, or null.</summary>
    public static string? WhyNot(string name) => NotSupported.GetValueOrDefault(Plain(name));

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
