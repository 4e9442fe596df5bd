using Amazon.SQS;
using Amazon.SQS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Reconcile;

/// <summary>
/// The queue where batches end that Lambda gave up on. Their messages name positions in a stream that may be gone, and no row: a whole reconcile is
/// what repairs them, so they are taken before it and deleted after it.
/// </summary>
public sealed class DeadLetterQueue(IAmazonSQS queues, string url, AwsCaller caller)
{
    /// <summary>Takes what is there now. What is not deleted afterwards shows up again after the queue's visibility timeout.</summary>
    public async Task<IReadOnlyList<Message>> TakeAsync(CancellationToken cancellation)
    {
        var taken = new List<Message>();
        for (var empty = 0; empty < Limits.EmptyReceives && taken.Count < Limits.DeadLetters;)
        {
            var request = new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = AwsLimits.QueuePage, WaitTimeSeconds = Limits.QueueWaitSeconds };
            var answer = await caller.CallAsync("sqs", "ReceiveMessage", token => queues.ReceiveMessageAsync(request, token), cancellation);
            if (answer.Messages is not { Count: > 0 } messages)
            {
                empty++;
                continue;
            }

            empty = 0;
            taken.AddRange(messages);
        }

        return taken;
    }

    /// <summary>Deletes what has been repaired.</summary>
    /// <returns>How many are gone; the others come back, and the next reconcile deletes them.</returns>
    public async Task<int> DeleteAsync(IReadOnlyList<Message> messages, CancellationToken cancellation)
    {
        var deleted = 0;
        // A message may be received twice, and only the newest receipt handle is sure to delete it.
        foreach (var part in messages.GroupBy(message => message.MessageId, StringComparer.Ordinal).Select(same => same.Last()).Chunk(AwsLimits.QueuePage))
        {
            var request = new DeleteMessageBatchRequest
            {
                QueueUrl = url,
                Entries = [.. part.Select((message, index) => new DeleteMessageBatchRequestEntry { Id = $"m{index}", ReceiptHandle = message.ReceiptHandle })],
            };
            var answer = await caller.CallAsync("sqs", "DeleteMessageBatch", token => queues.DeleteMessageBatchAsync(request, token), cancellation);
            // A batch answers HTTP 200 also where every entry of it failed (SQS API reference, DeleteMessageBatch).
            deleted += part.Length - (answer.Failed?.Count ?? 0);
        }

        return deleted;
    }
}
