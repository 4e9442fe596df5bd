using System.Globalization;
using Amazon.SimpleNotificationService.Model;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Cli.Stack;

/// <summary>Who hears a topic: SNS takes a message that nobody gets, and says nothing of it.</summary>
/// <param name="Confirmed">Subscriptions that get what is published.</param>
/// <param name="Pending">Those that wait for a click on the link in the mail that SNS sent.</param>
/// <param name="Unknown">Why it is not known; "" where it is.</param>
internal sealed record TopicAudience(int Confirmed, int Pending, string Unknown)
{
    /// <summary>False also where it is not known: then nothing is said against the topic.</summary>
    public bool IsNobody => Unknown.Length == 0 && Confirmed == 0;

    /// <summary>There is no such topic.</summary>
    public bool IsMissing => Unknown == Missing;

    private const string Missing = "MISSING";

    public static async Task<TopicAudience> ReadAsync(DeployedStack stack, string topicArn, CancellationToken cancellation)
    {
        try
        {
            var request = new GetTopicAttributesRequest { TopicArn = topicArn };
            var answer = await stack.Caller.CallAsync(
                "sns", "GetTopicAttributes", token => stack.Clients.OwnTopics.GetTopicAttributesAsync(request, token), cancellation);
            return new TopicAudience(Count(answer, "SubscriptionsConfirmed"), Count(answer, "SubscriptionsPending"), "");
        }
        catch (AwsFaultException refused)
        {
            return new TopicAudience(0, 0, refused.Fault.Code == "NotFound" ? Missing : refused.Fault.Reason);
        }
    }

    /// <summary>In a cell: <c>2 confirmed</c>, <c>nobody, 1 pending</c>, <c>MISSING</c>.</summary>
    public string Cell
    {
        get
        {
            if (Unknown.Length > 0) return IsMissing ? Missing : "not seen";
            var hears = Confirmed > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Confirmed} confirmed") : "nobody";
            return Pending > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hears}, {Pending} pending") : hears;
        }
    }

    /// <summary>What to do so that somebody hears.</summary>
    public string Remedy(string topicArn) => Pending > 0
        ? "follow the link in the mail that SNS sent to each address (it is valid for 48 hours; after that subscribe anew)"
        : $"'aws sns subscribe --topic-arn {topicArn} --protocol email --notification-endpoint ADDRESS', and follow the link in the mail that comes";

    private static int Count(GetTopicAttributesResponse answer, string name) =>
        int.TryParse((answer.Attributes ?? []).GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
