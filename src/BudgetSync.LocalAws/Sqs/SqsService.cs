using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>
/// Amazon SQS: standard queues with visibility timeouts, policies and dead-letter queues.
/// Where a method takes a region, null is the cloud's home region.
/// </summary>
public sealed partial class SqsService : AwsService
{
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

    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, Queue> queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> deleted = new(StringComparer.Ordinal);

    internal SqsService(LocalCloud cloud)
        : base("sqs", WireProtocol.Json10, "AmazonSQS")
    {
        this.cloud = cloud;
        cloud.Iam.AddResourcePolicies(SigningName, arn => queues.GetValueOrDefault(arn)?.Policy);
        Operation("CreateQueue", SqsShapes.CreateQueue, NeedsByName, CreateQueue);
        Operation("DeleteQueue", SqsShapes.OneQueue, NeedsByUrl("sqs:DeleteQueue"), DeleteQueue);
        Operation("GetQueueUrl", SqsShapes.GetQueueUrl, NeedsByName, call => new JsonObject { ["QueueUrl"] = Existing(NamedArn(call)).Url });
        Operation("ListQueues", SqsShapes.ListQueues, call => [new IamRequest("sqs:ListQueues", $"arn:aws:sqs:{call.Region}:{call.AccountId}:*")], ListQueues);
        Operation("GetQueueAttributes", SqsShapes.GetQueueAttributes, NeedsByUrl("sqs:GetQueueAttributes"), GetQueueAttributes);
        Operation("SetQueueAttributes", SqsShapes.SetQueueAttributes, NeedsByUrl("sqs:SetQueueAttributes"), SetQueueAttributes);
        Operation("PurgeQueue", SqsShapes.OneQueue, NeedsByUrl("sqs:PurgeQueue"), PurgeQueue);
        Operation("SendMessage", SqsShapes.SendMessage, NeedsByUrl("sqs:SendMessage"), SendMessage);
        Operation("SendMessageBatch", SqsShapes.SendMessageBatch, NeedsByUrl("sqs:SendMessage"), SendBatch);
        OperationAsync("ReceiveMessage", SqsShapes.ReceiveMessage, NeedsByUrl("sqs:ReceiveMessage"), ReceiveMessageAsync);
        Operation("DeleteMessage", SqsShapes.DeleteMessage, NeedsByUrl("sqs:DeleteMessage"), DeleteMessage);
        Operation("DeleteMessageBatch", SqsShapes.DeleteMessageBatch, NeedsByUrl("sqs:DeleteMessage"), DeleteBatch);
        Operation("ChangeMessageVisibility", SqsShapes.ChangeMessageVisibility, NeedsByUrl("sqs:ChangeMessageVisibility"), ChangeVisibility);
    }

    public override string ValidationCode => "InvalidParameterValue";

    internal override string ErrorType(string code) => $"com.amazonaws.sqs#{code}";

    internal override IEnumerable<KeyValuePair<string, string>> ErrorHeaders(AwsException error) =>
        [KeyValuePair.Create("x-amzn-query-error", $"{QueryErrors.GetValueOrDefault(error.Code, error.Code)};{(error.Status < 500 ? "Sender" : "Receiver")}")];

    /// <summary>Creates a queue, or sets the attributes of the one that exists, and returns its URL.</summary>
    /// <exception cref="AwsException">InvalidAttributeName or InvalidAttributeValue.</exception>
    public string PutQueue(string accountId, string name, IReadOnlyDictionary<string, string>? attributes = null, string? region = null)
    {
        var place = region ?? cloud.Options.Region;
        var given = attributes ?? new Dictionary<string, string>();
        Check(ArnOf(accountId, place, name), given);
        var queue = queues.GetOrAdd(ArnOf(accountId, place, name), _ => new Queue(accountId, place, name, cloud.Time));
        queue.Set(given);
        return queue.Url;
    }

    public void DeleteQueue(string accountId, string name, string? region = null) =>
        queues.TryRemove(ArnOf(accountId, region ?? cloud.Options.Region, name), out _);

    /// <summary>What a queue holds, received or not, oldest first.</summary>
    /// <exception cref="AwsException">QueueDoesNotExist.</exception>
    public IReadOnlyList<Message> Messages(string queueArn) => Existing(queueArn).Messages();

    /// <summary>Sends a message as a given caller: another service's way into a queue.</summary>
    internal Task SendAsync(Caller caller, string queueArn, string body, JsonObject? attributes, CancellationToken cancellation)
    {
        if (!Arn.TryParse(queueArn, out var arn)) throw Missing();
        var input = new JsonObject { ["QueueUrl"] = new Queue(arn.AccountId, arn.Region, arn.Resource, cloud.Time).Url, ["MessageBody"] = body };
        if (attributes is not null) input["MessageAttributes"] = attributes;
        var call = new AwsCall(SigningName, "SendMessage", caller, arn.Region, input) { RequestId = cloud.Gateway.NewRequestId() };
        return cloud.Gateway.InvokeAsync(this, call, cancellation);
    }

    private JsonObject CreateQueue(AwsCall call)
    {
        var name = call.Input.RequiredText("QueueName");
        if (name.EndsWith(".fifo", StringComparison.Ordinal)) throw new AwsException("InvalidParameterValue", "LocalAws knows standard queues only.");
        if (name.Length is 0 or > 80 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw new AwsException("InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        var arn = ArnOf(call.AccountId, call.Region, name);
        var attributes = Attributes(call);
        if (queues.TryGetValue(arn, out var existing))
        {
            return existing.Difference(attributes) is { } different
                ? throw new AwsException("QueueNameExists", $"A queue already exists with the same name and a different value for attribute {different}")
                : new JsonObject { ["QueueUrl"] = existing.Url };
        }

        if (deleted.TryGetValue(arn, out var at) && cloud.Time.GetUtcNow() - at < AwsLimits.Sqs.NameRest)
            throw new AwsException("QueueDeletedRecently", "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
        return new JsonObject { ["QueueUrl"] = PutQueue(call.AccountId, name, attributes, call.Region) };
    }

    private JsonObject SetQueueAttributes(AwsCall call)
    {
        var queue = Existing(QueueArn(call));
        Check(queue.Arn, Attributes(call));
        queue.Set(Attributes(call));
        return [];
    }

    /// <exception cref="AwsException">
    /// InvalidAttributeName, InvalidAttributeValue, or InvalidParameterValue for a dead-letter queue that is not there.
    /// </exception>
    private void Check(string queueArn, IReadOnlyDictionary<string, string> attributes)
    {
        if (!Arn.TryParse(queueArn, out var arn)) throw Missing();
        foreach (var (name, value) in attributes) QueueAttributes.Check(arn, name, value);
        if (!attributes.TryGetValue("RedrivePolicy", out var policy) || policy.Length == 0 || queues.ContainsKey(QueueAttributes.Redrive(policy).TargetArn))
            return;
        throw new AwsException("InvalidParameterValue", $"Value {policy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.");
    }

    private JsonObject DeleteQueue(AwsCall call)
    {
        var arn = Existing(QueueArn(call)).Arn;
        queues.TryRemove(arn, out _);
        deleted[arn] = cloud.Time.GetUtcNow();
        return [];
    }

    private JsonObject ListQueues(AwsCall call)
    {
        var prefix = ArnOf(call.AccountId, call.Region, call.Input.Text("QueueNamePrefix") ?? "");
        var urls = queues.Where(queue => queue.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(queue => queue.Value.Url).Order(StringComparer.Ordinal);
        return new JsonObject { ["QueueUrls"] = new JsonArray([.. urls.Select(url => JsonValue.Create(url))]) };
    }

    private JsonObject GetQueueAttributes(AwsCall call)
    {
        var names = call.Input.Texts("AttributeNames").ToHashSet(StringComparer.Ordinal);
        foreach (var name in names) QueueAttributes.CheckName(name);
        var asked = Existing(QueueArn(call)).Attributes().Where(attribute => names.Contains("All") || names.Contains(attribute.Key));
        return new JsonObject { ["Attributes"] = new JsonObject(asked.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)attribute.Value))) };
    }

    private static Dictionary<string, string> Attributes(AwsCall call) => call.Input.TextMap("Attributes").ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<IamRequest> NeedsByName(AwsCall call) => [new IamRequest($"sqs:{call.Operation}", NamedArn(call))];

    private static Func<AwsCall, IEnumerable<IamRequest>> NeedsByUrl(string action) => call => [new IamRequest(action, QueueArn(call))];

    private Queue Existing(string queueArn) => queues.GetValueOrDefault(queueArn) ?? throw Missing();

    private static string NamedArn(AwsCall call) =>
        ArnOf(call.Input.Text("QueueOwnerAWSAccountId") ?? call.AccountId, call.Region, call.Input.RequiredText("QueueName"));

    /// <summary>The queue of a URL: its last two segments, whatever host stands before them, if that is not AWS's own of another region.</summary>
    /// <exception cref="AwsException">InvalidAddress, or QueueDoesNotExist for what is no URL of a queue.</exception>
    private static string QueueArn(AwsCall call)
    {
        var url = call.Input.RequiredText("QueueUrl");
        if (AwsHost().Match(url) is { Success: true } host && host.Groups["region"].Value != call.Region)
            throw new AwsException("InvalidAddress", $"The address {url} is not valid for this endpoint.");
        return url.Split('/') is [.., var account, var name] ? ArnOf(account, call.Region, name) : throw Missing();
    }

    private static string ArnOf(string accountId, string region, string name) => $"arn:aws:sqs:{region}:{accountId}:{name}";

    private static AwsException Missing() => new("QueueDoesNotExist", "The specified queue does not exist.");

    [GeneratedRegex(@"^https?://sqs\.(?<region>[a-z0-9-]+)\.amazonaws\.com/")]
    private static partial Regex AwsHost();
}
