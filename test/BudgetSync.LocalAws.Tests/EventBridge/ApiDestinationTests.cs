using System.Net;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.Testing;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class ApiDestinationTests : IAsyncDisposable
{
    private readonly EndpointWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_event_reaches_an_endpoint_with_the_connections_authorization_and_AWSs_headers()
    {
        await using var provider = await LoopbackProvider.StartAsync(_ => new ProviderAnswer(200));
        using var outside = new LoopbackEndpoints(new Dictionary<string, Uri> { ["chat.example.com"] = provider.Address });
        await using var real = new EndpointWorld(outside);
        await real.ConnectAsync();

        await real.PutAsync();
        await real.World.SettleAsync();

        var request = Assert.Single(provider.Requests);
        Assert.Equal(("chat.example.com", "/post?a=1", """{"text":"hello"}"""), (request.Host, request.Path, request.Body));
        Assert.Equal(EndpointWorld.Secret, request.Headers["Authorization"]);
        Assert.Equal("Amazon/EventBridge/ApiDestinations", request.Headers["User-Agent"]);
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal("bytes=0-1048575", request.Headers["Range"]);
        Assert.Equal("gzip,deflate", request.Headers["Accept-Encoding"].Replace(" ", "", StringComparison.Ordinal));
        Assert.Empty(real.World.Cloud.Sqs.Messages(real.Dead));
    }

    [Fact]
    public async Task Parameters_of_the_connection_are_added_to_headers_query_and_body_but_headers_that_AWS_removes()
    {
        await world.ConnectAsync(EndpointWorld.ApiKey(more: """
            {"HeaderParameters":[{"Key":"X-Team","Value":"a"},{"Key":"Referer","Value":"b"},{"Key":"User-Agent","Value":"c"},{"Key":"Content-Type",
            "Value":"text/json"}],
             "QueryStringParameters":[{"Key":"sig","Value":"x y&z","IsValueSecret":true}],
             "BodyParameters":[{"Key":"routing_key","Value":"k","IsValueSecret":true}]}
            """));

        await world.PutAsync();
        await world.World.SettleAsync();

        var hit = Assert.Single(world.Hits);
        Assert.Equal("https://chat.example.com/post?a=1&sig=x%20y%26z", hit.Address.Replace(' ', '+').Replace("x+y", "x%20y", StringComparison.Ordinal));
        Assert.Equal("""{"text":"hello","routing_key":"k"}""", hit.Body);
        Assert.Equal(("a", "text/json"), (hit.Headers["X-Team"], hit.Headers["Content-Type"]));
        Assert.False(hit.Headers.ContainsKey("Referer"));
        Assert.Equal("Amazon/EventBridge/ApiDestinations", hit.Headers["User-Agent"]);
    }

    [Fact]
    public async Task Body_parameters_and_an_input_that_is_no_object_end_in_the_dead_letter_queue()
    {
        await world.ConnectAsync(
            EndpointWorld.ApiKey(more: """{"BodyParameters":[{"Key":"routing_key","Value":"k"}]}"""),
            shape: target => target with { InputPath = "$.detail.text" });

        await world.PutAsync();
        await world.World.RunReadyAsync();

        Assert.Empty(world.Hits);
        Assert.Equal("SDK_CLIENT_ERROR", world.DeadAttribute("ERROR_CODE"));
    }

    [Fact]
    public async Task Basic_authorization_is_a_header_of_name_and_password()
    {
        await world.ConnectAsync(new JsonObject
        {
            ["Name"] = "chat",
            ["AuthorizationType"] = "BASIC",
            ["AuthParameters"] = JsonNode.Parse("""{"BasicAuthParameters":{"Username":"me","Password":"pass word"}}"""),
        });

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal("Basic bWU6cGFzcyB3b3Jk", Assert.Single(world.Hits).Headers["Authorization"]);
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(204, 1)]
    [InlineData(302, 1)]
    [InlineData(400, 1)]
    [InlineData(403, 1)]
    [InlineData(404, 1)]
    [InlineData(410, 1)]
    [InlineData(409, 4)]
    [InlineData(429, 4)]
    [InlineData(500, 4)]
    [InlineData(503, 4)]
    public async Task Which_answers_are_tried_again(int status, int requests)
    {
        world.Answer = _ => new HttpResponseMessage((HttpStatusCode)status);
        await world.ConnectAsync(shape: target => target with { MaximumRetryAttempts = 3 });

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal(requests, world.Hits.Count);
        if (status < 300)
        {
            Assert.Empty(world.World.Cloud.Sqs.Messages(world.Dead));
            return;
        }

        Assert.Equal("SDK_CLIENT_ERROR", world.DeadAttribute("ERROR_CODE"));
        Assert.Contains(
            $"Unable to invoke ApiDestination endpoint: the endpoint answered with the HTTP status {status}.",
            world.DeadAttribute("ERROR_MESSAGE")!,
            StringComparison.Ordinal);
        Assert.Equal($"{requests - 1}", world.DeadAttribute("RETRY_ATTEMPTS"));
        Assert.Equal(requests > 1 ? "MaximumRetryAttempts" : null, world.DeadAttribute("EXHAUSTED_RETRY_CONDITION"));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 1)]
    [InlineData("Thu, 01 Jan 2026 00:01:00 GMT", 60)]
    [InlineData("soon", 1)]
    public async Task Retry_After_is_waited_for_where_it_is_longer_than_the_backoff(string header, int seconds)
    {
        world.Answer = number => number == 1 ? Asking(header) : new HttpResponseMessage(HttpStatusCode.OK);
        await world.ConnectAsync();

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal(TimeSpan.FromSeconds(seconds), world.Hits[1].At - world.Hits[0].At);
    }

    [Theory]
    [InlineData("-1", null)]
    [InlineData("90000", "MaximumEventAgeInSeconds")]
    public async Task A_negative_Retry_After_or_one_beyond_the_events_age_ends_the_delivery(string header, string? condition)
    {
        world.Answer = _ => Asking(header);
        await world.ConnectAsync();

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Single(world.Hits);
        Assert.Equal(condition, world.DeadAttribute("EXHAUSTED_RETRY_CONDITION"));
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_within_five_seconds_is_tried_again()
    {
        world.IsSilent = true;
        await world.ConnectAsync();
        await world.PutAsync();
        var first = world.World.RunReadyAsync();
        Assert.False(first.IsCompleted);

        world.World.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(first.IsCompleted);
        world.World.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await first;
        world.IsSilent = false;
        await world.World.SettleAsync();

        Assert.Equal(2, world.Hits.Count);
        Assert.Equal(TimeSpan.FromSeconds(6), world.Hits[1].At - world.Hits[0].At);
    }

    [Fact]
    public async Task A_destination_gets_no_more_than_its_rate_and_waiting_is_no_retry()
    {
        world.Answer = number => new HttpResponseMessage(number == 3 ? HttpStatusCode.NotFound : HttpStatusCode.OK);
        await world.ConnectAsync(perSecond: 2);

        for (var number = 0; number < 5; number++) await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal([0, 500, 1000, 1500, 2000], world.Hits.Select(hit => (hit.At - world.Hits[0].At).TotalMilliseconds));
        Assert.Equal("0", world.DeadAttribute("RETRY_ATTEMPTS"));
    }

    [Fact]
    public async Task An_event_that_the_rate_leaves_no_room_for_until_it_is_too_old_goes_to_the_dead_letter_queue()
    {
        await world.ConnectAsync(perSecond: 1, shape: target => target with { MaximumEventAge = TimeSpan.FromSeconds(60) });

        for (var number = 0; number < 62; number++) await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal(61, world.Hits.Count);
        Assert.Equal("MaximumEventAgeInSeconds", world.DeadAttribute("EXHAUSTED_RETRY_CONDITION"));
    }

    [Fact]
    public async Task A_role_that_may_not_invoke_the_destination_delivers_nothing()
    {
        await world.ConnectAsync(allowed: false);

        await world.PutAsync();
        await world.World.RunReadyAsync();

        Assert.Empty(world.Hits);
        Assert.Equal("AccessDeniedException", world.DeadAttribute("ERROR_CODE"));
        Assert.Contains("events:InvokeApiDestination", world.DeadAttribute("ERROR_MESSAGE")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_or_connection_that_is_gone_sends_the_event_to_the_dead_letter_queue()
    {
        await world.ConnectAsync();
        await world.Api.JsonAsync("AWSEvents.DeleteConnection", new JsonObject { ["Name"] = "chat" });
        await world.PutAsync();
        await world.World.RunReadyAsync();
        Assert.Equal("ResourceNotFoundException", world.DeadAttribute("ERROR_CODE"));

        await world.Api.JsonAsync("AWSEvents.DeleteApiDestination", new JsonObject { ["Name"] = "chat" });
        await world.PutAsync();
        await world.World.RunReadyAsync();
        Assert.Equal(2, world.World.Cloud.Sqs.Messages(world.Dead).Count);
        Assert.Empty(world.Hits);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(407)]
    public async Task An_endpoint_that_refuses_the_authorization_gets_nothing_more_until_the_connection_is_updated(int status)
    {
        world.Answer = _ => new HttpResponseMessage((HttpStatusCode)status);
        await world.ConnectAsync(shape: target => target with { MaximumRetryAttempts = 5 });

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Single(world.Hits);
        Assert.Equal("5", world.DeadAttribute("RETRY_ATTEMPTS"));
        var named = new JsonObject { ["Name"] = "chat" };
        Assert.Equal("DEAUTHORIZED", (await world.Api.JsonAsync("AWSEvents.DescribeConnection", (JsonObject)named.DeepClone()))["ConnectionState"]!.ToString());
        Assert.Equal("INACTIVE", (await world.Api.JsonAsync("AWSEvents.DescribeApiDestination", named))["ApiDestinationState"]!.ToString());

        world.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK);
        world.World.Cloud.EventBridge.Destinations.UpdateConnection(EndpointWorld.Account, "us-east-1", EndpointWorld.ApiKey("fresh"));
        await world.PutAsync();
        await world.World.SettleAsync();
        Assert.Equal("fresh", world.Hits[1].Headers["Authorization"]);
    }

    [Fact]
    public async Task Nothing_outside_this_machine_is_called()
    {
        await using var provider = await LoopbackProvider.StartAsync(_ => new ProviderAnswer(200));
        using var outside = new LoopbackEndpoints(new Dictionary<string, Uri> { ["slack.com"] = provider.Address });
        await using var elsewhere = new EndpointWorld(outside);
        await elsewhere.ConnectAsync(shape: target => target with { MaximumRetryAttempts = 0 });

        await elsewhere.PutAsync();
        await elsewhere.World.SettleAsync();

        Assert.Equal("Unable to invoke ApiDestination endpoint: API destination endpoint cannot be reached.", elsewhere.DeadAttribute("ERROR_MESSAGE"));
        Assert.Empty(provider.Requests);
        Assert.Throws<ArgumentException>(() => new LoopbackEndpoints(new Dictionary<string, Uri> { ["slack.com"] = new("https://192.0.2.1/") }));
    }

    [Fact]
    public async Task A_secret_of_the_connection_is_in_no_dead_letter()
    {
        world.Answer = _ => new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent($"wrong token {EndpointWorld.Secret}") };
        await world.ConnectAsync(EndpointWorld.ApiKey(more: $$"""{"BodyParameters":[{"Key":"k","Value":"{{EndpointWorld.Secret}}","IsValueSecret":true}]}"""));

        await world.PutAsync();
        await world.World.SettleAsync();

        var letter = Assert.Single(world.World.Cloud.Sqs.Messages(world.Dead));
        Assert.Contains(EndpointWorld.Secret, world.Hits[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(EndpointWorld.Secret, letter.Body + letter.Attributes.ToJsonString(), StringComparison.Ordinal);
    }

    private static HttpResponseMessage Asking(string retryAfter)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return answer;
    }
}
