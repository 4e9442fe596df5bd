using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>A request that is accepted, which fuzzing begins from.</summary>
/// <param name="Service">The service's signing name; the streams' own prefix tells them from DynamoDB.</param>
internal sealed record KnownRequest(string Service, string Operation, string Account, JsonObject Input)
{
    public string Name => $"{Service}:{Operation}";
}

/// <summary>
/// requests.json: what fills a cloud, in order, and one request or more of every other operation, each as <c>[service, operation, input, account]</c>.
/// </summary>
internal static class KnownRequests
{
    public const string Account = "999999999999";

    public static IReadOnlyList<KnownRequest> Setup { get; } = Read("setup");

    public static IReadOnlyList<KnownRequest> Others { get; } = Read("others");

    private static List<KnownRequest> Read(string part) =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fuzz/requests.json")))![part]!.AsArray()
            .Select(request => request!.AsArray())
            .Select(request => new KnownRequest(
                request[0]!.ToString(), request[1]!.ToString(), request.Count > 3 ? request[3]!.ToString() : Account, request[2]!.AsObject())),
    ];
}
