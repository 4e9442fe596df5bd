using System.Net;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.EventBridge;

/// <summary>EventBridge user guide, "Authorization methods for connections in EventBridge" and "De-authorizing connections in EventBridge".</summary>
public sealed class OAuthConnectionTests : IAsyncDisposable
{
    private const string Secret = EndpointWorld.Secret;
    private const string TokenPath = "https://login.example.com/oauth_token.do";
    private const string Grant = """{"BodyParameters":[{"Key":"grant_type","Value":"client_credentials","IsValueSecret":false}]}""";

    private readonly EndpointWorld world;
    private readonly Queue<HttpStatusCode> answers = new();
    private string tokenAnswer = """{"access_token":"token-1","token_type":"Bearer","expires_in":1799}""";
    private HttpStatusCode tokenStatus = HttpStatusCode.OK;

    public OAuthConnectionTests()
    {
        world = new EndpointWorld();
        world.Answer = number => world.Hits[number - 1].Address.StartsWith(TokenPath, StringComparison.Ordinal)
            ? new HttpResponseMessage(tokenStatus) { Content = new StringContent(tokenAnswer) }
            : new HttpResponseMessage(answers.TryDequeue(out var status) ? status : HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_client_is_exchanged_for_a_token_once_and_each_request_has_it()
    {
        await world.ConnectAsync(OAuth());
        Assert.Equal("AUTHORIZING", await StateAsync());
        await world.World.SettleAsync();
        Assert.Equal("AUTHORIZED", await StateAsync());

        await world.PutAsync();
        await world.PutAsync();
        await world.World.SettleAsync();

        var asked = Assert.Single(Asked);
        Assert.Equal(("POST", "application/x-www-form-urlencoded"), (asked.Method, asked.Headers["Content-Type"]));
        Assert.Equal($"client_id=me&client_secret={Secret}&grant_type=client_credentials", asked.Body);
        Assert.Equal(["Bearer token-1", "Bearer token-1"], Sent.Select(hit => hit.Headers["Authorization"]));
        Assert.All(Sent, hit => Assert.Equal("""{"text":"hello"}""", hit.Body));
    }

    [Fact]
    public async Task What_is_asked_for_a_token_has_the_parameters_that_the_connection_gives_it_and_nothing_more()
    {
        var more = """
            {"HeaderParameters":[{"Key":"X-Tenant","Value":"a"}],"QueryStringParameters":[{"Key":"v","Value":"1 2"}],
             "BodyParameters":[{"Key":"scope","Value":"a b"}]}
            """;
        await world.ConnectAsync(OAuth(more));
        await world.World.SettleAsync();

        var asked = Assert.Single(Asked);
        Assert.Equal("a", asked.Headers["X-Tenant"]);
        Assert.Equal($"{TokenPath}?v=1 2", Uri.UnescapeDataString(asked.Address));
        Assert.Equal($"client_id=me&client_secret={Secret}&scope=a%20b", asked.Body);
    }

    [Fact]
    public async Task A_token_that_is_about_to_end_is_got_anew_before_a_request()
    {
        await world.ConnectAsync(OAuth());
        await world.World.SettleAsync();
        world.World.Clock.Advance(TimeSpan.FromSeconds(1738));
        await world.PutAsync();
        await world.World.SettleAsync();
        Assert.Single(Asked);

        tokenAnswer = """{"access_token":"token-2"}""";
        world.World.Clock.Advance(TimeSpan.FromSeconds(2));
        await world.PutAsync();
        await world.World.SettleAsync();
        world.World.Clock.Advance(TimeSpan.FromDays(9));
        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal(2, Asked.Count);
        Assert.Equal(["Bearer token-1", "Bearer token-2", "Bearer token-2"], Sent.Select(hit => hit.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired)]
    public async Task A_token_that_the_endpoint_refuses_is_got_anew_and_the_connection_stays(HttpStatusCode refused)
    {
        await world.ConnectAsync(OAuth());
        await world.World.SettleAsync();
        answers.Enqueue(refused);
        tokenAnswer = """{"access_token":"token-2"}""";

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal(["Bearer token-1", "Bearer token-2"], Sent.Select(hit => hit.Headers["Authorization"]));
        Assert.Equal("AUTHORIZED", await StateAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, """{"error":"invalid_client"}""")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "")]
    [InlineData(HttpStatusCode.OK, """{"token":"x"}""")]
    [InlineData(HttpStatusCode.OK, """{"access_token":7}""")]
    [InlineData(HttpStatusCode.OK, "no json")]
    public async Task A_connection_that_gets_no_token_is_de_authorized_and_sends_nothing_until_it_is_updated(HttpStatusCode status, string body)
    {
        (var good, tokenAnswer, tokenStatus) = (tokenAnswer, body, status);
        await world.ConnectAsync(OAuth(), shape: target => target with { MaximumRetryAttempts = 2 });
        await world.World.SettleAsync();
        Assert.Equal("DEAUTHORIZED", await StateAsync());

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Empty(Sent);
        Assert.Single(Asked);
        Assert.Equal("2", world.DeadAttribute("RETRY_ATTEMPTS"));

        (tokenAnswer, tokenStatus) = (good, HttpStatusCode.OK);
        world.World.Cloud.EventBridge.Destinations.UpdateConnection(EndpointWorld.Account, "us-east-1", OAuth());
        await world.PutAsync();
        await world.World.SettleAsync();
        Assert.Equal("Bearer token-1", Assert.Single(Sent).Headers["Authorization"]);
    }

    [Fact]
    public async Task A_connection_that_is_changed_asks_with_what_it_has_now_though_its_token_is_good()
    {
        await world.ConnectAsync(OAuth());
        await world.World.SettleAsync();
        tokenAnswer = """{"access_token":"token-2"}""";
        world.World.Cloud.EventBridge.Destinations.UpdateConnection(EndpointWorld.Account, "us-east-1", OAuth(secret: "other"));
        await world.World.SettleAsync();
        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Contains("client_secret=other&", Asked[1].Body, StringComparison.Ordinal);
        Assert.Equal("Bearer token-2", Assert.Single(Sent).Headers["Authorization"]);
    }

    [Fact]
    public async Task Neither_the_clients_secret_nor_the_token_is_in_a_description_or_a_dead_letter()
    {
        await world.ConnectAsync(OAuth(), shape: target => target with { MaximumRetryAttempts = 0 });
        await world.World.SettleAsync();
        (tokenStatus, tokenAnswer) = (HttpStatusCode.BadRequest, $"no client {Secret} with token-1");
        answers.Enqueue(HttpStatusCode.Unauthorized);
        await world.PutAsync();
        await world.World.SettleAsync();
        await world.PutAsync();
        await world.World.SettleAsync();

        var told = await world.Api.JsonAsync("AWSEvents.DescribeConnection", Named());
        Assert.Equal(
            """{"ClientParameters":{"ClientID":"me"},"AuthorizationEndpoint":"https://login.example.com/oauth_token.do","HttpMethod":"POST","OAuthHttpParam"""
                + """eters":{"HeaderParameters":[],"QueryStringParameters":[],"BodyParameters":[{"Key":"grant_type","IsValueSecret":false,"Value":"clie"""
                + """nt_credentials"}]}}""",
            told["AuthParameters"]!["OAuthParameters"]!.ToJsonString());
        var letters = world.World.Cloud.Sqs.Messages(world.Dead);
        Assert.Contains(letters, letter => $"{letter.Attributes["ERROR_MESSAGE"]}".Contains("gave no token (HTTP status 400)", StringComparison.Ordinal));
        var all = told.ToJsonString() + string.Concat(letters.Select(letter => letter.Body + letter.Attributes.ToJsonString()));
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_asked_for_by_HTTPS_only()
    {
        var input = OAuth();
        input["AuthParameters"]!["OAuthParameters"]!["AuthorizationEndpoint"] = "http://login.example.com/";

        var refused = await Api.RefusedAsync(() => world.Api.JsonAsync("AWSEvents.CreateConnection", input));

        Assert.Equal("ValidationException", refused.Code);
        Assert.Contains("AuthorizationEndpoint", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Text, StringComparison.Ordinal);
    }

    private List<EndpointHit> Asked => [.. world.Hits.Where(hit => hit.Address.StartsWith(TokenPath, StringComparison.Ordinal))];

    private List<EndpointHit> Sent => [.. world.Hits.Except(Asked)];

    private static JsonObject Named() => new() { ["Name"] = "chat" };

    private static JsonObject OAuth(string more = Grant, string secret = Secret) => new()
    {
        ["Name"] = "chat",
        ["AuthorizationType"] = "OAUTH_CLIENT_CREDENTIALS",
        ["AuthParameters"] = new JsonObject
        {
            ["OAuthParameters"] = new JsonObject
            {
                ["ClientParameters"] = new JsonObject { ["ClientID"] = "me", ["ClientSecret"] = secret },
                ["AuthorizationEndpoint"] = TokenPath,
                ["HttpMethod"] = "POST",
                ["OAuthHttpParameters"] = JsonNode.Parse(more),
            },
        },
    };

    private async Task<string> StateAsync() =>
        (await world.Api.JsonAsync("AWSEvents.DescribeConnection", Named()))["ConnectionState"]!.ToString();
}
