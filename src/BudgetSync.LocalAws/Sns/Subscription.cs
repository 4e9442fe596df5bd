namespace BudgetSync.LocalAws.Sns;

/// <summary>Who wants a topic's messages. Functions get them; of all others it is only recorded: nothing is sent to mail or phones from here.</summary>
public sealed record Subscription(string Arn, string TopicArn, string Protocol, string Endpoint)
{
    /// <summary>Whoever is not of AWS must follow a link first, which <see cref="SnsService.Confirm"/> does.</summary>
    public bool Confirmed { get; init; }

    /// <summary>The ARN of the queue that gets what could not be delivered; null where that is lost.</summary>
    public string? DeadLetterArn { get; init; }
}
