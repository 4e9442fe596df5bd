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

    // What stands inside of an attribute of ours, which is named first; the text behind it says where.
    private static readonly Dictionary<string, (string Within, string WayOut)> Parts = new(StringComparer.Ordinal)
    {
        ["timeperiodstart"] = ("TimePeriod", "write it as Start of TimePeriod"),
        ["timeperiodend"] = ("TimePeriod", "write it as End of TimePeriod"),
        ["start"] = ("TimePeriod", "write it as Start of TimePeriod"),
        ["end"] = ("TimePeriod", "write it as End of TimePeriod"),
        ["notificationtype"] = Threshold,
        ["thresholdtype"] = Threshold,
        ["comparisonoperator"] = Threshold,
        ["subscriptiontype"] = ("EmailRecipients", "leave it out: who is in EmailRecipients gets e-mails, and the topic in SnsTopicArn messages"),
        ["address"] = ("EmailRecipients", "write an e-mail address in EmailRecipients, a topic in SnsTopicArn"),
        ["historicaloptions"] = ("AutoAdjustData", "it stands inside of AutoAdjustData"),
        ["budgetadjustmentperiod"] = ("AutoAdjustData", "it stands in HistoricalOptions of AutoAdjustData"),
        ["lookbackavailableperiods"] = Told,
        ["lastautoadjusttime"] = Told,
        ["calculatedspend"] = Told,
        ["lastupdatedtime"] = Told,
        ["healthstatus"] = Told,
        ["budgetarn"] = Told,
        ["actionid"] = Told,
    };

    private static (string Within, string WayOut) Threshold =>
        ("Thresholds", "it stands inside of an entry of Thresholds, as in {\"Threshold\":80,\"NotificationType\":\"FORECASTED\"}");

    private static (string Within, string WayOut) Told => ("BudgetValue", "AWS tells it and takes it from no one, so remove it");

    /// <summary>Our word for it, or null.</summary>
    public static string? Of(string name, IEnumerable<string> known) => Ours.GetValueOrDefault(Plain(name)) is { } ours && known.Contains(ours) ? ours : null;

    /// <summary>Where it belongs instead, in words; null where nothing is known of it, or where nothing that it belongs to may stand.</summary>
    public static string? WayOut(string name, IEnumerable<string> known) =>
        Parts.TryGetValue(Plain(name), out var part) && known.Contains(part.Within) ? part.WayOut : null;

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
