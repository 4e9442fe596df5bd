using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using BudgetSync.Cdk.Parts;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// From the table's stream to Propagate. AWS's defaults (endless retries, no destination) let one bad record stop its
/// shard for a day, so everything here has a bound, and what is given up goes to a queue that Reconcile reads.
/// </summary>
internal static class EditStream
{
    public static void Feed(Stack stack, ManagedFunction propagate, DeadLetterQueue parkedEdits) =>
        _ = new CfnEventSourceMapping(stack, "EditStream", new CfnEventSourceMappingProps
        {
            EventSourceArn = TableNames.BudgetsStreamArn,
            FunctionName = propagate.Name,
            // LATEST can lose what is edited while the mapping is being made or changed.
            StartingPosition = "TRIM_HORIZON",
            BatchSize = 100,
            // No waiting for company: an edit is on its way at once, and edits that come together are batched all the same.
            MaximumBatchingWindowInSeconds = 0,
            ParallelizationFactor = 10,
            BisectBatchOnFunctionError = true,
            FunctionResponseTypes = ["ReportBatchItemFailures"],
            // Propagate has already retried in place: ten more rounds, or an hour, and Reconcile takes over.
            MaximumRetryAttempts = 10,
            MaximumRecordAgeInSeconds = 3600,
            DestinationConfig = new CfnEventSourceMapping.DestinationConfigProperty
            {
                OnFailure = new CfnEventSourceMapping.OnFailureProperty { Destination = parkedEdits.Arn },
            },
        });
}
