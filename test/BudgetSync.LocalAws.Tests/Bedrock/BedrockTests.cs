using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Bedrock;

public sealed class BedrockTests : IAsyncDisposable
{
    private const string Account = "111122223333";
    private const string Group = "/models";
    private const string RoleArn = $"arn:aws:iam::{Account}:role/ModelLogs";
    private const string Path = "/logging/modelinvocations";

    private const string Config = $$"""
        {"cloudWatchConfig":{"logGroupName":"{{Group}}","roleArn":"{{RoleArn}}"},"textDataDeliveryEnabled":false,"imageDataDeliveryEnabled":false}
        """;

    private readonly LocalCloud cloud = new(new LocalCloudOptions { Time = new FakeTimeProvider(Api.Start) });
    private readonly Api administrator;

    public BedrockTests() => administrator = new Api(cloud, Account);

    public async ValueTask DisposeAsync()
    {
        administrator.Dispose();
        await cloud.DisposeAsync();
    }

    [Fact]
    public async Task A_configuration_is_answered_as_it_was_put_until_it_is_deleted()
    {
        await PrepareAsync();

        Assert.Equal("{}", (await SendAsync("GET")).Body);
        Assert.Equal((200, "{}"), await SendAsync("PUT", Config));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Config), JsonNode.Parse((await SendAsync("GET")).Body)!["loggingConfig"]));
        Assert.Equal((200, "{}"), await SendAsync("DELETE"));
        Assert.Equal((200, "{}"), await SendAsync("DELETE"));
        Assert.Null(cloud.Bedrock.LoggingOf(Account));
    }

    [Theory]
    [InlineData("bedrock.amazonaws.com", "logs:CreateLogStream", Group)]
    [InlineData("lambda.amazonaws.com", "logs:*", Group)]
    [InlineData("bedrock.amazonaws.com", "logs:*", "/other")]
    public async Task A_configuration_is_refused_whose_role_Bedrock_cannot_write_the_group_with(string trusted, string action, string group)
    {
        await PrepareAsync(trusted, action, group);

        var (status, body) = await SendAsync("PUT", Config);

        Assert.Equal(400, status);
        Assert.Contains($"Failed to validate permissions for log group: {Group}, with role: {RoleArn}.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_needs_a_destination_and_the_right_to_pass_its_role()
    {
        await PrepareAsync();
        var user = cloud.Iam.PutUser(Account, "person", Policies.Document(Policies.Allow("bedrock:*")));
        using var person = new Api(cloud.CreateHandler(), cloud.Iam.CreateAccessKey(user));

        var denied = await SendAsync("PUT", Config, person);

        Assert.Equal(403, denied.Status);
        Assert.Contains("iam:PassRole", denied.Body, StringComparison.Ordinal);
        Assert.Equal(400, (await SendAsync("PUT", """{"textDataDeliveryEnabled":false}""")).Status);
    }

    [Fact]
    public async Task An_application_inference_profile_names_its_models_by_id_and_by_arn()
    {
        var profile = cloud.Bedrock.PutProfile(Account, "ab12cd34ef56", "team", "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0");

        foreach (var name in new[] { profile.Id, profile.Arn })
        {
            using var answer = await administrator.RestAsync("GET", $"/inference-profiles/{Uri.EscapeDataString(name)}", service: "bedrock");
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal(profile.Models[0], body["models"]![0]!["modelArn"]!.ToString());
        }

        using var missing = await administrator.RestAsync("GET", "/inference-profiles/none", service: "bedrock");
        Assert.Equal(404, (int)missing.StatusCode);
    }

    [Fact]
    public async Task A_call_leaves_the_record_that_Bedrock_writes_where_all_delivery_of_data_is_off()
    {
        await PrepareAsync();
        await SendAsync("PUT", Config);
        var role = cloud.Iam.PutRole(Account, Policies.Role("DataScience", Policies.Allow("bedrock:InvokeModel")));
        var caller = new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/DataScience/notebook");

        var requestId = await cloud.Bedrock.InvokeAsync(
            new ModelCall(caller, "us.amazon.nova-pro-v1:0", 1200, 80) { CacheReadTokens = 300, InferenceRegion = "us-west-2" });

        var record = Assert.Single(cloud.Logs.Events(Account, Group));
        Assert.Equal(
            $$$"""
            {"timestamp":"2026-05-20T10:30:00Z","accountId":"{{{Account}}}","identity":{"arn":"{{{caller.SessionArn}}}"},"region":"us-east-1",
            "requestId":"{{{requestId}}}","operation":"Converse","modelId":"us.amazon.nova-pro-v1:0","input":{"inputContentType":"application/json",
            "inputTokenCount":1200,"cacheReadInputTokenCount":300,"cacheWriteInputTokenCount":0},"output":{"outputContentType":"application/json",
            "outputTokenCount":80},"inferenceRegion":"us-west-2","schemaType":"ModelInvocationLog","schemaVersion":"1.0"}
            """.ReplaceLineEndings(""),
            record.Message);
        Assert.Equal("aws/bedrock/modelinvocations", record.Stream);
    }

    [Theory]
    [InlineData("ThrottlingException", """ "input":{},"output":{},"errorCode":"ThrottlingException", """)]
    [InlineData(null, """ "input":{"inputContentType":"application/json"},"output":{"outputContentType":"application/json"}, """)]
    public async Task A_call_that_failed_or_is_not_paid_by_tokens_leaves_a_record_without_counts(string? error, string expected)
    {
        await PrepareAsync();
        await SendAsync("PUT", Config);
        var role = cloud.Iam.PutRole(Account, Policies.Role("DataScience", Policies.Allow("bedrock:InvokeModel")));
        var caller = new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/DataScience/notebook");

        await cloud.Bedrock.InvokeAsync(new ModelCall(caller, "amazon.nova-canvas-v1:0", 5, 7) { ErrorCode = error, HasCounts = error is not null });

        Assert.Contains(expected.Trim(), Assert.Single(cloud.Logs.Events(Account, Group)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_is_denied_by_IAM_and_by_the_status_of_its_key_and_leaves_no_record()
    {
        await PrepareAsync();
        await SendAsync("PUT", Config);
        var user = cloud.Iam.PutUser(Account, "BedrockAPIKey-ab12", Policies.Document(Policies.Allow("bedrock:*")));
        var key = cloud.Iam.CreateCredential(user);
        var call = new ModelCall(new Caller(Account, user.Arn, user.Arn), "amazon.nova-pro-v1:0", 1, 1) { ApiKeyId = key.Id };
        var nobody = cloud.Iam.PutUser(Account, "nobody", Policies.Document());

        await cloud.Bedrock.InvokeAsync(call);
        cloud.Iam.SetCredential(Account, user.Name, key.Id, "Inactive");
        await Assert.ThrowsAsync<AwsException>(() => cloud.Bedrock.InvokeAsync(call));
        var denied = await Assert.ThrowsAsync<AwsException>(
            () => cloud.Bedrock.InvokeAsync(call with { Caller = new Caller(Account, nobody.Arn, nobody.Arn), ApiKeyId = null }));

        Assert.Contains("bedrock:InvokeModel", denied.Message, StringComparison.Ordinal);
        Assert.Single(cloud.Logs.Events(Account, Group));
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_lost_and_the_call_is_answered()
    {
        await PrepareAsync();
        await SendAsync("PUT", Config);
        await administrator.JsonAsync("Logs_20140328.DeleteLogGroup", new JsonObject { ["logGroupName"] = Group });

        await cloud.Bedrock.InvokeAsync(new ModelCall(Caller.Root(Account), "amazon.nova-pro-v1:0", 1, 1));

        Assert.Equal(1, cloud.Bedrock.LostRecords);
    }

    private async Task PrepareAsync(string trusted = "bedrock.amazonaws.com", string action = "logs:*", string group = Group)
    {
        await administrator.JsonAsync("Logs_20140328.CreateLogGroup", new JsonObject { ["logGroupName"] = Group });
        cloud.Iam.PutRole(Account, Policies.Role(
            "ModelLogs",
            Policies.TrustOf(trusted),
            [Policies.Allow(action, $"arn:aws:logs:us-east-1:{Account}:log-group:{group}:log-stream:aws/bedrock/modelinvocations")]));
    }

    private async Task<(int Status, string Body)> SendAsync(string method, string? config = null, Api? by = null)
    {
        using var answer = await (by ?? administrator).RestAsync(method, Path, config is null ? "" : $$"""{"loggingConfig":{{config}}}""", "bedrock");
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
