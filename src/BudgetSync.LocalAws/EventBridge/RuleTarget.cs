namespace BudgetSync.LocalAws.EventBridge;

/// <summary>Where a rule sends what it matches.</summary>
/// <param name="Id">Unique within the rule.</param>
/// <param name="Arn">A Lambda function, an event bus, an API destination, an SQS queue or an SNS topic.</param>
public sealed record RuleTarget(string Id, string Arn)
{
    /// <summary>The role EventBridge assumes to put events on another bus, or to call an API destination.</summary>
    public string? RoleArn { get; init; }

    /// <summary>A constant JSON text sent instead of the event.</summary>
    public string? Input { get; init; }

    /// <summary>A part of the event sent instead of the whole, for example <c>$.detail</c>.</summary>
    public string? InputPath { get; init; }

    /// <summary>The SQS queue for what cannot be delivered.</summary>
    public string? DeadLetterArn { get; init; }

    /// <summary>0 to 185.</summary>
    public int MaximumRetryAttempts { get; init; } = 185;

    /// <summary>60 seconds to 24 hours.</summary>
    public TimeSpan MaximumEventAge { get; init; } = TimeSpan.FromHours(24);
}
