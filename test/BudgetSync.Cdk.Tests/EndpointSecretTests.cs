using System.Collections.Immutable;
using BudgetSync.Cdk.Channels;

namespace BudgetSync.Cdk.Tests;

/// <summary>An endpoint stands in templates: a secret in it is told at synth, and is not shown.</summary>
public sealed class EndpointSecretTests
{
    [Theory]
    [InlineData("https://a.example.com/x?sig=1", "sig")]
    [InlineData("https://a.example.com/x?v=1&Access_Token=1", "Access_Token")]
    [InlineData("https://a.example.com/x?api-key=1", "api-key")]
    [InlineData("https://a.example.com/x?apiKey=1", "apiKey")]
    [InlineData("https://a.example.com/x?client_secret=1", "client_secret")]
    [InlineData("https://a.example.com/x?X-Amz-Signature=1", "X-Amz-Signature")]
    [InlineData("https://a.example.com/x?%74oken=1", "token")]
    [InlineData("https://a.example.com/x?pwd=1", "pwd")]
    [InlineData("https://a.example.com/x?code=1", "code")]
    [InlineData("https://a.example.com/x?u=Xy9ZkQ7w8V6uXy9ZkQ7w8V6u", "u")]
    public void A_secret_in_the_query_is_refused_by_its_name_or_its_looks_without_its_value(string endpoint, string name) => Assert.Equal(
        $"channels[0].endpoint: has a secret in its query ({name}); take it out of the URL and put it into the secret", Assert.Single(Problems(endpoint)));

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0001/B0002/x")]
    [InlineData("https://discord.example.com/api/webhooks/123456789012345678/aBcDeF0123456789aBcDeF0123456789")]
    [InlineData("https://a.example.com/hook/Xy9ZkQ7w8V6uXy9ZkQ7w8V6u/in")]
    public void A_secret_in_the_path_is_refused_without_being_shown(string endpoint)
    {
        var problem = Assert.Single(Problems(endpoint));

        Assert.Matches("^channels\\[0\\]\\.endpoint: (is an incoming webhook of Slack|has what looks like a secret in its path)", problem);
        Assert.DoesNotContain("9", problem.Replace("channels[0]", "", StringComparison.Ordinal));
        Assert.DoesNotContain("B0002", problem, StringComparison.Ordinal);
    }

    /// <summary>A workflow of Teams has an id of 32 hex digits in its path and three parts of a query beside sig.</summary>
    [Theory]
    [InlineData("https://prod-00.westus.logic.azure.com/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke"
        + "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0")]
    [InlineData("https://a.example.com/hooks/7b1d1b7e-6c1b-4a53-9d0e-4f2d8a1c9b11?team=payments&monkey=1&author=jane&signal=2")]
    [InlineData("https://alerts.example.com/v2/budget-sync/incoming")]
    public void An_id_in_an_address_is_no_secret(string endpoint) => Assert.Empty(Problems(endpoint));

    /// <summary>Okta developer docs, "OAuth 2.0 and OpenID Connect overview": <c>/oauth2/{authorizationServerId}/v1/token</c>.</summary>
    [Theory]
    [InlineData("https://x.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/token", null)]
    [InlineData("https://x.okta.com/oauth2/aus1A2b3C4d5E6f7G8h9/v1/token", null)]
    [InlineData("https://login.example.com/0a1B2c3D4e5F6g7H8i9J0k/oauth2/v2.0/token", null)]
    [InlineData("https://x.okta.com/oauth2/aus1A2b3C4d5E6f7G8h9/v1/token?client_secret=1", "client_secret")]
    public void A_token_endpoint_has_ids_in_its_path_and_no_secret(string endpoint, string? refused)
    {
        var problems = ChannelsReader.Read(
            $$"""
            [{ "name": "a", "kind": "ServiceNow", "endpoint": "https://x.service-now.com/api/now/table/incident", "secret": "s",
               "tokenEndpoint": "{{endpoint}}" }]
            """).Problems;

        if (refused is null) Assert.Empty(problems);
        else Assert.Contains($"tokenEndpoint: has a secret in its query ({refused})", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_only_looks_secret_is_taken_where_the_channel_says_that_it_is_public()
    {
        const string Looks = "https://a.example.com/hook/Xy9ZkQ7w8V6uXy9ZkQ7w8V6u/in";
        Assert.EndsWith("""or "publicPath": true beside it where nothing in the path is secret""", Assert.Single(Problems(Looks)), StringComparison.Ordinal);
        Assert.Empty(Problems(Looks, """, "publicPath": true"""));
        Assert.Single(Problems(Looks, """, "publicPath": false"""));
        Assert.Contains("""channels[0].publicPath: "yes" is not valid: write true or false""", Problems(Looks, """, "publicPath": "yes" """));
        // It says nothing of a query, nor of an incoming webhook of Slack.
        Assert.Single(Problems(Looks + "?sig=1", """, "publicPath": true"""));
        Assert.Single(Problems("https://hooks.slack.com/services/T0001/B0002/x", """, "publicPath": true"""));
    }

    private static ImmutableArray<string> Problems(string endpoint, string more = "") =>
        ChannelsReader.Read($$"""[{ "name": "a", "kind": "Webhook", "endpoint": "{{endpoint}}", "secret": "s"{{more}} }]""").Problems;
}
