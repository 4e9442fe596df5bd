using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Amazon.SecurityToken;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;

namespace BudgetSync.Cli.Commands.Reconcile;

/// <summary>
/// Lambda's Invoke, the one call of Lambda's API that this tool makes: an HTTP request signed by AWSSDK.Core, which saves a package with a hundred
/// operations. Source: Lambda API reference, "Invoke".
/// </summary>
internal static class FunctionCall
{
    /// <summary>A function may run for 15 minutes (Lambda quotas), and the answer comes only then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(16);

    /// <returns>The function's answer.</returns>
    /// <exception cref="CommandException">Lambda refused the call, or the function failed.</exception>
    public static async Task<byte[]> InvokeAsync(DeployedStack stack, string function, byte[] payload, CancellationToken cancellation)
    {
        var region = stack.Clients.Region;
        var endpoint = stack.Environment.TryGetValue("AWS_ENDPOINT_URL", out var url) && url.Length > 0
            ? new Uri(url)
            : new Uri($"https://lambda.{region.SystemName}.{region.PartitionDnsSuffix}");
        var path = $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations";
        var keys = await stack.Clients.Signing.GetCredentialsAsync();
        var request = new DefaultRequest(
            new SignedRequest(),
            "Lambda")
        {
            HttpMethod = "POST",
            Endpoint = endpoint,
            ResourcePath = path,
            Content = payload,
            OverrideSigningServiceName = "lambda",
            AuthenticationRegion = region.SystemName
        };
        request.Headers["Content-Type"] = "application/json";
        if (keys.UseToken) request.Headers["X-Amz-Security-Token"] = keys.Token;
        var signature = new AWS4Signer().SignRequest(
            request,
            new AmazonSecurityTokenServiceConfig { RegionEndpoint = region, AuthenticationRegion = region.SystemName },
            new RequestMetrics(),
            keys.AccessKey,
            keys.SecretKey);
        request.Headers["Authorization"] = signature.ForAuthorizationHeader;

        using var client = new HttpClient { Timeout = Patience };
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, path)) { Content = new ByteArrayContent(payload) };
        foreach (var (name, value) in request.Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                message.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await client.SendAsync(message, cancellation);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            if (answer.IsSuccessStatusCode && !answer.Headers.Contains("X-Amz-Function-Error")) return body;
            var advice = answer.StatusCode != HttpStatusCode.NotFound ? ""
                : $"; {stack.WrongAccount ?? "deploy the management stack again, or name the function with --function"}.";
            throw new CommandException(
                $"{function} in {stack.Account} ({region.SystemName}) "
                    + $"{(answer.IsSuccessStatusCode ? "failed" : $"cannot be invoked: {(int)answer.StatusCode}")}: "
                    + Redaction.Clean(Said(body)) + advice);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(CallFailure.Silent(endpoint.ToString(), Patience));
        }
    }

    /// <summary>
    /// The sentence in what Lambda refuses a call with (<c>{"Type":"User","Message":"…"}</c>); else all of it. Source: Lambda API reference, "Invoke", Errors.
    /// </summary>
    private static string Said(byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body) is JsonObject answer && (answer["Message"] ?? answer["message"] ?? answer["errorMessage"]) is JsonValue sentence)
                return sentence.ToString();
        }
        catch (JsonException)
        {
            // A proxy's page, for example: it is told as it is.
        }

        return System.Text.Encoding.UTF8.GetString(body);
    }

    /// <summary>What the signer wants a request to be made of.</summary>
    private sealed class SignedRequest : AmazonWebServiceRequest;
}
