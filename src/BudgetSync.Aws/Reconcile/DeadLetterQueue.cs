using Amazon.SQS;
using Amazon.SQS.Model;
using BudgetSync.Aws.Calls;

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
        while (taken.Count < Limits.DeadLetters)
        {
            var request = new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = Limits.QueuePage };
            var answer = await caller.CallAsync("sqs", "ReceiveMessage", token => queues.ReceiveMessageAsync(request, token), cancellation);
            if (answer.Messages is not { Count: > 0 } messages) break;
            taken.AddRange(messages);
        }

        return taken;
    }

    /// <summary>Deletes what has been repaired.</summary>
    public async Task DeleteAsync(IReadOnlyList<Message> messages, CancellationToken cancellation)
    {
        foreach (var part in messages.DistinctBy(message => message.MessageId).Chunk(Limits.QueuePage))
        {
            var request = new DeleteMessageBatchRequest
            {
                QueueUrl = url,
                Entries = [.. part.Select((message, index) => new DeleteMessageBatchRequestEntry { Id = $"m{index}", ReceiptHandle = message.ReceiptHandle })],
            };
            // What cannot be deleted now comes back, and the next reconcile deletes it.
            await caller.CallAsync("sqs", "DeleteMessageBatch", token => queues.DeleteMessageBatchAsync(request, token), cancellation);
        }
    }
}
