using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>The client of a connection with OAUTH_CLIENT_CREDENTIALS, and where it gets a token.</summary>
/// <param name="Endpoint">Absolute, of https.</param>
internal sealed record OAuthClient(string Id, string Secret, Uri Endpoint, string Method)
{
    public ImmutableArray<HttpParameter> Headers { get; init; } = [];

    public ImmutableArray<HttpParameter> Query { get; init; } = [];

    public ImmutableArray<HttpParameter> Body { get; init; } = [];

    /// <exception cref="AwsException">ValidationException: the endpoint is no https URL.</exception>
    public static OAuthClient Of(JsonObject parameters)
    {
        var client = parameters.RequiredStructure("ClientParameters");
        var more = parameters.Structure("OAuthHttpParameters") ?? [];
        // AWS does not say that http is refused; a secret is not sent by it here.
        if (!Uri.TryCreate(parameters.RequiredText("AuthorizationEndpoint"), UriKind.Absolute, out var endpoint) || endpoint.Scheme != Uri.UriSchemeHttps)
            throw new AwsException("ValidationException", "Parameter AuthorizationEndpoint is not valid. Reason: it must be an HTTPS URL.");
        return new OAuthClient(client.RequiredText("ClientID"), client.RequiredText("ClientSecret"), endpoint, parameters.RequiredText("HttpMethod"))
        {
            Headers = HttpParameter.Read(more, "HeaderParameters"),
            Query = HttpParameter.Read(more, "QueryStringParameters"),
            Body = HttpParameter.Read(more, "BodyParameters"),
        };
    }

    /// <summary>
    /// The request for a token as RFC 6749, 4.4.2 and 2.3.1 have it, a form with the client in it. The grant is sent only where the parameters of the
    /// connection have it: AWS says nowhere that EventBridge adds it, and deployers do (Cognito, Salesforce).
    /// </summary>
    public HttpRequestMessage Request()
    {
        ImmutableArray<HttpParameter> form = [new("client_id", Id, true), new("client_secret", Secret, true), .. Body];
        var isForm = Method is not "GET";
        var request = new HttpRequestMessage(new HttpMethod(Method), EndpointRequest.Address(Endpoint, isForm ? Query : [.. Query, .. form]));
        if (isForm)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(EndpointRequest.Form(form)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        }

        request.Headers.TryAddWithoutValidation("User-Agent", EndpointRequest.UserAgent);
        foreach (var header in Headers.Where(header => !EndpointRequest.IsRemoved(header.Key)))
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return request;
    }
}
