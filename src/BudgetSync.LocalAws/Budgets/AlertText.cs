using System.Globalization;
using System.Text;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>
/// What an alert says: plain text, in the words of messages that people have shown since 2019 (cds-snc/sre-bot's tests have three). AWS documents none of
/// them, so that whoever reads more out of it than that something alerted reads too much.
/// </summary>
/// <param name="Subject">At most 100 printable ASCII characters, as SNS bounds it.</param>
internal sealed record AlertText(string Subject, string Body)
{
    public static AlertText Of(string accountId, StoredBudget budget, Notification notification, Spend limit, DateTimeOffset now)
    {
        var (name, type) = (budget.Terms.Name, notification.Type);
        var actual = (type == "FORECASTED" ? budget.Forecast : budget.Actual)?.Value ?? 0;
        var bound = notification.ThresholdType == "PERCENTAGE" ? limit.Amount * (notification.Threshold / 100) : notification.Threshold;
        var (threshold, spent) = (Money(bound, limit.Unit), Money(actual, limit.Unit));
        var (words, sign) = notification.Operator switch
        {
            "GREATER_THAN" => ("greater than", ">"),
            "LESS_THAN" => ("less than", "<"),
            _ => ("equal to", "="),
        };
        var kind = Kind(budget.Terms.Type);
        var (span, when) = Span(budget.Terms.TimeUnit);
        // One line in the message, however long.
        var sentence = $"You requested that we alert you when the {type} {kind} associated with your {name} budget is {words} {threshold} {span}. {when} "
            + $"{type} {kind} associated with this budget is {spent}. You can find additional details below and by accessing the AWS Budgets dashboard [1].";
        var body = $"""
            AWS Budget Notification {now.UtcDateTime.ToString("MMMM dd, yyyy", CultureInfo.InvariantCulture)}
            AWS Account {accountId}

            Dear AWS Customer,

            {sentence}

            Budget Name: {name}
            Budget Type: {kind}
            Budgeted Amount: {Money(limit.Amount, limit.Unit)}
            Alert Type: {type}
            Alert Threshold: {sign} {threshold}
            {type} Amount: {spent}

            [1] https://console.aws.amazon.com/billing/home#/budgets

            """.ReplaceLineEndings("\n");
        return new AlertText(SubjectOf(name), body);
    }

    /// <summary>How AWS Budgets fits a long name, or one in another script, into SNS's subject is not known; it must.</summary>
    private static string SubjectOf(string name)
    {
        var subject = new StringBuilder("AWS Budgets: ").Append(name).Append(" has exceeded your alert threshold").ToString();
        var printable = string.Concat(subject.Select(character => character is >= ' ' and <= '~' ? character : '?'));
        return printable.Length <= AwsLimits.Sns.Subject ? printable : printable[..AwsLimits.Sns.Subject];
    }

    private static string Money(decimal amount, string unit)
    {
        var digits = amount.ToString("#,##0.00", CultureInfo.InvariantCulture);
        return unit == "USD" ? $"${digits}" : $"{digits} {unit}";
    }

    private static string Kind(string type) => type switch
    {
        "COST" => "Cost",
        "USAGE" => "Usage",
        _ => type,
    };

    private static (string Span, string When) Span(string timeUnit) => timeUnit switch
    {
        "DAILY" => ("per day", "Yesterday, the"),
        "QUARTERLY" => ("for the current quarter", "The"),
        "ANNUALLY" => ("for the current year", "The"),
        "CUSTOM" => ("for the current period", "The"),
        _ => ("for the current month", "The"),
    };
}
