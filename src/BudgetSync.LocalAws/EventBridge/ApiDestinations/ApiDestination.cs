namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>An HTTPS endpoint that rules can have as a target.</summary>
/// <param name="Endpoint">Absolute, of https.</param>
/// <param name="PerSecond">How many requests it gets in a second; more wait.</param>
internal sealed record ApiDestination(string Arn, string Name, string ConnectionArn, Uri Endpoint, string Method, int PerSecond, DateTimeOffset CreatedAt)
{
    public string? Description { get; init; }

    public DateTimeOffset ModifiedAt { get; init; } = CreatedAt;

    public static bool IsArn(string arn) =>
        Kernel.Arn.TryParse(arn, out var parts) && parts.Service == "events" && parts.Resource.StartsWith("api-destination/", StringComparison.Ordinal);
}
