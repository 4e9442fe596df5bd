using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <content>Messages in and out of queues.</content>
public sealed partial class SqsService
{
    private JsonObject PurgeQueue(AwsCall call)
    {
        Existing(QueueArn(call)).Purge();
        return [];
    }

    private JsonObject SendMessage(AwsCall call) => Send(Existing(QueueArn(call)), OutgoingMessage.Read(call.Input));

    private JsonObject SendBatch(AwsCall call)
    {
        var queue = Existing(QueueArn(call));
        var bytes = BatchRequest.Entries(call).Sum(entry => (long)System.Text.Encoding.UTF8.GetByteCount(entry.RequiredText("MessageBody")));
        if (bytes > AwsLimits.Sqs.BatchBytes)
            throw new AwsException(
                "BatchRequestTooLong",
                $"Batch requests cannot be longer than {AwsLimits.Sqs.BatchBytes} bytes. You have sent {bytes} bytes.");
        return BatchRequest.Run(call, entry => Send(queue, OutgoingMessage.Read(entry)));
    }

    private JsonObject Send(Queue queue, OutgoingMessage message)
    {
        message.RequireAtMost(queue.MaximumMessageBytes);
        var id = cloud.Gateway.NewRequestId();
        queue.Send(id, message.Body, message.Attributes, message.Delay);
        var answer = new JsonObject { ["MessageId"] = id, ["MD5OfMessageBody"] = Digest.OfBody(message.Body) };
        if (message.Attributes.Count > 0) answer["MD5OfMessageAttributes"] = Digest.OfAttributes(message.Attributes);
        return answer;
    }

    private async Task<JsonObject> ReceiveMessageAsync(AwsCall call, CancellationToken cancellation)
    {
        var queue = Existing(QueueArn(call));
        ReceivedMessages.CheckNames(call.Input);
        var most = call.Input.Whole("MaxNumberOfMessages") ?? 1;
        var visibility = call.Input.Whole("VisibilityTimeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var wait = call.Input.Whole("WaitTimeSeconds") is { } waited ? TimeSpan.FromSeconds(waited) : queue.ReceiveWait;
        var until = cloud.Time.GetUtcNow() + wait;
        while (true)
        {
            var arrival = queue.Arrival;
            var (received, dead) = queue.Receive(most, visibility);
            if (queue.Redrive() is { } redrive && queues.TryGetValue(redrive.TargetArn, out var target))
            {
                foreach (var message in dead) target.Send(message.Id, message.Body, message.Attributes, null);
            }

            var left = until - cloud.Time.GetUtcNow();
            // A stepped cloud answers at once: its driver owns the clock and would wait for us while we wait for it.
            if (received.Count > 0 || left <= TimeSpan.Zero || cloud.Options.Stepped) return ReceivedMessages.Answer(received, call.Input);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(arrival, Task.Delay(left, cloud.Time, enough.Token));
            await enough.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private JsonObject DeleteMessage(AwsCall call) => Delete(Existing(QueueArn(call)), call.Input);

    private JsonObject DeleteBatch(AwsCall call)
    {
        var queue = Existing(QueueArn(call));
        return BatchRequest.Run(call, entry => Delete(queue, entry));
    }

    private static JsonObject Delete(Queue queue, JsonObject input)
    {
        queue.Delete(input.RequiredText("ReceiptHandle"));
        return [];
    }

    private JsonObject ChangeVisibility(AwsCall call)
    {
        Existing(QueueArn(call)).ChangeVisibility(call.Input.RequiredText("ReceiptHandle"), TimeSpan.FromSeconds(call.Input.Whole("VisibilityTimeout") ?? 0));
        return [];
    }
}
