using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>The queue attributes that can be set. Those of encryption are kept and answered, and change nothing here: nothing is stored.</summary>
internal static class QueueAttributes
{
    public static readonly ImmutableHashSet<string> Settable =
    [
        "DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod", "Policy", "ReceiveMessageWaitTimeSeconds", "VisibilityTimeout",
        "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled",
    ];
}
