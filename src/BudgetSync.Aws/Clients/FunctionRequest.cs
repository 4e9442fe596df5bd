using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Amazon.SecurityToken;

namespace BudgetSync.Aws.Clients;

/// <summary>
/// Lambda's Invoke, the one call of Lambda's API that is made here: an HTTP request signed by AWSSDK.Core, which saves a package with a hundred operations.
/// Source: Lambda API reference, "Invoke".
/// </summary>
public static class FunctionRequest
{
    /// <param name="keys">Of whoever invokes.</param>
    /// <param name="function">Its name, in the account of the keys.</param>
    public static HttpRequestMessage Of(AwsClients clients, ImmutableCredentials keys, string function, byte[] payload)
    {
        var (region, endpoint) = (clients.Region, clients.FunctionsEndpoint);
        var path = $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations";
        var request = new DefaultRequest(new SignedRequest(), "Lambda")
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
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, path)) { Content = new ByteArrayContent(payload) };
        foreach (var (name, value) in request.Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>What the signer wants a request to be made of.</summary>
    private sealed class SignedRequest : AmazonWebServiceRequest;
}
