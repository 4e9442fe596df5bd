using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.Sqs;

public sealed class MessageBatchTests : QueueTestBed
{
    [Fact]
    public async Task A_batch_deletes_what_it_names_and_answers_entry_by_entry()
    {
        await SendAsync("a");
        await SendAsync("b");
        var received = await ReceiveAsync();

        var answer = await api.JsonAsync("AmazonSQS.DeleteMessageBatch", new JsonObject
        {
            ["QueueUrl"] = url,
            ["Entries"] = new JsonArray(
                new JsonObject { ["Id"] = "1", ["ReceiptHandle"] = received[0].Receipt },
                new JsonObject { ["Id"] = "2", ["ReceiptHandle"] = "made-up" }),
        });

        Assert.Equal("1", answer["Successful"]!.AsArray().Single()!["Id"]!.ToString());
        Assert.Equal("2", answer["Failed"]!.AsArray().Single()!["Id"]!.ToString());
        Assert.Equal("b", cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{Account}:work").Single().Body);
    }

    [Theory]
    [InlineData("[]", "EmptyBatchRequest")]
    [InlineData("""[{"Id":"a","MessageBody":"x"},{"Id":"a","MessageBody":"y"}]""", "BatchEntryIdsNotDistinct")]
    [InlineData("""[{"Id":"a b","MessageBody":"x"}]""", "InvalidBatchEntryId")]
    [InlineData("""[{"Id":"","MessageBody":"x"}]""", "InvalidBatchEntryId")]
    [InlineData("""[{"Id":"a"}]""", "InvalidParameterValue")]
    public async Task A_batch_that_is_none_is_refused_whole(string entries, string code)
    {
        var input = new JsonObject { ["QueueUrl"] = url, ["Entries"] = JsonNode.Parse(entries) };

        Assert.Equal(code, (await Api.RefusedAsync(() => api.JsonAsync("AmazonSQS.SendMessageBatch", input))).Code);
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task A_batch_has_10_entries_and_1_MB_at_most()
    {
        var send = (int count, int size) => api.JsonAsync("AmazonSQS.SendMessageBatch", new JsonObject
        {
            ["QueueUrl"] = url,
            ["Entries"] =
                new JsonArray(
                [
                    .. Enumerable.Range(0, count).Select(number => new JsonObject { ["Id"] = $"{number}", ["MessageBody"] = new string('x', size) })
                ]),
        });

        Assert.Equal("TooManyEntriesInBatchRequest", (await Api.RefusedAsync(() => send(11, 1))).Code);
        Assert.Equal("BatchRequestTooLong", (await Api.RefusedAsync(() => send(2, (512 * 1024) + 1))).Code);
        Assert.Equal(2, (await send(2, 512 * 1024))["Successful"]!.AsArray().Count);
    }
}
