using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.Sqs;

public sealed class MessageTests : QueueTestBed
{
    [Fact]
    public async Task A_message_is_received_once_and_again_only_after_its_visibility_timeout()
    {
        await SendAsync("hello");

        var first = await ReceiveAsync();
        var hidden = await ReceiveAsync();
        clock.Advance(TimeSpan.FromSeconds(30));
        var again = await ReceiveAsync();

        Assert.Equal("hello", first.Single().Body);
        Assert.Empty(hidden);
        Assert.Equal("hello", again.Single().Body);
    }

    [Fact]
    public async Task A_deleted_message_never_comes_back()
    {
        await SendAsync("hello");
        var receipt = (await ReceiveAsync()).Single().Receipt;

        await api.JsonAsync("AmazonSQS.DeleteMessage", new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = receipt });
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task An_older_receipt_no_longer_deletes()
    {
        await SendAsync("hello");
        var receipt = (await ReceiveAsync()).Single().Receipt;
        clock.Advance(TimeSpan.FromSeconds(30));
        await ReceiveAsync();

        await api.JsonAsync("AmazonSQS.DeleteMessage", new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = receipt });

        Assert.Single(cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{Account}:work"));
    }

    [Fact]
    public async Task A_receipt_that_the_queue_never_gave_out_is_invalid()
    {
        cloud.Sqs.PutQueue(Account, "other");
        await SendAsync("hello");
        var receipt = (await ReceiveAsync()).Single().Receipt;
        var other = url.Replace("work", "other", StringComparison.Ordinal);

        foreach (var (queue, handle) in new[] { (url, "made-up"), (url, "bWFkZS11cA=="), (url, ""), (other, receipt) })
        {
            var input = new JsonObject { ["QueueUrl"] = queue, ["ReceiptHandle"] = handle };
            Assert.Equal(
                "ReceiptHandleIsInvalid",
                (await Api.RefusedAsync(() => api.JsonAsync("AmazonSQS.DeleteMessage", (JsonObject)input.DeepClone()))).Code);
            input["VisibilityTimeout"] = 1;
            Assert.Equal("ReceiptHandleIsInvalid", (await Api.RefusedAsync(() => api.JsonAsync("AmazonSQS.ChangeMessageVisibility", input))).Code);
        }

        Assert.Single(cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{Account}:work"));
    }

    [Fact]
    public async Task The_visibility_of_a_message_in_flight_can_be_changed_and_of_no_other()
    {
        await SendAsync("hello");
        var receipt = (await ReceiveAsync()).Single().Receipt;
        var change = (int seconds) => api.JsonAsync(
            "AmazonSQS.ChangeMessageVisibility",
            new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = receipt, ["VisibilityTimeout"] = seconds });

        await change(60);
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await ReceiveAsync());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("MessageNotInflight", (await Api.RefusedAsync(() => change(60))).Code);
        await ReceiveAsync();
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => change(60))).Code);
    }

    [Theory]
    [InlineData("""{"MessageBody":"\u0000"}""", "InvalidMessageContents")]
    [InlineData("""{"MessageBody":"\ufffe"}""", "InvalidMessageContents")]
    [InlineData("""{"MessageBody":"x","DelaySeconds":901}""", "InvalidParameterValue")]
    [InlineData("""{"MessageBody":"x","MessageAttributes":{"A":{"DataType":"Binary","StringValue":"x"}}}""", "InvalidParameterValue")]
    [InlineData("""{"MessageBody":"x","MessageAttributes":{"A":{"DataType":"String"}}}""", "InvalidParameterValue")]
    [InlineData("""{"MessageBody":"x","MessageAttributes":{"A":{"DataType":"String","StringValue":""}}}""", "InvalidParameterValue")]
    [InlineData("""{"MessageBody":"x","MessageAttributes":{"AWS.A":{"DataType":"String","StringValue":"x"}}}""", "InvalidParameterValue")]
    [InlineData("""{"MessageBody":"x","MessageAttributes":{"a b":{"DataType":"String","StringValue":"x"}}}""", "InvalidParameterValue")]
    public async Task A_message_that_cannot_be_is_refused(string message, string code)
    {
        var input = JsonNode.Parse(message)!.AsObject();
        input["QueueUrl"] = url;

        Assert.Equal(code, (await Api.RefusedAsync(() => api.JsonAsync("AmazonSQS.SendMessage", input))).Code);
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task A_delayed_message_is_invisible_until_its_time()
    {
        await api.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "later", ["DelaySeconds"] = 60 });

        Assert.Empty(await ReceiveAsync());
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Single(await ReceiveAsync());
    }

    [Fact]
    public async Task A_message_is_forgotten_after_its_retention_period()
    {
        await SendAsync("old");
        clock.Advance(TimeSpan.FromDays(4));

        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task The_digests_are_those_that_clients_check()
    {
        var answer = await api.JsonAsync("AmazonSQS.SendMessage", new JsonObject
        {
            ["QueueUrl"] = url,
            ["MessageBody"] = "hello",
            ["MessageAttributes"] = new JsonObject { ["A"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "x" } },
        });

        Assert.Equal("5d41402abc4b2a76b9719d911017c592", answer["MD5OfMessageBody"]!.ToString());
        // md5 of 00000001 "A" 00000006 "String" 01 00000001 "x", by an independent tool.
        Assert.Equal("786dfed7f522eb6d216c5bcd0098de7f", answer["MD5OfMessageAttributes"]!.ToString());
    }

    [Fact]
    public async Task Attributes_of_a_message_come_back_when_asked_for()
    {
        await api.JsonAsync("AmazonSQS.SendMessage", new JsonObject
        {
            ["QueueUrl"] = url,
            ["MessageBody"] = "hello",
            ["MessageAttributes"] = new JsonObject { ["A"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "x" } },
        });

        var answer = await api.JsonAsync("AmazonSQS.ReceiveMessage", new JsonObject
        {
            ["QueueUrl"] = url,
            ["MessageAttributeNames"] = new JsonArray("All"),
            ["MessageSystemAttributeNames"] = new JsonArray("ApproximateReceiveCount"),
        });

        var message = answer["Messages"]![0]!;
        Assert.Equal("x", message["MessageAttributes"]!["A"]!["StringValue"]!.ToString());
        Assert.Equal("""{"ApproximateReceiveCount":"1"}""", message["Attributes"]!.ToJsonString());
    }

    [Fact]
    public async Task A_message_received_too_often_moves_to_the_dead_letter_queue()
    {
        cloud.Sqs.PutQueue(Account, "dead");
        cloud.Sqs.PutQueue(
            Account,
            "work",
            new Dictionary<string, string>
            {
                ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:{{Account}}:dead","maxReceiveCount":2}"""
            });
        await SendAsync("poison");
        for (var i = 0; i < 3; i++)
        {
            await ReceiveAsync();
            clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Empty(cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{Account}:work"));
        Assert.Equal("poison", cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{Account}:dead").Single().Body);
    }

    [Fact]
    public async Task A_message_that_is_empty_or_too_large_is_refused()
    {
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => SendAsync(""))).Code);
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => SendAsync(new string('x', (1024 * 1024) + 1)))).Code);
    }
}
