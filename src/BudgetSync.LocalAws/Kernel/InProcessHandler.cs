using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>Serves HttpClient from the cloud without a socket. Give it to an SDK client through its HttpClientFactory.</summary>
public sealed class InProcessHandler(Gateway gateway) : HttpMessageHandler
{
    /// <summary>The types of nearly all answers, read once: as text, they would be read by everything that asks an answer for its type.</summary>
    private static readonly FrozenDictionary<string, MediaTypeHeaderValue> MediaTypes =
        new[] { "application/x-amz-json-1.0", "application/x-amz-json-1.1", "text/xml" }.ToFrozenDictionary(type => type, MediaTypeHeaderValue.Parse);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers.NonValidated) headers[name] = Joined(values);
        if (request.Content is not null)
        {
            foreach (var (name, values) in request.Content.Headers.NonValidated) headers[name] = Joined(values);
        }

        // A socket's request always has it, and S3 reads the bucket from it.
        if (request.RequestUri is { IsAbsoluteUri: true } uri) headers.TryAdd("Host", uri.Authority);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var path = request.RequestUri?.PathAndQuery ?? "/";
        var answer = await gateway.HandleAsync(new WireRequest(request.Method.Method, path, headers, body), cancellationToken);
        if (answer.Crashed) throw new CallerCrashedException();
        if (answer.Broken) throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was broken by a fault of LocalAws.");
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ByteArrayContent(answer.Body), RequestMessage = request };
        if (MediaTypes.TryGetValue(answer.ContentType, out var mediaType)) response.Content.Headers.ContentType = mediaType;
        else if (answer.ContentType.Length > 0) response.Content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        foreach (var (name, value) in answer.Headers)
        {
            // .NET holds some headers (Last-Modified) with the content and refuses them elsewhere.
            if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    /// <summary>Nearly every header has one value, and joining one would copy it.</summary>
    private static string Joined(HeaderStringValues values) => values.Count == 1 ? values.ToString() : string.Join(",", values);
}
