using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Sns;

/// <summary>
/// The requests of Amazon SNS as its service model (2010-03-31) and its API reference bound them; FIFO topics and mobile endpoints are not here.
/// </summary>
internal static class SnsShapes
{
    private static readonly Member TopicArn = Required("TopicArn", AnyText);

    public static Shape CreateTopic { get; } = Members(
        Required("Name", String(1, 256, "[a-zA-Z0-9_-]+")),
        Optional("Attributes", new Map(AnyText, AnyText)));

    public static Shape OneTopic { get; } = Members(TopicArn);

    public static Shape SetTopicAttributes { get; } = Members(TopicArn, Required("AttributeName", AnyText), Optional("AttributeValue", AnyText));

    public static Shape Publish { get; } = Members(
        TopicArn,
        Required("Message", String(1, int.MaxValue)),
        // The service model has "less than 100 characters" of UTF-8; what it had before, ASCII that begins with no blank, is the stricter and never refused.
        Optional("Subject", String(1, AwsLimits.Sns.Subject, @"[\u0021-\u007E][\u0020-\u007E]*")));

    public static Shape Subscribe { get; } = Members(
        TopicArn,
        Required("Protocol", Enum("http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose")),
        Required("Endpoint", String(1, int.MaxValue)),
        Optional("ReturnSubscriptionArn", AnyFlag));
}
