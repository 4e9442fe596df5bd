using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>The request that an endpoint gets (EventBridge user guide, "Headers in requests to API destinations").</summary>
internal static class EndpointRequest
{
    /// <summary>"EventBridge removes the following headers for all API destination requests", and does not let User-Agent and Range be overridden.</summary>
    private static readonly HashSet<string> Removed = new(StringComparer.OrdinalIgnoreCase)
    {
        "A-IM", "Accept-Charset", "Accept-Datetime", "Accept-Encoding", "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-MD5",
        "Date", "Expect", "Forwarded", "From", "Host", "HTTP2-Settings", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
        "If-Unmodified-Since", "Max-Forwards", "Origin", "Pragma", "Proxy-Authorization", "Range", "Referer", "TE", "Trailer", "Transfer-Encoding",
        "User-Agent", "Upgrade", "Via", "Warning",
    };

    public const string UserAgent = "Amazon/EventBridge/ApiDestinations";

    /// <summary>True of a header that a connection cannot add.</summary>
    public static bool IsRemoved(string header) => Removed.Contains(header);

    /// <summary>For example <c>a=1&amp;b=2</c>, each escaped.</summary>
    public static string Form(ImmutableArray<HttpParameter> parts) =>
        string.Join('&', parts.Select(part => $"{Uri.EscapeDataString(part.Key)}={Uri.EscapeDataString(part.Value)}"));

    /// <summary>The address with these in its query, after what is there.</summary>
    public static Uri Address(Uri endpoint, ImmutableArray<HttpParameter> query)
    {
        if (query.IsEmpty) return endpoint;
        var more = Form(query);
        return new UriBuilder(endpoint) { Query = endpoint.Query.Length > 1 ? $"{endpoint.Query[1..]}&{more}" : more }.Uri;
    }

    /// <exception cref="EndpointFailure">The connection adds members to a body that has none.</exception>
    public static HttpRequestMessage Of(ApiDestination destination, Connection connection, HttpParameter authorization, string payload)
    {
        var request = new HttpRequestMessage(new HttpMethod(destination.Method), Address(destination.Endpoint, connection.Query));
        if (destination.Method is not ("GET" or "HEAD" or "OPTIONS" or "DELETE"))
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body(connection.Body, payload)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        }

        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Range", "bytes=0-1048575");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip,deflate");
        request.Headers.ConnectionClose = true;
        foreach (var header in connection.Headers.Where(header => !IsRemoved(header.Key)).Append(authorization))
        {
            if (header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                request.Content?.Headers.Remove(header.Key);
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return request;
    }

    /// <summary>Members of the body that a connection adds; AWS does not say what it does where the payload is no object, so that is refused here.</summary>
    private static string Body(ImmutableArray<HttpParameter> members, string payload)
    {
        if (members.IsEmpty) return payload;
        if (Read(payload) is not { } body) throw new EndpointFailure("the connection has body parameters, and the input is no JSON object.", isFinal: true);
        foreach (var member in members) body[member.Key] = member.Value;
        return body.ToJsonString();
    }

    private static JsonObject? Read(string payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
