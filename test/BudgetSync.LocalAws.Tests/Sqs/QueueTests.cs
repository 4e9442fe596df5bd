using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Sqs;

public sealed class QueueTests
{
    private const string Account = "111122223333";
    private const string Other = "444455556666";

    private readonly VirtualClock clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly LocalCloud cloud;
    private readonly Api api;
    private readonly string url;

    public QueueTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        api = new Api(cloud, Account);
        url = cloud.Sqs.PutQueue(Account, "work");
    }

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
    [InlineData("nowhere", "x", "com.amazonaws.sqs#QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue;Sender")]
    [InlineData("work", "made-up", "com.amazonaws.sqs#ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid;Sender")]
    public async Task Errors_carry_the_code_of_the_Query_protocol_in_a_header(string queue, string receipt, string type, string header)
    {
        using var client = new HttpClient(cloud.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/")
        {
            Content = new StringContent($$"""{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/{{Account}}/{{queue}}","ReceiptHandle":"{{receipt}}"}"""),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.DeleteMessage");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={Account}/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=none");

        using var response = await client.SendAsync(request);

        Assert.Equal(type, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["__type"]!.ToString());
        Assert.Equal(header, response.Headers.GetValues("x-amzn-query-error").Single());
    }

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

    [Fact]
    public async Task A_receive_waits_as_long_as_its_queue_says_where_its_caller_does_not()
    {
        cloud.Sqs.PutQueue(Account, "work", new Dictionary<string, string> { ["ReceiveMessageWaitTimeSeconds"] = "20" });

        var waiting = api.JsonAsync("AmazonSQS.ReceiveMessage", new JsonObject { ["QueueUrl"] = url });
        var impatient = await api.JsonAsync("AmazonSQS.ReceiveMessage", new JsonObject { ["QueueUrl"] = url, ["WaitTimeSeconds"] = 0 });
        Assert.False(waiting.IsCompleted);
        await SendAsync("hello");

        Assert.Null(impatient["Messages"]);
        Assert.Equal("hello", (await waiting)["Messages"]![0]!["Body"]!.ToString());
    }

    [Fact]
    public async Task A_queue_that_exists_is_created_again_only_with_the_same_attributes()
    {
        var create = (string timeout) => api.JsonAsync("AmazonSQS.CreateQueue", new JsonObject
        {
            ["QueueName"] = "work",
            ["Attributes"] = new JsonObject { ["VisibilityTimeout"] = timeout },
        });

        var other = await Api.RefusedAsync(() => create("31"));
        var same = await create("30");
        var none = await api.JsonAsync("AmazonSQS.CreateQueue", new JsonObject { ["QueueName"] = "work" });

        Assert.Equal(
            ("QueueNameExists", "A queue already exists with the same name and a different value for attribute VisibilityTimeout"),
            (other.Code, other.Text));
        Assert.Equal((url, url), (same["QueueUrl"]!.ToString(), none["QueueUrl"]!.ToString()));
    }

    [Fact]
    public async Task The_name_of_a_deleted_queue_rests_for_60_seconds()
    {
        await api.JsonAsync("AmazonSQS.DeleteQueue", new JsonObject { ["QueueUrl"] = url });
        var create = () => api.JsonAsync("AmazonSQS.CreateQueue", new JsonObject { ["QueueName"] = "work" });

        clock.Advance(TimeSpan.FromSeconds(59));
        var early = await Api.RefusedAsync(create);
        clock.Advance(TimeSpan.FromSeconds(1));
        await create();

        Assert.Equal("QueueDeletedRecently", early.Code);
    }

    [Fact]
    public async Task A_queue_is_purged_once_in_60_seconds()
    {
        var purge = () => api.JsonAsync("AmazonSQS.PurgeQueue", new JsonObject { ["QueueUrl"] = url });
        await purge();

        clock.Advance(TimeSpan.FromSeconds(59));
        var early = await Api.RefusedAsync(purge);
        clock.Advance(TimeSpan.FromSeconds(1));
        await purge();

        Assert.Equal("PurgeQueueInProgress", early.Code);
    }

    [Theory]
    [InlineData("Colour", "red", "InvalidAttributeName")]
    [InlineData("QueueArn", "x", "InvalidAttributeName")]
    [InlineData("DelaySeconds", "901", "InvalidAttributeValue")]
    [InlineData("DelaySeconds", "-1", "InvalidAttributeValue")]
    [InlineData("DelaySeconds", "soon", "InvalidAttributeValue")]
    [InlineData("MaximumMessageSize", "1023", "InvalidAttributeValue")]
    [InlineData("MaximumMessageSize", "1048577", "InvalidAttributeValue")]
    [InlineData("MessageRetentionPeriod", "59", "InvalidAttributeValue")]
    [InlineData("MessageRetentionPeriod", "1209601", "InvalidAttributeValue")]
    [InlineData("ReceiveMessageWaitTimeSeconds", "21", "InvalidAttributeValue")]
    [InlineData("VisibilityTimeout", "43201", "InvalidAttributeValue")]
    [InlineData("Policy", "{", "InvalidAttributeValue")]
    [InlineData("Policy", """{"Statement":[{"Effect":"Perhaps"}]}""", "InvalidAttributeValue")]
    [InlineData("SqsManagedSseEnabled", "yes", "InvalidAttributeValue")]
    [InlineData("RedrivePolicy", "{", "InvalidParameterValue")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:work"}""", "InvalidParameterValue")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:none","maxReceiveCount":1}""", "InvalidParameterValue")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:work","maxReceiveCount":0}""", "InvalidParameterValue")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:work","maxReceiveCount":1001}""", "InvalidParameterValue")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:work","maxReceiveCount":1}""", "InvalidParameterValue")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:444455556666:work","maxReceiveCount":1}""", "InvalidParameterValue")]
    public async Task An_attribute_that_cannot_be_is_refused_and_nothing_is_set(string name, string value, string code)
    {
        var attributes = new JsonObject { ["VisibilityTimeout"] = "5", [name] = value };

        var set =
            await Api.RefusedAsync(
                () => api.JsonAsync("AmazonSQS.SetQueueAttributes", new JsonObject { ["QueueUrl"] = url, ["Attributes"] = attributes.DeepClone() }));
        var create =
            await Api.RefusedAsync(() => api.JsonAsync("AmazonSQS.CreateQueue", new JsonObject { ["QueueName"] = "fresh", ["Attributes"] = attributes }));
        var kept =
            await api.JsonAsync("AmazonSQS.GetQueueAttributes", new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("VisibilityTimeout") });

        Assert.Equal((code, code), (set.Code, create.Code));
        Assert.Equal("30", kept["Attributes"]!["VisibilityTimeout"]!.ToString());
        Assert.Equal(
            "QueueDoesNotExist",
            (await Api.RefusedAsync(() => api.JsonAsync("AmazonSQS.GetQueueUrl", new JsonObject { ["QueueName"] = "fresh" }))).Code);
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

    [Theory]
    [InlineData("ReceiveMessage", "AttributeNames")]
    [InlineData("ReceiveMessage", "MessageSystemAttributeNames")]
    [InlineData("GetQueueAttributes", "AttributeNames")]
    public async Task An_attribute_that_nothing_has_cannot_be_asked_for(string operation, string member) => Assert.Equal(
        "InvalidAttributeName",
        (await Api.RefusedAsync(
            () => api.JsonAsync($"AmazonSQS.{operation}", new JsonObject { ["QueueUrl"] = url, [member] = new JsonArray("Colour") }))).Code);

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
    public async Task Queues_are_created_found_listed_counted_purged_and_deleted_over_the_wire()
    {
        var created =
            await api.JsonAsync(
                "AmazonSQS.CreateQueue",
                new JsonObject { ["QueueName"] = "fresh", ["Attributes"] = new JsonObject { ["VisibilityTimeout"] = "5" } });
        var found = await api.JsonAsync("AmazonSQS.GetQueueUrl", new JsonObject { ["QueueName"] = "fresh" });
        var listed = await api.JsonAsync("AmazonSQS.ListQueues", new JsonObject { ["QueueNamePrefix"] = "fr" });
        await SendAsync("x");
        await api.JsonAsync("AmazonSQS.PurgeQueue", new JsonObject { ["QueueUrl"] = url });
        var attributes = await api.JsonAsync("AmazonSQS.GetQueueAttributes", new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("All") });
        await api.JsonAsync("AmazonSQS.DeleteQueue", new JsonObject { ["QueueUrl"] = url });
        var gone = await Api.RefusedAsync(() => SendAsync("x"));

        Assert.Equal(created["QueueUrl"]!.ToString(), found["QueueUrl"]!.ToString());
        Assert.Equal(created["QueueUrl"]!.ToString(), listed["QueueUrls"]!.AsArray().Single()!.ToString());
        Assert.Equal("0", attributes["Attributes"]!["ApproximateNumberOfMessages"]!.ToString());
        Assert.Equal($"arn:aws:sqs:us-east-1:{Account}:work", attributes["Attributes"]!["QueueArn"]!.ToString());
        Assert.Equal("QueueDoesNotExist", gone.Code);
    }

    [Fact]
    public async Task A_role_may_use_only_the_queues_its_policy_names()
    {
        var role = cloud.Iam.PutRole(Account, Policies.Role("Sender", Policies.Allow("sqs:SendMessage", $"arn:aws:sqs:us-east-1:{Account}:work")));
        using var sender = new Api(cloud, cloud.Sts.OpenSession(role, "s", TimeSpan.FromHours(1)));

        await sender.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "x" });
        var error = await Api.RefusedAsync(() => sender.JsonAsync("AmazonSQS.ReceiveMessage", new JsonObject { ["QueueUrl"] = url }));

        Assert.Equal(("AccessDenied", 403), (error.Code, error.Status));
        Assert.Contains(
            $"is not authorized to perform: sqs:ReceiveMessage on resource: arn:aws:sqs:us-east-1:{Account}:work because no identity-based policy allows",
            error.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_needs_the_queues_own_policy()
    {
        using var stranger = new Api(cloud, Other);
        var send = () => stranger.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "x" });

        var error = await Api.RefusedAsync(send);
        await api.JsonAsync("AmazonSQS.SetQueueAttributes", new JsonObject
        {
            ["QueueUrl"] = url,
            ["Attributes"] = new JsonObject
            {
                ["Policy"] =
                    $$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"{{Other}}"},"A"""
                        + $$"""ction":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:{{Account}}:work"}]}"""
            },
        });
        await send();

        Assert.Contains("no resource-based policy allows", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_empty_or_too_large_is_refused()
    {
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => SendAsync(""))).Code);
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => SendAsync(new string('x', (1024 * 1024) + 1)))).Code);
    }

    private Task<JsonObject> SendAsync(string body) => api.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = body });

    private async Task<List<(string Body, string Receipt)>> ReceiveAsync()
    {
        var answer = await api.JsonAsync("AmazonSQS.ReceiveMessage", new JsonObject { ["QueueUrl"] = url, ["MaxNumberOfMessages"] = 10 });
        return [.. (answer["Messages"]?.AsArray() ?? []).Select(message => (message!["Body"]!.ToString(), message["ReceiptHandle"]!.ToString()))];
    }
}
