using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace BudgetSync.Compat.Tests.Clients;

/// <summary>An AWS service of one answer: it keeps the request as it stands on the wire.</summary>
internal sealed class StubService(string answer = "{}", HttpStatusCode status = HttpStatusCode.OK) : HttpClientFactory
{
    public static readonly AWSCredentials Credentials = new BasicAWSCredentials("111122223333", "secret");

    private readonly HttpStatusCode status = status;
    private readonly string answer = answer;

    public string? QueryError { get; init; }

    /// <summary>True: the service speaks AWS Query, a form in and XML out.</summary>
    public bool IsQuery => answer.StartsWith('<');

    public List<Seen> Requests { get; } = [];

    public Seen Request => Assert.Single(Requests);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <summary>Asserts that the one request was this operation with this body, as it stands on the wire.</summary>
    public void Received(string target, string body)
    {
        if (IsQuery)
        {
            Assert.Equal($"Action={target.Split('.')[1]}&Version={body}", Request.Body);
            return;
        }

        if (Request.Target.Length == 0)
        {
            // A service of paths: the body says method and path, too.
            Assert.Equal(body, $"{Request.Method} {Request.Url.AbsolutePath} {Request.Body}".TrimEnd());
            return;
        }

        Assert.Equal(target, Request.Target);
        Assert.Equal(Compact(body), Compact(Request.Body));
    }

    // Order and number text stay as written; only white space goes.
    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    /// <summary>Sets a client's configuration to this service, without retries.</summary>
    public T Configure<T>(T config)
        where T : ClientConfig
    {
        config.HttpClientFactory = this;
        config.MaxErrorRetry = 0;
        if (config.RegionEndpoint is null && string.IsNullOrEmpty(config.ServiceURL))
            config.RegionEndpoint = Amazon.RegionEndpoint.EUWest1;
        return config;
    }

    internal sealed record Seen(string Method, Uri Url, string Target, string ContentType, string Authorization, string Body);

    private sealed class Handler(StubService service) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            service.Requests.Add(new Seen(
                request.Method.Method,
                request.RequestUri!,
                request.Headers.TryGetValues("X-Amz-Target", out var targets) ? Assert.Single(targets) : "",
                request.Content?.Headers.ContentType?.ToString() ?? "",
                Assert.Single(request.Headers.NonValidated["Authorization"]),
                request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            var response = new HttpResponseMessage(service.status)
            {
                Content = new StringContent(service.answer, Encoding.UTF8, service.IsQuery ? "text/xml" : "application/x-amz-json-1.1"),
            };
            response.Headers.Add("x-amzn-RequestId", "request-1");
            if (service.QueryError is not null)
                response.Headers.Add("x-amzn-query-error", service.QueryError);
            return response;
        }
    }
}
