using System.Net.Http.Headers;
using System.Text;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// <c>/_local/outside/HOST/PATH</c>: what a tool on this machine would send to <c>https://HOST/PATH</c> goes where the calls of API destinations go, so that
/// beside a local AWS no provider is called in earnest.
/// </summary>
internal static class OutsideRequests
{
    private const string Prefix = "/_local/outside/";

    private static readonly string[] Passed = ["Authorization", "User-Agent"];

    /// <summary>Null where the request is another.</summary>
    public static async Task<WireResponse?> AnswerAsync(LocalCloud cloud, WireRequest request, CancellationToken cancellation)
    {
        if (!request.Path.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        if (!Uri.TryCreate("https://" + request.Path[Prefix.Length..], UriKind.Absolute, out var address))
            return Refused(400, "There is no host after /_local/outside/.");
        if (cloud.Options.Outside is not { } outside) return Refused(502, $"This cloud reaches no address outside, and {address.Host} neither.");
        using var client = new HttpMessageInvoker(outside, disposeHandler: false);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), address) { Content = new ByteArrayContent(request.Body) };
        foreach (var name in Passed)
        {
            if (request.Header(name) is { } value) message.Headers.TryAddWithoutValidation(name, value);
        }

        if (MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out var type)) message.Content.Headers.ContentType = type;
        try
        {
            using var answer = await client.SendAsync(message, cancellation);
            return Answered((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (HttpRequestException unreachable)
        {
            return Refused(502, unreachable.Message);
        }
    }

    private static WireResponse Refused(int status, string why) => Answered(status, Encoding.UTF8.GetBytes(why));

    private static WireResponse Answered(int status, byte[] body) =>
        new(status, "text/plain", body, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
}
