using System.Text.Json;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>Between a spoke's function and the cloud: tells of every call that a look makes and that is no mere question.</summary>
/// <param name="account">Whose function it is.</param>
/// <param name="violations">Where it is told.</param>
internal sealed class LookGuard(HttpMessageHandler cloud, string account, List<string> violations) : DelegatingHandler(cloud)
{
    private static readonly string[] Questions = ["Get", "Describe", "List"];
    private bool looks;

    /// <summary>An invocation begins; an environment has one at a time.</summary>
    public void Begin(ReadOnlySpan<byte> payload) => looks = IsLook(payload);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (looks && (Operation(request) is not { } operation || !Array.Exists(Questions, word => operation.StartsWith(word, StringComparison.Ordinal))))
            violations.Add($"A look in {account} makes a call that is no question: {Operation(request) ?? request.RequestUri?.ToString()}");
        return base.SendAsync(request, cancellationToken);
    }

    private static string? Operation(HttpRequestMessage request) =>
        request.Headers.TryGetValues("X-Amz-Target", out var targets) ? targets.First().Split('.')[^1] : null;

    private static bool IsLook(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        using var json = JsonDocument.ParseValue(ref reader);
        var root = json.RootElement;
        return root.ValueKind == JsonValueKind.Object
            && ((root.TryGetProperty("look", out var look) && look.ValueKind == JsonValueKind.True)
                || (root.TryGetProperty("Records", out var records) && records[0].TryGetProperty("Sns", out _)));
    }
}
