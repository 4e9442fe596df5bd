using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>The requests of Amazon SQS as its service model (2012-11-05) and its API reference bound them; what belongs to FIFO queues is not here.</summary>
internal static class SqsShapes
{
    private static readonly Member QueueUrl = Required("QueueUrl", AnyText);
    private static readonly Member QueueName = Required("QueueName", AnyText);
    private static readonly Member ReceiptHandle = Required("ReceiptHandle", AnyText);
    private static readonly Shape Names = new List(AnyText, 0, int.MaxValue);
    private static readonly Shape Attributes = new Map(AnyText, AnyText);

    private static readonly Member[] OfMessages =
    [
        Required("MessageBody", AnyText),
        Optional("DelaySeconds", Integer(0, 900)),
        Optional("MessageAttributes", new Map(AnyText, Members(Required("DataType", AnyText), Optional("StringValue", AnyText)))),
    ];

    public static Shape CreateQueue { get; } = Members(QueueName, Optional("Attributes", Attributes));

    public static Shape OneQueue { get; } = Members(QueueUrl);

    public static Shape GetQueueUrl { get; } = Members(QueueName, Optional("QueueOwnerAWSAccountId", AnyText));

    public static Shape ListQueues { get; } = Members(Optional("QueueNamePrefix", AnyText));

    public static Shape GetQueueAttributes { get; } = Members(QueueUrl, Optional("AttributeNames", Names));

    public static Shape SetQueueAttributes { get; } = Members(QueueUrl, Required("Attributes", Attributes));

    public static Shape SendMessage { get; } = Members([QueueUrl, .. OfMessages]);

    public static Shape SendMessageBatch { get; } = Members(
        QueueUrl,
        Required("Entries", new List(Members([Required("Id", AnyText), .. OfMessages]), 0, int.MaxValue)));

    public static Shape ReceiveMessage { get; } = Members(
        QueueUrl,
        Optional("AttributeNames", Names),
        Optional("MessageSystemAttributeNames", Names),
        Optional("MessageAttributeNames", Names),
        Optional("MaxNumberOfMessages", Integer(1, 10)),
        Optional("VisibilityTimeout", Integer(0, 43_200)),
        Optional("WaitTimeSeconds", Integer(0, 20)));

    public static Shape DeleteMessage { get; } = Members(QueueUrl, ReceiptHandle);

    public static Shape DeleteMessageBatch { get; } = Members(
        QueueUrl,
        Required("Entries", new List(Members(Required("Id", AnyText), ReceiptHandle), 0, int.MaxValue)));

    public static Shape ChangeMessageVisibility { get; } = Members(QueueUrl, ReceiptHandle, Required("VisibilityTimeout", Integer(0, 43_200)));
}
