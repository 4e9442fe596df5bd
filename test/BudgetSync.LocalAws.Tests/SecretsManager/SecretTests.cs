using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.SecretsManager;

public sealed class SecretTests : IAsyncDisposable
{
    private const string Account = "111122223333";
    private const string Token = "00000000-0000-4000-8000-0000000000aa";

    private readonly LocalCloud cloud = new();
    private readonly Api api;

    public SecretTests() => api = new Api(cloud, Account);

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return cloud.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_is_read_by_name_or_whole_ARN()
    {
        var made = await CallAsync("CreateSecret", """{"Name":"team/slack","SecretString":"{\"token\":\"x\"}"}""");
        var arn = made["ARN"]!.ToString();

        Assert.Matches($"^arn:aws:secretsmanager:us-east-1:{Account}:secret:team/slack-[A-Za-z0-9]{{6}}$", arn);
        foreach (var id in new[] { "team/slack", arn })
        {
            var read = await CallAsync("GetSecretValue", $$"""{"SecretId":"{{id}}"}""");
            Assert.Equal(("""{"token":"x"}""", made["VersionId"]!.ToString()), (read["SecretString"]!.ToString(), read["VersionId"]!.ToString()));
            Assert.Equal("""["AWSCURRENT"]""", read["VersionStages"]!.ToJsonString());
        }

        Assert.Equal("ResourceNotFoundException", (await RefusedAsync("GetSecretValue", $$"""{"SecretId":"{{arn[..^7]}}"}""")).Code);
    }

    [Fact]
    public async Task Another_value_is_the_current_one_and_the_one_before_stays_the_previous_one()
    {
        var first = (await CallAsync("CreateSecret", """{"Name":"s","SecretString":"one"}"""))["VersionId"]!.ToString();
        var second = await CallAsync("PutSecretValue", $$"""{"SecretId":"s","SecretString":"two","ClientRequestToken":"{{Token}}"}""");

        Assert.Equal((Token, """["AWSCURRENT"]"""), (second["VersionId"]!.ToString(), second["VersionStages"]!.ToJsonString()));
        Assert.Equal("two", await ReadAsync("""{"SecretId":"s"}"""));
        Assert.Equal("one", await ReadAsync("""{"SecretId":"s","VersionStage":"AWSPREVIOUS"}"""));
        Assert.Equal("one", await ReadAsync($$"""{"SecretId":"s","VersionId":"{{first}}"}"""));

        await CallAsync("PutSecretValue", """{"SecretId":"s","SecretString":"three"}""");
        Assert.Equal("two", await ReadAsync("""{"SecretId":"s","VersionStage":"AWSPREVIOUS"}"""));
        var refused = await RefusedAsync("GetSecretValue", $$"""{"SecretId":"s","VersionId":"{{first}}","VersionStage":"AWSCURRENT"}""");
        Assert.Equal("ResourceNotFoundException", refused.Code);
    }

    [Fact]
    public async Task A_token_makes_a_version_once()
    {
        await CallAsync("CreateSecret", """{"Name":"s","SecretString":"one"}""");
        await CallAsync("PutSecretValue", $$"""{"SecretId":"s","SecretString":"two","ClientRequestToken":"{{Token}}"}""");
        await CallAsync("PutSecretValue", $$"""{"SecretId":"s","SecretString":"two","ClientRequestToken":"{{Token}}"}""");

        Assert.Equal("one", await ReadAsync("""{"SecretId":"s","VersionStage":"AWSPREVIOUS"}"""));
        var refused = await RefusedAsync("PutSecretValue", $$"""{"SecretId":"s","SecretString":"other","ClientRequestToken":"{{Token}}"}""");
        Assert.Equal("ResourceExistsException", refused.Code);
    }

    [Theory]
    [InlineData("CreateSecret", """{"Name":"with blank","SecretString":"x"}""", "InvalidParameterException")]
    [InlineData("CreateSecret", """{"Name":"there","SecretString":"x"}""", "ResourceExistsException")]
    [InlineData("PutSecretValue", """{"SecretId":"there"}""", "InvalidParameterException")]
    [InlineData("PutSecretValue", """{"SecretId":"none","SecretString":"x"}""", "ResourceNotFoundException")]
    [InlineData("GetSecretValue", """{"SecretId":"none"}""", "ResourceNotFoundException")]
    [InlineData("GetSecretValue", """{"SecretId":"empty"}""", "ResourceNotFoundException")]
    public async Task What_cannot_be_is_refused(string operation, string input, string code)
    {
        await CallAsync("CreateSecret", """{"Name":"there","SecretString":"x"}""");
        await CallAsync("CreateSecret", """{"Name":"empty"}""");

        Assert.Equal(code, (await RefusedAsync(operation, input)).Code);
    }

    [Fact]
    public async Task A_secret_belongs_to_its_account_and_region()
    {
        var arn = (await CallAsync("CreateSecret", """{"Name":"s","SecretString":"x"}"""))["ARN"]!.ToString();
        using var other = new Api(cloud, "999999999999");
        using var elsewhere = new Api(cloud, Account, "eu-west-1");

        var byArn = await Api.RefusedAsync(() => other.JsonAsync("secretsmanager.GetSecretValue", new JsonObject { ["SecretId"] = arn }));
        var byName = await Api.RefusedAsync(() => elsewhere.JsonAsync("secretsmanager.GetSecretValue", new JsonObject { ["SecretId"] = "s" }));

        Assert.Equal(("AccessDeniedException", "ResourceNotFoundException"), (byArn.Code, byName.Code));
    }

    [Theory]
    [InlineData("CreateSecret", """{"Name":"s"}""")]
    [InlineData("PutSecretValue", """{"SecretId":"s"}""")]
    [InlineData("GetSecretValue", """{"SecretId":"s"}""")]
    public async Task Each_operation_needs_its_IAM_action_on_the_secret(string operation, string input)
    {
        var call = new AwsCall("secretsmanager", operation, Caller.Root(Account), "us-east-1", JsonNode.Parse(input)!.AsObject());
        var before = Assert.Single(cloud.Secrets.Find(operation)!.Needs(call));
        var arn = (await CallAsync("CreateSecret", """{"Name":"s","SecretString":"x"}"""))["ARN"]!.ToString();
        var after = Assert.Single(cloud.Secrets.Find(operation)!.Needs(call));

        Assert.Equal(($"secretsmanager:{operation}", $"arn:aws:secretsmanager:us-east-1:{Account}:secret:s"), (before.Action, before.Resource));
        Assert.Equal(arn, after.Resource);
    }

    private async Task<string> ReadAsync(string input) => (await CallAsync("GetSecretValue", input))["SecretString"]!.ToString();

    private Task<JsonObject> CallAsync(string operation, string input) => api.JsonAsync($"secretsmanager.{operation}", JsonNode.Parse(input)!.AsObject());

    private Task<ApiException> RefusedAsync(string operation, string input) => Api.RefusedAsync(() => CallAsync(operation, input));
}
