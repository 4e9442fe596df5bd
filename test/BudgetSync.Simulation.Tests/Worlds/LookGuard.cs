using System.Text.Json;
using System.Web;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// Between a spoke's function and the cloud: tells of every call that a look makes and that is no mere question. Only a look that has told that a budget is
/// altered may go on, as an apply.
/// </summary>
/// <param name="account">Whose function it is.</param>
/// <param name="violations">Where it is told.</param>
internal sealed class LookGuard(HttpMessageHandler cloud, string account, List<string> violations) : DelegatingHandler(cloud)
{
    private static readonly string[] Questions = ["Get", "Describe", "List"];
    private bool looks;

    /// <summary>An invocation begins; an environment has one at a time.</summary>
    public void Begin(ReadOnlySpan<byte> payload) => looks = IsLook(payload);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (looks)
        {
            var operation = await OperationAsync(request, cancellationToken);
            if (operation == "PutEvents" && TellsOfAltered(await request.Content!.ReadAsStringAsync(cancellationToken))) looks = false;
            else if (operation is null || !Array.Exists(Questions, word => operation.StartsWith(word, StringComparison.Ordinal)))
                violations.Add($"A look in {account} makes a call that is no question: {operation ?? request.RequestUri?.ToString()}");
        }

        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>What is called: by the header of AWS's JSON protocols, or by the form of its query protocol, which Amazon SNS speaks.</summary>
    private static async Task<string?> OperationAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (request.Headers.TryGetValues("X-Amz-Target", out var targets)) return targets.First().Split('.')[^1];
        if (request.Content is not { } content) return null;
        await content.LoadIntoBufferAsync(cancellation);
        var form = HttpUtility.ParseQueryString(await content.ReadAsStringAsync(cancellation));
        return form["Action"];
    }

    /// <summary>Whether the report in the event names a budget that counts something else than it should.</summary>
    private static bool TellsOfAltered(string body)
    {
        using var request = JsonDocument.Parse(body);
        using var detail = JsonDocument.Parse(request.RootElement.GetProperty("Entries")[0].GetProperty("Detail").GetString() ?? "{}");
        return detail.RootElement.GetProperty("responsePayload").TryGetProperty("budgets", out var budgets)
            && budgets.EnumerateArray().Any(budget => budget.TryGetProperty("altered", out var altered) && altered.GetBoolean());
    }

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
