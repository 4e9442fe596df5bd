using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace BudgetSync.LocalAws.Messages;

/// <summary>
/// An authorization endpoint that gives clients tokens, as ServiceNow's /oauth_token.do does: a form with the grant and the client, RFC 6749, 4.4.2 and 2.3.1,
/// errors 5.2. Whether the client is the right one is asked of who runs it.
/// </summary>
public static class TokenEndpoint
{
    /// <summary>A form is for an authorization endpoint: every provider's message is JSON.</summary>
    public static bool IsMeant(string? mediaType) => mediaType == "application/x-www-form-urlencoded";

    /// <param name="body">The form.</param>
    /// <param name="token">What a client gets.</param>
    /// <param name="isClient">Whether that id has that secret; null: whoever has both is a client.</param>
    public static (HttpStatusCode Status, string Json) Answer(string body, string token, Func<string, string, bool>? isClient = null)
    {
        var form = new FormReader(body).ReadForm();
        if (form.Any(part => part.Value.Count != 1)) return Refusal(HttpStatusCode.BadRequest, "invalid_request");
        if (One("client_id") is not { Length: > 0 } id || One("client_secret") is not { Length: > 0 } secret || isClient?.Invoke(id, secret) == false)
            return Refusal(HttpStatusCode.Unauthorized, "invalid_client");
        return One("grant_type") switch
        {
            "client_credentials" => (HttpStatusCode.OK, new JsonObject
            {
                ["access_token"] = token,
                ["token_type"] = "Bearer",
                ["expires_in"] = 1_799,
            }.ToJsonString()),
            null => Refusal(HttpStatusCode.BadRequest, "invalid_request"),
            _ => Refusal(HttpStatusCode.BadRequest, "unsupported_grant_type"),
        };

        string? One(string name) => form.TryGetValue(name, out var values) ? values.ToString() : null;
    }

    private static (HttpStatusCode, string) Refusal(HttpStatusCode status, string error) => (status, new JsonObject { ["error"] = error }.ToJsonString());
}
