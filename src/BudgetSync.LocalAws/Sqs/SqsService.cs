using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>Amazon SQS: standard queues with visibility timeouts, policies and dead-letter queues.</summary>
public sealed class SqsService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<(string AccountId, string Name), Queue> queues = new();

    /// <summary>
    /// What clients of the older Query protocol know an error by (SQS developer guide, "AWS JSON protocol"; names of the API's version before JSON);
    /// an error that is not here has the same name in both.
    /// </summary>
    private static readonly FrozenDictionary<string, string> QueryErrors = new Dictionary<string, string>
    {
        ["QueueDoesNotExist"] = "AWS.SimpleQueueService.NonExistentQueue",
        ["QueueNameExists"] = "QueueAlreadyExists",
        ["BatchEntryIdsNotDistinct"] = "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
        ["BatchRequestTooLong"] = "AWS.SimpleQueueService.BatchRequestTooLong",
        ["EmptyBatchRequest"] = "AWS.SimpleQueueService.EmptyBatchRequest",
        ["InvalidBatchEntryId"] = "AWS.SimpleQueueService.InvalidBatchEntryId",
        ["TooManyEntriesInBatchRequest"] = "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        ["UnsupportedOperation"] = "AWS.SimpleQueueService.UnsupportedOperation",
        ["MessageNotInflight"] = "AWS.SimpleQueueService.MessageNotInflight",
        ["PurgeQueueInProgress"] = "AWS.SimpleQueueService.PurgeQueueInProgress",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal SqsService(LocalCloud cloud)
        : base("sqs", WireProtocol.Json10, "AmazonSQS")
    {
        this.cloud = cloud;
        cloud.Iam.AddResourcePolicies(SigningName, arn => Named(arn)?.Policy);
        Operation("CreateQueue", SqsShapes.CreateQueue, NeedsByName, CreateQueue);
        Operation("DeleteQueue", SqsShapes.OneQueue, NeedsByUrl("sqs:DeleteQueue"), call => Done(() => queues.TryRemove(Key(call), out _)));
        Operation("GetQueueUrl", SqsShapes.GetQueueUrl, NeedsByName, call => new JsonObject { ["QueueUrl"] = Existing((call.Input.Text("QueueOwnerAWSAccountId") ?? call.AccountId, call.Input.RequiredText("QueueName"))).Url });
        Operation("ListQueues", SqsShapes.ListQueues, call => [new IamRequest("sqs:ListQueues", $"arn:aws:sqs:{call.Region}:{call.AccountId}:*")], ListQueues);
        Operation("GetQueueAttributes", SqsShapes.GetQueueAttributes, NeedsByUrl("sqs:GetQueueAttributes"), GetQueueAttributes);
        Operation("SetQueueAttributes", SqsShapes.SetQueueAttributes, NeedsByUrl("sqs:SetQueueAttributes"), call => Done(() => Queue(call).Set(Attributes(call))));
        Operation("PurgeQueue", SqsShapes.OneQueue, NeedsByUrl("sqs:PurgeQueue"), call => Done(() => Queue(call).Purge()));
        Operation("SendMessage", SqsShapes.SendMessage, NeedsByUrl("sqs:SendMessage"), call => Send(Queue(call), call.Input));
        Operation("SendMessageBatch", SqsShapes.SendMessageBatch, NeedsByUrl("sqs:SendMessage"), call => Batch(call, entry => Send(Queue(call), entry)));
        OperationAsync("ReceiveMessage", SqsShapes.ReceiveMessage, NeedsByUrl("sqs:ReceiveMessage"), ReceiveMessageAsync);
        Operation("DeleteMessage", SqsShapes.DeleteMessage, NeedsByUrl("sqs:DeleteMessage"), call => Done(() => Queue(call).Delete(call.Input.RequiredText("ReceiptHandle"))));
        Operation("DeleteMessageBatch", SqsShapes.DeleteMessageBatch, NeedsByUrl("sqs:DeleteMessage"), call => Batch(call, entry => Done(() => Queue(call).Delete(entry.RequiredText("ReceiptHandle")))));
        Operation("ChangeMessageVisibility", SqsShapes.ChangeMessageVisibility, NeedsByUrl("sqs:ChangeMessageVisibility"), call => Done(() => Queue(call).ChangeVisibility(
            call.Input.RequiredText("ReceiptHandle"),
            TimeSpan.FromSeconds(call.Input.Whole("VisibilityTimeout") ?? 0))));
    }

    public override string ValidationCode => "InvalidParameterValue";

    internal override string ErrorType(string code) => $"com.amazonaws.sqs#{code}";

    internal override IEnumerable<KeyValuePair<string, string>> ErrorHeaders(AwsException error) =>
        [KeyValuePair.Create("x-amzn-query-error", $"{QueryErrors.GetValueOrDefault(error.Code, error.Code)};{(error.Status < 500 ? "Sender" : "Receiver")}")];

    /// <summary>Creates a queue, or sets the attributes of the one that exists, and returns its URL.</summary>
    public string PutQueue(string accountId, string name, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var queue = queues.GetOrAdd((accountId, name), key => new Queue(key.AccountId, cloud.Options.Region, key.Name, cloud.Time));
        queue.Set(attributes ?? new Dictionary<string, string>());
        return queue.Url;
    }

    public void DeleteQueue(string accountId, string name) => queues.TryRemove((accountId, name), out _);

    /// <summary>What a queue holds, received or not, oldest first.</summary>
    /// <exception cref="AwsException">QueueDoesNotExist.</exception>
    public IReadOnlyList<Message> Messages(string queueArn) => (Named(queueArn) ?? throw Missing()).Messages();

    /// <summary>Sends a message as somebody: another service's way into a queue.</summary>
    internal Task SendAsync(Caller caller, string queueArn, string body, JsonObject? attributes, CancellationToken cancellation)
    {
        if (!Arn.TryParse(queueArn, out var arn)) throw Missing();
        var input = new JsonObject { ["QueueUrl"] = $"https://sqs.{arn.Region}.amazonaws.com/{arn.AccountId}/{arn.Resource}", ["MessageBody"] = body };
        if (attributes is not null) input["MessageAttributes"] = attributes;
        return cloud.Gateway.InvokeAsync(this, new AwsCall(SigningName, "SendMessage", caller, arn.Region, input) { RequestId = cloud.Gateway.NewRequestId() }, cancellation);
    }

    private JsonObject CreateQueue(AwsCall call)
    {
        var name = call.Input.RequiredText("QueueName");
        if (name.EndsWith(".fifo", StringComparison.Ordinal)) throw new AwsException("InvalidParameterValue", "LocalAws knows standard queues only.");
        if (name.Length is 0 or > 80 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw new AwsException("InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        return new JsonObject { ["QueueUrl"] = PutQueue(call.AccountId, name, Attributes(call).ToDictionary()) };
    }

    private JsonObject ListQueues(AwsCall call)
    {
        var prefix = call.Input.Text("QueueNamePrefix") ?? "";
        var urls = queues.Where(queue => queue.Key.AccountId == call.AccountId && queue.Key.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(queue => queue.Value.Url)
            .Order(StringComparer.Ordinal);
        return new JsonObject { ["QueueUrls"] = new JsonArray([.. urls.Select(url => JsonValue.Create(url))]) };
    }

    private JsonObject GetQueueAttributes(AwsCall call)
    {
        var names = call.Input.Texts("AttributeNames").ToHashSet(StringComparer.Ordinal);
        var asked = Queue(call).Attributes().Where(attribute => names.Contains("All") || names.Contains(attribute.Key));
        return new JsonObject { ["Attributes"] = new JsonObject(asked.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)attribute.Value))) };
    }

    private JsonObject Send(Queue queue, JsonObject input)
    {
        var body = input.RequiredText("MessageBody");
        var limit = int.Parse(queue.Attributes()["MaximumMessageSize"], CultureInfo.InvariantCulture);
        if (Encoding.UTF8.GetByteCount(body) is var size && (size == 0 || size > limit))
            throw new AwsException("InvalidParameterValue", $"One or more parameters are invalid. Reason: Message must be 1 to {limit} bytes, and has {size}.");
        var attributes = (JsonObject?)input["MessageAttributes"]?.DeepClone() ?? [];
        var delay = input.Whole("DelaySeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var id = cloud.Gateway.NewRequestId();
        queue.Send(id, body, attributes, delay);
        var answer = new JsonObject { ["MessageId"] = id, ["MD5OfMessageBody"] = Digest.OfBody(body) };
        if (attributes.Count > 0) answer["MD5OfMessageAttributes"] = Digest.OfAttributes(attributes);
        return answer;
    }

    private async Task<JsonObject> ReceiveMessageAsync(AwsCall call, CancellationToken cancellation)
    {
        var queue = Queue(call);
        var most = call.Input.Whole("MaxNumberOfMessages") ?? 1;
        var visibility = call.Input.Whole("VisibilityTimeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var wait = TimeSpan.FromSeconds(call.Input.Whole("WaitTimeSeconds") ?? 0);
        var until = cloud.Time.GetUtcNow() + wait;
        while (true)
        {
            var arrival = queue.Arrival;
            var (received, dead) = queue.Receive(most, visibility);
            foreach (var message in dead)
            {
                if (Named(queue.Redrive()!.Value.TargetArn) is { } target) target.Send(message.Id, message.Body, message.Attributes, null);
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

    /// <summary>Runs each entry of a batch by itself: one that fails leaves the others done.</summary>
    private static JsonObject Batch(AwsCall call, Func<JsonObject, JsonObject> run)
    {
        var (successful, failed) = (new JsonArray(), new JsonArray());
        var entries = call.Input.Structures("Entries").ToList();
        if (entries.Count is 0 or > 10) throw new AwsException(entries.Count == 0 ? "EmptyBatchRequest" : "TooManyEntriesInBatchRequest", $"A batch has 1 to 10 entries, this one {entries.Count}.");
        foreach (var entry in entries)
        {
            var id = entry.RequiredText("Id");
            try
            {
                var done = run(entry);
                done["Id"] = id;
                successful.Add(done);
            }
            catch (AwsException refused)
            {
                failed.Add(new JsonObject { ["Id"] = id, ["SenderFault"] = true, ["Code"] = refused.Code, ["Message"] = refused.Message });
            }
        }

        return new JsonObject { ["Successful"] = successful, ["Failed"] = failed };
    }

    private static JsonObject Done(Action act)
    {
        act();
        return [];
    }

    private static IEnumerable<KeyValuePair<string, string>> Attributes(AwsCall call) => call.Input.TextMap("Attributes");

    private IEnumerable<IamRequest> NeedsByName(AwsCall call) =>
        [new IamRequest($"sqs:{call.Operation}", $"arn:aws:sqs:{cloud.Options.Region}:{call.Input.Text("QueueOwnerAWSAccountId") ?? call.AccountId}:{call.Input.RequiredText("QueueName")}")];

    private Func<AwsCall, IEnumerable<IamRequest>> NeedsByUrl(string action) =>
        call => [new IamRequest(action, $"arn:aws:sqs:{cloud.Options.Region}:{Key(call).AccountId}:{Key(call).Name}")];

    private Queue Queue(AwsCall call) => Existing(Key(call));

    private Queue Existing((string AccountId, string Name) key) => queues.GetValueOrDefault(key) ?? throw Missing();

    private Queue? Named(string queueArn) => Arn.TryParse(queueArn, out var arn) ? queues.GetValueOrDefault((arn.AccountId, arn.Resource)) : null;

    /// <summary>The queue of a URL: its last two segments, whatever host stands before them.</summary>
    private static (string AccountId, string Name) Key(AwsCall call) =>
        call.Input.RequiredText("QueueUrl").Split('/') is [.., var account, var name] ? (account, name) : throw Missing();

    private static AwsException Missing() => new("QueueDoesNotExist", "The specified queue does not exist.");
}
