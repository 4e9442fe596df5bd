using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.Sqs;

public sealed class QueueTests : QueueTestBed
{
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
    [InlineData("ReceiveMessage", "AttributeNames")]
    [InlineData("ReceiveMessage", "MessageSystemAttributeNames")]
    [InlineData("GetQueueAttributes", "AttributeNames")]
    public async Task An_attribute_that_nothing_has_cannot_be_asked_for(string operation, string member) => Assert.Equal(
        "InvalidAttributeName",
        (await Api.RefusedAsync(
            () => api.JsonAsync($"AmazonSQS.{operation}", new JsonObject { ["QueueUrl"] = url, [member] = new JsonArray("Colour") }))).Code);

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
}
