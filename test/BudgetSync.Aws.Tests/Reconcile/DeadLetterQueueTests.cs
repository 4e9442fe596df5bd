using Amazon.SQS;
using Amazon.SQS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Reconcile;
using Moq;

namespace BudgetSync.Aws.Tests.Reconcile;

public sealed class DeadLetterQueueTests
{
    private readonly Mock<IAmazonSQS> sqs = new();
    private readonly List<ReceiveMessageRequest> received = [];
    private readonly List<DeleteMessageBatchRequest> deleted = [];

    [Fact]
    public async Task An_empty_answer_is_no_empty_queue_but_two_in_a_row_are()
    {
        Answer([Message("a", "1")], [], [Message("b", "2")], [], []);

        var taken = await Queue().TakeAsync(CancellationToken.None);

        Assert.Equal(["a", "b"], taken.Select(message => message.MessageId));
        Assert.Equal(5, received.Count);
    }

    [Fact]
    public async Task Every_receive_is_a_long_poll_because_a_short_one_asks_only_some_of_the_servers()
    {
        Answer([], []);

        await Queue().TakeAsync(CancellationToken.None);

        Assert.All(received, request => Assert.InRange(request.WaitTimeSeconds ?? 0, 1, 20));
    }

    [Fact]
    public async Task A_message_that_was_received_twice_is_deleted_by_its_newest_receipt()
    {
        Deleting();

        Assert.Equal(1, await Queue().DeleteAsync([Message("a", "old"), Message("a", "new")], CancellationToken.None));

        Assert.Equal("new", Assert.Single(Assert.Single(deleted).Entries).ReceiptHandle);
    }

    [Fact]
    public async Task What_the_batch_could_not_delete_does_not_count_as_deleted()
    {
        Deleting("m1");

        Assert.Equal(2, await Queue().DeleteAsync([Message("a", "1"), Message("b", "2"), Message("c", "3")], CancellationToken.None));
    }

    private static Message Message(string id, string receipt) => new() { MessageId = id, ReceiptHandle = receipt };

    private DeadLetterQueue Queue() => new(
        sqs.Object,
        "https://sqs.us-east-1.amazonaws.com/999999999999/BudgetSync-PropagateDeadLetters",
        new AwsCaller(new ImmediateClock(World.Start), new Random(1), JsonLog.Silent));

    private void Answer(params Message[][] answers) =>
        sqs.Setup(queue => queue.ReceiveMessageAsync(It.IsAny<ReceiveMessageRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((ReceiveMessageRequest request, CancellationToken _) =>
            {
                received.Add(request);
                return new ReceiveMessageResponse { Messages = [.. answers[received.Count - 1]] };
            });

    private void Deleting(params string[] failing) =>
        sqs.Setup(queue => queue.DeleteMessageBatchAsync(It.IsAny<DeleteMessageBatchRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((DeleteMessageBatchRequest request, CancellationToken _) =>
            {
                deleted.Add(request);
                return new DeleteMessageBatchResponse
                {
                    Failed = [.. failing.Select(id => new BatchResultErrorEntry { Id = id, Code = "ReceiptHandleIsInvalid" })]
                };
            });
}
