using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using BudgetSync.LocalAws.Sts;

namespace BudgetSync.LocalAws.Tests;

/// <summary>An AWS error as it came over the wire.</summary>
internal sealed class ApiException(string code, int status, string message) : Exception($"{code} ({status}): {message}")
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    public string Text { get; } = message;
}

/// <summary>Raw calls, without an SDK's retries: one request, one answer.</summary>
internal sealed class Api(HttpMessageHandler handler, string accessKeyId, string? sessionToken = null, string region = "us-east-1") : IDisposable
{
    /// <summary>The versions of the Query services' APIs, as their service models have them.</summary>
    private static readonly Dictionary<string, string> Versions =
        new(StringComparer.Ordinal)
        {
            ["autoscaling"] = "2011-01-01",
            ["ec2"] = "2016-11-15",
            ["iam"] = "2010-05-08",
            ["rds"] = "2014-10-31",
            ["sns"] = "2010-03-31",
            ["sts"] = "2011-06-15",
        };

    /// <summary>When the clocks of these tests begin.</summary>
    public static readonly DateTimeOffset Start = new(2026, 5, 20, 10, 30, 0, TimeSpan.Zero);

    private readonly HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    public Api(LocalCloud cloud, string accountId, string region = "us-east-1")
        : this(cloud.CreateHandler(), accountId, region: region)
    {
    }

    public Api(LocalCloud cloud, Credentials credentials)
        : this(cloud.CreateHandler(), credentials.AccessKeyId, credentials.SessionToken)
    {
    }

    public void Dispose() => client.Dispose();

    public async Task<JsonObject> JsonAsync(string target, JsonObject input)
    {
        using var request = Request("POST", "/", target.Split('_', '.')[0].ToUpperInvariant());
        request.Headers.Add("X-Amz-Target", target);
        request.Content = new StringContent(input.ToJsonString(), new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        using var response = await client.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        if (!response.IsSuccessStatusCode)
            throw new ApiException(body["__type"]!.ToString().Split('#')[^1], (int)response.StatusCode, body["message"]!.ToString());
        return body;
    }

    public async Task<XElement> QueryAsync(string service, string action, params (string Name, string Value)[] parameters) =>
        (await FormAsync(service, action, parameters)).Element($"{action}Result")!;

    /// <summary>As <see cref="QueryAsync"/>, of EC2, whose answers have no result around them.</summary>
    public Task<XElement> Ec2Async(string action, params (string Name, string Value)[] parameters) => FormAsync("ec2", action, parameters);

    private async Task<XElement> FormAsync(string service, string action, (string Name, string Value)[] parameters)
    {
        using var request = Request("POST", "/", service);
        request.Content = new FormUrlEncodedContent(
            [new("Action", action), new("Version", Versions[service]), .. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
        using var response = await client.SendAsync(request);
        var body = WithoutNamespaces(XElement.Parse(await response.Content.ReadAsStringAsync()));
        if (!response.IsSuccessStatusCode)
            throw new ApiException(body.Descendants("Code").Single().Value, (int)response.StatusCode, body.Descendants("Message").Single().Value);
        return body;
    }

    /// <summary>A REST call, of the Lambda service where no other is named.</summary>
    public async Task<HttpResponseMessage> RestAsync(
        string method, string path, string body = "", string service = "lambda", params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, service);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8);
        return await client.SendAsync(request);
    }

    /// <summary>The error a call must end in.</summary>
    public static async Task<ApiException> RefusedAsync(Func<Task> call) => await Assert.ThrowsAsync<ApiException>(call);

    private HttpRequestMessage Request(string method, string path, string service)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), $"http://localhost{path}");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={accessKeyId}/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=none");
        if (sessionToken is not null) request.Headers.Add("X-Amz-Security-Token", sessionToken);
        return request;
    }

    private static XElement WithoutNamespaces(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(WithoutNamespaces) : element.Value);
}
