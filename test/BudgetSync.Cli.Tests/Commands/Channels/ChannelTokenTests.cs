namespace BudgetSync.Cli.Tests.Commands.Channels;

/// <summary>
/// <c>budgetsync channels test</c> of a channel with OAuth: a token is got first, as EventBridge gets it, and the provider's answer is told as of others.
/// </summary>
public sealed class ChannelTokenTests
{
    private const string Secret = ChannelWorld.Secret;
    private const string Token = "token-" + Secret;

    [Fact]
    public async Task A_ticket_is_sent_with_a_token_that_the_clients_secret_got()
    {
        await using var world = await DeployedAsync(request => request.Path == "/oauth_token.do" ? Granted(request) : new ProviderAnswer(201, "{}"));

        var run = await Tool.RunAsync(world.Environment, "channels", "test", "desk", "--yes");

        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        Assert.Equal("desk: the provider took it; HTTP 201: {}.\n", run.Out);
        var (asked, sent) = (world.Provider.Requests.First(), world.Provider.Requests.Last());
        Assert.Equal($"client_id=robot&client_secret={Secret}&grant_type=client_credentials", asked.Body);
        Assert.Equal(("/api/now/import/u_alert", $"Bearer {Token}"), (sent.Path, sent.Headers["Authorization"]));
        Assert.Empty(ProviderRules.ServiceNow(sent.Json));
        Assert.DoesNotContain(world.Cloud.Calls.Calls, call => call.Call.Operation == "PutEvents");
    }

    /// <summary>A 401 de-authorizes no connection that has OAuth (EventBridge user guide, "De-authorizing connections").</summary>
    [Theory]
    [InlineData(403, "The secret is known and may not do this; give its user or token the right to.")]
    [InlineData(401, "The token is not accepted; EventBridge gets another one and tries again for a day. Give the client a user that may write there.")]
    public async Task What_the_provider_refuses_is_told_without_secret_and_token(int status, string advice)
    {
        await using var world = await DeployedAsync(request => request.Path == "/oauth_token.do"
            ? Granted(request)
            : new ProviderAnswer(status, $"{request.Headers["Authorization"]} of {Secret} may not"));

        var run = await Tool.RunAsync(world.Environment, "channels", "test", "desk", "--yes");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal($"desk: failed; HTTP {status}: Bearer … of … may not. {advice}\n", run.Out);
    }

    [Fact]
    public async Task A_client_that_gets_no_token_is_told_with_what_the_authorization_endpoint_said()
    {
        await using var world = await DeployedAsync(request => Granted(request, "someone else"));

        var run = await Tool.RunAsync(world.Environment, "channels", "test", "desk", "--yes");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.StartsWith(
            "desk: failed; the authorization endpoint gave no token (HTTP 401): {\"error\":\"invalid_client\"}. Put the id and the secret of a client that "
                + "may have the grant client_credentials into the secret, name its version in secretVersion and deploy.",
            run.Out,
            StringComparison.Ordinal);
        Assert.Single(world.Provider.Requests);
    }

    [Theory]
    [InlineData("<html>Log in</html>", "19")]
    [InlineData("""{"access_token":""}""", "19")]
    public async Task An_answer_without_a_token_that_says_that_all_is_well_is_told_by_its_length(string said, string letters)
    {
        await using var world = await DeployedAsync(_ => new ProviderAnswer(200, said));

        var run = await Tool.RunAsync(world.Environment, "channels", "test", "desk", "--yes");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.StartsWith(
            $"desk: failed; the authorization endpoint gave no token: it answered HTTP 200 with {letters} characters that are no JSON object with the text "
                + "access_token in it (RFC 6749, 5.1)",
            run.Out,
            StringComparison.Ordinal);
        Assert.Single(world.Provider.Requests);
    }

    internal static async Task<ChannelWorld> DeployedAsync(Func<ProviderRequest, ProviderAnswer> answer)
    {
        var world = await ChannelWorld.CreateAsync(answer);
        await world.ParameterAsync("/BudgetSync/Channels", """
            [{"name":"desk","kind":"ServiceNow","perHour":20,"endpoint":"https://example.service-now.com/api/now/import/u_alert","secret":"itsm",
              "tokenEndpoint":"https://example.service-now.com/oauth_token.do"}]
            """);
        await world.ConnectAsync("desk");
        return world;
    }

    private static ProviderAnswer Granted(ProviderRequest request, string client = "robot")
    {
        var (status, json) = TokenEndpoint.Answer(request.Body, Token, (id, secret) => (id, secret) == (client, Secret));
        return new ProviderAnswer((int)status, json);
    }
}
