using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class ConnectionTests : IAsyncDisposable
{
    private const string Secret = EndpointWorld.Secret;

    private readonly EndpointWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_connection_is_described_without_its_secrets_which_are_in_a_secret_of_its_own()
    {
        await CallAsync("CreateConnection", EndpointWorld.ApiKey(more: $$"""
            {"HeaderParameters":[{"Key":"X-Open","Value":"seen","IsValueSecret":false}],
             "BodyParameters":[{"Key":"k","Value":"{{Secret}}","IsValueSecret":true}]}
            """));

        var told = await CallAsync("DescribeConnection", Named());

        Assert.DoesNotContain(Secret, told.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("AUTHORIZED", "API_KEY"), (told["ConnectionState"]!.ToString(), told["AuthorizationType"]!.ToString()));
        Assert.Equal("""{"ApiKeyName":"Authorization"}""", told["AuthParameters"]!["ApiKeyAuthParameters"]!.ToJsonString());
        var http = told["AuthParameters"]!["InvocationHttpParameters"]!;
        Assert.Equal("""[{"Key":"X-Open","IsValueSecret":false,"Value":"seen"}]""", http["HeaderParameters"]!.ToJsonString());
        Assert.Equal("""[{"Key":"k","IsValueSecret":true}]""", http["BodyParameters"]!.ToJsonString());
        Assert.Contains(":secret:events!connection/chat/", told["SecretArn"]!.ToString(), StringComparison.Ordinal);
        var kept = await world.Api.JsonAsync("secretsmanager.GetSecretValue", new JsonObject { ["SecretId"] = told["SecretArn"]!.ToString() });
        Assert.Contains(Secret, kept["SecretString"]!.ToString(), StringComparison.Ordinal);

        Assert.Equal("DELETING", (await CallAsync("DeleteConnection", Named()))["ConnectionState"]!.ToString());
        Assert.Equal("ResourceNotFoundException", (await RefusedAsync("DescribeConnection", Named())).Code);
        var gone = await Api.RefusedAsync(() => world.Api.JsonAsync("secretsmanager.GetSecretValue", new() { ["SecretId"] = told["SecretArn"]!.ToString() }));
        Assert.Equal("ResourceNotFoundException", gone.Code);
    }

    [Fact]
    public async Task A_destination_is_described_with_its_connection_and_300_requests_a_second_where_nothing_is_said()
    {
        var arn = await world.ConnectAsync();

        var told = await CallAsync("DescribeApiDestination", Named());

        Assert.Equal(
            (arn, "ACTIVE", 300),
            (told["ApiDestinationArn"]!.ToString(), told["ApiDestinationState"]!.ToString(), (int)told["InvocationRateLimitPerSecond"]!));
        Assert.Equal(("https://chat.example.com/post?a=1", "POST"), (told["InvocationEndpoint"]!.ToString(), told["HttpMethod"]!.ToString()));
        Assert.StartsWith($"arn:aws:events:us-east-1:{EndpointWorld.Account}:connection/chat/", told["ConnectionArn"]!.ToString(), StringComparison.Ordinal);
        await CallAsync("DeleteApiDestination", Named());
        Assert.Equal("ResourceNotFoundException", (await RefusedAsync("DeleteApiDestination", Named())).Code);
    }

    [Fact]
    public async Task Names_are_taken_once()
    {
        await world.ConnectAsync();
        var connection = (await CallAsync("DescribeConnection", Named()))["ConnectionArn"]!.ToString();

        Assert.Equal("ResourceAlreadyExistsException", (await RefusedAsync("CreateConnection", EndpointWorld.ApiKey())).Code);
        Assert.Equal("ResourceAlreadyExistsException", (await RefusedAsync("CreateApiDestination", Destination(connection, "https://a.example.com"))).Code);
    }

    [Theory]
    [InlineData("http://chat.example.com/", "must be an HTTPS URL")]
    [InlineData("https://chat.example.com/*", "knows none with *")]
    [InlineData("chat", "must be an HTTPS URL")]
    public async Task An_endpoint_is_of_HTTPS(string endpoint, string problem)
    {
        var connection = (await CallAsync("CreateConnection", EndpointWorld.ApiKey()))["ConnectionArn"]!.ToString();

        var refused = await RefusedAsync("CreateApiDestination", Destination(connection, endpoint));

        Assert.Equal("ValidationException", refused.Code);
        Assert.Contains(problem, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_needs_a_connection_that_is_there()
    {
        var refused = await RefusedAsync(
            "CreateApiDestination", Destination($"arn:aws:events:us-east-1:{EndpointWorld.Account}:connection/none/1", "https://a.example.com"));

        Assert.Equal("ResourceNotFoundException", refused.Code);
    }

    [Theory]
    [InlineData("OAUTH_CLIENT_CREDENTIALS", "they are none of OAUTH_CLIENT_CREDENTIALS")]
    [InlineData("BASIC", "they are none of BASIC")]
    public async Task Parameters_must_be_those_of_the_type(string type, string problem)
    {
        var input = EndpointWorld.ApiKey();
        input["AuthorizationType"] = type;

        var refused = await RefusedAsync("CreateConnection", input);

        Assert.Equal("ValidationException", refused.Code);
        Assert.Contains(problem, refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_breaks_a_rule_is_refused_without_being_shown()
    {
        var refused = await RefusedAsync("CreateConnection", EndpointWorld.ApiKey(Secret + "\n"));

        Assert.Equal("ValidationException", refused.Code);
        Assert.Contains("apiKeyValue' failed to satisfy constraint: Member must satisfy regular expression pattern", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_needs_a_role_for_a_destination_of_its_own_account_and_region()
    {
        var arn = await world.ConnectAsync();
        var target = new RuleTarget("chat", arn) { RoleArn = $"arn:aws:iam::{EndpointWorld.Account}:role/Deliver" };

        Assert.Contains("RoleArn is required", Refused(target with { RoleArn = null }), StringComparison.Ordinal);
        Assert.Contains(
            "not in the rule's account",
            Refused(target with { Arn = arn.Replace(EndpointWorld.Account, "999999999999", StringComparison.Ordinal) }),
            StringComparison.Ordinal);
        Assert.Contains(
            "not in the rule's region",
            Refused(target with { Arn = arn.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal) }),
            StringComparison.Ordinal);

        string Refused(RuleTarget wrong) => Assert.Throws<AwsException>(() => world.World.Cloud.EventBridge.PutRule(
            new Rule(EndpointWorld.Account, "default", "r") { Pattern = EventPattern.Parse("""{"source":["t"]}"""), Targets = [wrong] })).Message;
    }

    [Theory]
    [InlineData("CreateConnection", "connection/chat")]
    [InlineData("DescribeConnection", "connection/chat")]
    [InlineData("DeleteConnection", "connection/chat")]
    [InlineData("CreateApiDestination", "api-destination/chat")]
    [InlineData("DescribeApiDestination", "api-destination/chat")]
    [InlineData("DeleteApiDestination", "api-destination/chat")]
    public void Each_operation_needs_its_IAM_action_on_what_it_names(string operation, string resource)
    {
        var call = new AwsCall("events", operation, Caller.Root(EndpointWorld.Account), "us-east-1", Named());

        var need = Assert.Single(world.World.Cloud.EventBridge.Find(operation)!.Needs(call));

        Assert.Equal(($"events:{operation}", $"arn:aws:events:us-east-1:{EndpointWorld.Account}:{resource}"), (need.Action, need.Resource));
    }

    private static JsonObject Named() => new() { ["Name"] = "chat" };

    private static JsonObject Destination(string connection, string endpoint) =>
        new() { ["Name"] = "chat", ["ConnectionArn"] = connection, ["InvocationEndpoint"] = endpoint, ["HttpMethod"] = "POST" };

    private Task<JsonObject> CallAsync(string operation, JsonObject input) => world.Api.JsonAsync($"AWSEvents.{operation}", input);

    private Task<ApiException> RefusedAsync(string operation, JsonObject input) => Api.RefusedAsync(() => CallAsync(operation, input));
}
