namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>
/// An endpoint did not take a request. The message names neither address nor body: both may hold a secret, and it goes to the dead-letter queue.
/// </summary>
internal sealed class EndpointFailure(
    string reason,
    bool isFinal,
    TimeSpan retryAfter = default) : Exception($"Unable to invoke ApiDestination endpoint: {reason}")
{
    /// <summary>It is not tried again.</summary>
    public bool IsFinal { get; } = isFinal;

    /// <summary>How long the endpoint asked to be left alone; zero where it did not.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
