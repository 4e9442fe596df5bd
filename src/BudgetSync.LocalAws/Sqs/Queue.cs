using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>One standard queue. Guards itself: calls come from many threads.</summary>
internal sealed class Queue(string accountId, string region, string name, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, string> attributes = new(QueueAttributes.Defaults, StringComparer.Ordinal);
    private readonly DateTimeOffset created = time.GetUtcNow();
    private DateTimeOffset modified = time.GetUtcNow();
    private DateTimeOffset? purged;
    private List<Message> messages = [];
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long nextReceipt;

    public string Arn { get; } = $"arn:aws:sqs:{region}:{accountId}:{name}";

    public string Url { get; } = $"https://sqs.{region}.amazonaws.com/{accountId}/{name}";

    public PolicyDocument? Policy { get; private set; }

    /// <summary>Completes when the next message arrives.</summary>
    public Task Arrival
    {
        get
        {
            lock (gate) return arrival.Task;
        }
    }

    /// <summary>Sets attributes that were checked; an empty text takes a policy away.</summary>
    public void Set(IReadOnlyCollection<KeyValuePair<string, string>> values)
    {
        lock (gate)
        {
            foreach (var (name, value) in values)
            {
                if (name == "Policy") Policy = value.Length == 0 ? null : PolicyDocument.Parse(value);
                if (value.Length == 0) attributes.Remove(name);
                else attributes[name] = value;
            }

            if (values.Count > 0) modified = time.GetUtcNow();
        }
    }

    /// <summary>The first attribute that is given otherwise than this queue has it; null where there is none.</summary>
    public string? Difference(IEnumerable<KeyValuePair<string, string>> values)
    {
        lock (gate) return values.FirstOrDefault(given => attributes.GetValueOrDefault(given.Key, "") != given.Value).Key;
    }

    public IReadOnlyDictionary<string, string> Attributes()
    {
        lock (gate)
        {
            Forget();
            var now = time.GetUtcNow();
            return new Dictionary<string, string>(attributes, StringComparer.Ordinal)
            {
                ["QueueArn"] = Arn,
                ["CreatedTimestamp"] = created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["LastModifiedTimestamp"] = modified.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["ApproximateNumberOfMessages"] = messages.Count(message => message.VisibleAt <= now).ToString(CultureInfo.InvariantCulture),
                ["ApproximateNumberOfMessagesNotVisible"] = messages.Count(message => message.VisibleAt > now && message.ReceiveCount > 0)
                    .ToString(CultureInfo.InvariantCulture),
                ["ApproximateNumberOfMessagesDelayed"] = messages.Count(message => message.VisibleAt > now && message.ReceiveCount == 0)
                    .ToString(CultureInfo.InvariantCulture),
            };
        }
    }

    public IReadOnlyList<Message> Messages()
    {
        lock (gate)
        {
            Forget();
            return [.. messages];
        }
    }

    /// <summary>How long a receive waits for a message where its caller does not say.</summary>
    public TimeSpan ReceiveWait
    {
        get
        {
            lock (gate) return Seconds("ReceiveMessageWaitTimeSeconds");
        }
    }

    public int MaximumMessageBytes
    {
        get
        {
            lock (gate) return int.Parse(attributes["MaximumMessageSize"], CultureInfo.InvariantCulture);
        }
    }

    public void Send(string id, string body, JsonObject messageAttributes, TimeSpan? delay)
    {
        TaskCompletionSource arrived;
        lock (gate)
        {
            var now = time.GetUtcNow();
            messages.Add(new Message(id, body, messageAttributes, now) { VisibleAt = now + (delay ?? Seconds("DelaySeconds")) });
            arrived = arrival;
            arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        arrived.SetResult();
    }

    /// <summary>
    /// Receives up to <paramref name="most"/> messages, oldest first. What was received too often already comes out apart, for the dead-letter queue.
    /// </summary>
    public (IReadOnlyList<Message> Received, IReadOnlyList<Message> Dead) Receive(int most, TimeSpan? visibility)
    {
        lock (gate)
        {
            Forget();
            var now = time.GetUtcNow();
            var redrive = Redrive();
            List<Message> received = [], dead = [], kept = [];
            foreach (var message in messages)
            {
                if (message.VisibleAt > now || received.Count == most)
                {
                    kept.Add(message);
                }
                else if (redrive is { } limit && message.ReceiveCount >= limit.MaximumReceives)
                {
                    dead.Add(message);
                }
                else
                {
                    var taken = message with
                    {
                        VisibleAt = now + (visibility ?? Seconds("VisibilityTimeout")),
                        ReceiveCount = message.ReceiveCount + 1,
                        FirstReceivedAt = message.FirstReceivedAt ?? now,
                        Receipt = Receipt(message.Id, nextReceipt++),
                    };
                    received.Add(taken);
                    kept.Add(taken);
                }
            }

            messages = kept;
            return (received, dead);
        }
    }

    /// <summary>The dead-letter queue of RedrivePolicy; null where there is none.</summary>
    public (string TargetArn, int MaximumReceives)? Redrive()
    {
        lock (gate)
        {
            return attributes.TryGetValue("RedrivePolicy", out var policy) ? QueueAttributes.Redrive(policy) : null;
        }
    }

    /// <summary>
    /// Deletes the message of a receipt. One that is gone already is a success, and so is an older receipt of a message that came again, which deletes nothing.
    /// </summary>
    /// <exception cref="AwsException">ReceiptHandleIsInvalid: this queue never gave it out.</exception>
    public void Delete(string receipt)
    {
        RequireOwn(receipt);
        lock (gate) messages.RemoveAll(message => message.Receipt == receipt);
    }

    /// <exception cref="AwsException">
    /// ReceiptHandleIsInvalid; MessageNotInflight: its time is over; InvalidParameterValue: it is gone, or came again.
    /// </exception>
    public void ChangeVisibility(string receipt, TimeSpan visibility)
    {
        RequireOwn(receipt);
        lock (gate)
        {
            Forget();
            var now = time.GetUtcNow();
            var index = messages.FindIndex(message => message.Receipt == receipt);
            if (index < 0)
            {
                throw new AwsException(
                    "InvalidParameterValue",
                    $"Value {receipt} for parameter ReceiptHandle is invalid. Reason: Message "
                        + "does not exist or is not available for visibility timeout change.");
            }

            if (messages[index].VisibleAt <= now) throw new AwsException("MessageNotInflight", "The message is not in flight.");
            messages[index] = messages[index] with { VisibleAt = now + visibility };
        }
    }

    /// <exception cref="AwsException">PurgeQueueInProgress: it was purged less than a minute ago.</exception>
    public void Purge()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now - purged < AwsLimits.Sqs.PurgeRest)
                throw new AwsException("PurgeQueueInProgress", $"Only one PurgeQueue operation on {name} is allowed every 60 seconds.");
            purged = now;
            messages.Clear();
        }
    }

    /// <summary>A receipt handle says which queue gave it out, so that a made-up one is told from an old one without remembering any.</summary>
    private string Receipt(string messageId, long number) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Arn} {messageId} {number}")));

    private void RequireOwn(string receipt)
    {
        var bytes = new byte[receipt.Length];
        var isOwn = Convert.TryFromBase64String(receipt, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).StartsWith(Arn + " ", StringComparison.Ordinal);
        if (!isOwn) throw new AwsException("ReceiptHandleIsInvalid", $"The input receipt handle \"{receipt}\" is not a valid receipt handle.");
    }

    private void Forget()
    {
        var oldest = time.GetUtcNow() - Seconds("MessageRetentionPeriod");
        messages.RemoveAll(message => message.SentAt <= oldest);
    }

    private TimeSpan Seconds(string attribute) => TimeSpan.FromSeconds(int.Parse(attributes[attribute], CultureInfo.InvariantCulture));
}
