using System.Net;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Messages;

namespace BudgetSync.LocalAws.Tests;

/// <summary>RFC 6749, 4.4.2 (the grant), 2.3.1 (the client in the body), 3.2 (each parameter once) and 5.2 (errors).</summary>
public sealed class TokenEndpointTests
{
    private const string Client = "client_id=me&client_secret=word";

    [Theory]
    [InlineData($"{Client}&grant_type=client_credentials", HttpStatusCode.OK, null)]
    [InlineData($"{Client}&grant_type=client_credentials&scope=a%20b", HttpStatusCode.OK, null)]
    [InlineData(Client, HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData($"{Client}&grant_type=password", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    [InlineData($"{Client}&grant_type=client_credentials&grant_type=client_credentials", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("client_id=me&client_secret=other&grant_type=client_credentials", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("client_id=me&grant_type=client_credentials", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("""{"client_id":"me","client_secret":"word","grant_type":"client_credentials"}""", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("", HttpStatusCode.Unauthorized, "invalid_client")]
    public void A_token_is_for_a_client_that_asks_in_a_form_for_the_grant_of_its_own(string body, HttpStatusCode status, string? error)
    {
        var (answered, json) = TokenEndpoint.Answer(body, "t", (id, secret) => (id, secret) == ("me", "word"));

        Assert.Equal((status, error), (answered, (string?)JsonNode.Parse(json)!["error"]));
        Assert.Equal(error is null ? "t" : null, (string?)JsonNode.Parse(json)!["access_token"]);
    }

    [Fact]
    public async Task Who_gets_a_token_of_the_inbox_sends_no_message()
    {
        using var inbox = new MessageInbox(TimeProvider.System);
        using var client = new HttpMessageInvoker(inbox, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://example.service-now.com/oauth_token.do")
        {
            Content = new FormUrlEncodedContent([new("client_id", "me"), new("client_secret", "word"), new("grant_type", "client_credentials")]),
        };

        using var answer = await client.SendAsync(request, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"access_token\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(inbox.Messages);
    }
}
