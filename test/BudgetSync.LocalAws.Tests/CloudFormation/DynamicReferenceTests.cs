using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Tests.EventBridge;

namespace BudgetSync.LocalAws.Tests.CloudFormation;

public sealed class DynamicReferenceTests : IAsyncDisposable
{
    private const string Account = EndpointWorld.Account;

    private static readonly Dictionary<string, string> None = [];

    private readonly EndpointWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("Bearer {{resolve:secretsmanager:slack:SecretString:token}}", "Bearer new \"quoted\"")]
    [InlineData("{{resolve:secretsmanager:slack:SecretString:token:AWSPREVIOUS}}", "old")]
    [InlineData("{{resolve:secretsmanager:slack:SecretString:token::VERSION}}", "old")]
    [InlineData("{{resolve:secretsmanager:ARN:SecretString:token}}", "new \"quoted\"")]
    [InlineData("{{resolve:secretsmanager:plain}}", "whole")]
    [InlineData("{{resolve:secretsmanager:plain:SecretString}}", "whole")]
    public async Task A_reference_is_replaced_by_the_secrets_value(string written, string value)
    {
        var arn = MakeSecrets();
        var version = (await ReadAsync("""{"SecretId":"slack","VersionStage":"AWSPREVIOUS"}"""))["VersionId"]!.ToString();
        await DeployAsync(written.Replace("ARN", arn, StringComparison.Ordinal).Replace("VERSION", version, StringComparison.Ordinal));

        Assert.Equal(value, Connection.Authorization.Value);
    }

    [Theory]
    [InlineData("{{resolve:secretsmanager:slack:SecretString:none}}", "JSONKey none")]
    [InlineData("{{resolve:secretsmanager:plain:SecretString:none}}", "JSONKey none")]
    [InlineData("{{resolve:secretsmanager:none:SecretString:token}}", "can't find the specified secret")]
    [InlineData("{{resolve:secretsmanager:slack:SecretBinary:token}}", "LocalAws knows dynamic references of the form")]
    [InlineData("{{resolve:ssm:name}}", "LocalAws knows dynamic references of the form")]
    [InlineData("{{resolve:secretsmanager:slack:SecretString:token:AWSCURRENT:00000000-0000-4000-8000-0000000000aa}}", "not both")]
    public async Task A_reference_that_finds_nothing_fails_its_stack(string written, string problem)
    {
        MakeSecrets();

        var refused = await Assert.ThrowsAsync<StackException>(() => DeployAsync(written));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_keeps_the_reference_and_reads_the_secret_again_only_when_the_resource_changes()
    {
        MakeSecrets();
        var stack = await DeployAsync("{{resolve:secretsmanager:plain}}");
        Assert.Equal("{{resolve:secretsmanager:plain}}", stack.Resources[0].Properties["AuthParameters"]!["ApiKeyAuthParameters"]!["ApiKeyValue"]!.ToString());

        world.World.Cloud.Secrets.PutSecret(Account, "plain", "fresh");
        await DeployAsync("{{resolve:secretsmanager:plain}}");
        Assert.Equal("whole", Connection.Authorization.Value);

        var before = Connection.Arn;
        await DeployAsync("{{resolve:secretsmanager:plain}}", description: "another");
        Assert.Equal(("fresh", before), (Connection.Authorization.Value, Connection.Arn));
    }

    [Fact]
    public async Task A_stack_makes_connection_and_destination_changes_them_and_takes_them_away()
    {
        const string template = """
            {"Resources":{
              "Destination":{"Type":"AWS::Events::ApiDestination","Properties":{"Name":"NAME","ConnectionArn":{"Fn::GetAtt":["Connection","Arn"]},
                "HttpMethod":"POST","InvocationEndpoint":"https://a.example.com/","InvocationRateLimitPerSecond":"RATE"}},
              "Connection":{"Type":"AWS::Events::Connection","Properties":{"Name":"NAME","AuthorizationType":"API_KEY","AuthParameters":{
                "ApiKeyAuthParameters":{"ApiKeyName":"X","ApiKeyValue":"v"},
                "InvocationHttpParameters":{"BodyParameters":[{"Key":"k","Value":"v","IsValueSecret":"true"}]}}}}},
             "Outputs":{"Destination":{"Value":{"Fn::GetAtt":["Destination","Arn"]}},"Secret":{"Value":{"Fn::GetAtt":["Connection","SecretArn"]}}}}
            """;
        var store = world.World.Cloud.EventBridge.Destinations;
        var made = await DeployAllAsync(template.Replace("NAME", "one", StringComparison.Ordinal).Replace("RATE", "1", StringComparison.Ordinal));
        Assert.Equal(1, store.Find(made.Outputs["Destination"])!.PerSecond);
        Assert.Contains("events!connection/one/", made.Outputs["Secret"], StringComparison.Ordinal);

        var changed = await DeployAllAsync(template.Replace("NAME", "one", StringComparison.Ordinal).Replace("RATE", "5", StringComparison.Ordinal));
        Assert.Equal(made.Outputs["Destination"], changed.Outputs["Destination"]);
        Assert.Equal(5, store.Find(changed.Outputs["Destination"])!.PerSecond);

        var renamed = await DeployAllAsync(template.Replace("NAME", "two", StringComparison.Ordinal).Replace("RATE", "5", StringComparison.Ordinal));
        Assert.Null(store.Find(made.Outputs["Destination"]));
        Assert.NotNull(store.Find(renamed.Outputs["Destination"]));

        await world.World.Cloud.CloudFormation.DeleteAsync(Account, "Stack");
        Assert.Null(store.Find(renamed.Outputs["Destination"]));
    }

    private LocalAws.EventBridge.ApiDestinations.Connection Connection => world.World.Cloud.EventBridge.Destinations.Connection(Account, "us-east-1", "chat");

    /// <returns>The ARN of the one that was changed.</returns>
    private string MakeSecrets()
    {
        world.World.Cloud.Secrets.PutSecret(Account, "plain", "whole");
        world.World.Cloud.Secrets.PutSecret(Account, "slack", """{"token":"old"}""");
        return world.World.Cloud.Secrets.PutSecret(Account, "slack", """{"token":"new \"quoted\""}""");
    }

    private Task<JsonObject> ReadAsync(string input) => world.Api.JsonAsync("secretsmanager.GetSecretValue", JsonNode.Parse(input)!.AsObject());

    private Task<Stack> DeployAsync(string key, string description = "one") => DeployAllAsync("""
        {"Resources":{"Connection":{"Type":"AWS::Events::Connection","Properties":{"Name":"chat","Description":"TEXT","AuthorizationType":"API_KEY",
          "AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"Authorization","ApiKeyValue":"<KEY>"}}}}}}
        """.Replace("TEXT", description, StringComparison.Ordinal).Replace("<KEY>", key, StringComparison.Ordinal));

    private Task<Stack> DeployAllAsync(string template) => world.World.Cloud.CloudFormation.DeployAsync(Account, "Stack", template, None);
}
