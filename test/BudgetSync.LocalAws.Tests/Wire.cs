using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests;

/// <summary>JSON calls to one service as an account's administrator: the bytes of the wire, without a socket and without an SDK.</summary>
internal sealed class Wire(LocalCloud cloud, string targetPrefix, string signingName)
{
    private readonly HttpClient client = new(cloud.CreateHandler()) { BaseAddress = new Uri("http://aws.localhost") };

    /// <summary>The answer of a call that must succeed.</summary>
    /// <param name="input">JSON; single quotes stand for double ones, so that tests stay readable.</param>
    public async Task<JsonObject> CallAsync(string accountId, string operation, string input, string region = "us-east-1")
    {
        var (status, body) = await SendAsync(accountId, operation, input, region);
        Assert.True(status == 200, $"{operation} answered {status}: {body.ToJsonString()}");
        return body;
    }

    /// <summary>The error code of a call that must be refused.</summary>
    public async Task<string> RefusedAsync(string accountId, string operation, string input, string region = "us-east-1") =>
        (await RefusalAsync(accountId, operation, input, region)).Code;

    /// <summary>Code and message of a call that must be refused.</summary>
    public async Task<(string Code, string Message)> RefusalAsync(string accountId, string operation, string input, string region = "us-east-1")
    {
        var (status, body) = await SendAsync(accountId, operation, input, region);
        Assert.True(status == 400, $"{operation} answered {status}: {body.ToJsonString()}");
        return (body["__type"]!.GetValue<string>().Split('#')[^1], body["message"]!.GetValue<string>());
    }

    private async Task<(int Status, JsonObject Body)> SendAsync(string accountId, string operation, string input, string region)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(input.Replace('\'', '"')) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"{targetPrefix}.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={accountId}/20260101/{region}/{signingName}/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }
}
