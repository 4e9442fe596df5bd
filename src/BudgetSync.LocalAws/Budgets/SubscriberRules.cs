using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Who may be told (API reference, Subscriber; UG "Creating an Amazon SNS topic for budget notifications").</summary>
internal static partial class SubscriberRules
{
    /// <summary>Refuses a list of subscribers that no notification may have.</summary>
    public static void Validate(string accountId, IReadOnlyCollection<Subscriber> subscribers)
    {
        foreach (var subscriber in subscribers) Validate(accountId, subscriber);
        if (subscribers.Distinct().Count() != subscribers.Count) throw BudgetErrors.Duplicate("The same subscriber is given twice.");
        if (ExceedsCaps(subscribers)) throw CapsExceeded();
    }

    public static bool ExceedsCaps(IEnumerable<Subscriber> subscribers)
    {
        var topics = 0;
        var emails = 0;
        foreach (var subscriber in subscribers) _ = subscriber.Type == "SNS" ? topics++ : emails++;
        return topics > AwsLimits.Budgets.TopicsPerNotification || emails > AwsLimits.Budgets.EmailsPerNotification;
    }

    public static Kernel.AwsException CapsExceeded() =>
        BudgetErrors.CreationLimit(
            $"A notification can have {AwsLimits.Budgets.TopicsPerNotification} SNS subscriber and up to {AwsLimits.Budgets.EmailsPerNotification} email "
                + "subscribers.");

    /// <summary>Refuses an address. The message does not repeat it: addresses of people stay out of logs.</summary>
    public static void Validate(string accountId, Subscriber subscriber)
    {
        if (subscriber.Type == "EMAIL")
        {
            if (!Email().IsMatch(subscriber.Address)) throw BudgetErrors.Invalid("The address of an EMAIL subscriber is not an e-mail address.");
            return;
        }

        var arn = TopicArn().Match(subscriber.Address);
        if (!arn.Success) throw BudgetErrors.Invalid("Please comply with SNS ARN format.");
        if (arn.Groups["account"].Value != accountId)
            throw BudgetErrors.Invalid($"Invalid SNS topic: it is in account {arn.Groups["account"].Value}, and must be in the budget's own, {accountId}.");
    }

    [GeneratedRegex(@"\A[^@\s]+@[^@\s]+\.[^@\s]+\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:sns:[a-z0-9-]+:(?<account>[0-9]{12}):[A-Za-z0-9_-]{1,256}\z")]
    private static partial Regex TopicArn();
}
