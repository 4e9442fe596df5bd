using Amazon.Bedrock;

namespace BudgetSync.Compat.Tests.Clients;

/// <summary>Bedrock, whose operations are methods and paths.</summary>
internal static class BedrockExchanges
{
    private const string Profile = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/ab12";

    public static IEnumerable<Exchange> All =>
    [
        Bedrock(
            "GetModelInvocationLoggingConfiguration",
            "GET /logging/modelinvocations",
            """{"loggingConfig":{"cloudWatchConfig":{"logGroupName":"g","roleArn":"r"},"textDataDeliveryEnabled":false}}""",
            async bedrock =>
            {
                var config = (await bedrock.GetModelInvocationLoggingConfigurationAsync(new())).LoggingConfig;
                return $"{config.CloudWatchConfig.LogGroupName} {config.CloudWatchConfig.RoleArn} {config.TextDataDeliveryEnabled} {config.S3Config is null}";
            },
            "g r False True"),
        Bedrock(
            "PutModelInvocationLoggingConfiguration",
            """PUT /logging/modelinvocations {"loggingConfig":{"cloudWatchConfig":{"logGroupName":"g","roleArn":"r"},"textDataDeliveryEnabled":false}}""",
            "{}",
            async bedrock => $"{(await bedrock.PutModelInvocationLoggingConfigurationAsync(new()
            {
                LoggingConfig = new() { CloudWatchConfig = new() { LogGroupName = "g", RoleArn = "r" }, TextDataDeliveryEnabled = false },
            })).HttpStatusCode}",
            "OK"),
        Bedrock(
            "DeleteModelInvocationLoggingConfiguration",
            "DELETE /logging/modelinvocations",
            "{}",
            async bedrock => $"{(await bedrock.DeleteModelInvocationLoggingConfigurationAsync(new())).HttpStatusCode}",
            "OK"),
        Bedrock(
            "GetInferenceProfile",
            $"GET /inference-profiles/{Uri.EscapeDataString(Profile)}",
            """{"inferenceProfileName":"n","models":[{"modelArn":"m"}],"status":"ACTIVE","type":"APPLICATION","createdAt":"2026-05-20T10:30:00Z"}""",
            async bedrock =>
            {
                var profile = await bedrock.GetInferenceProfileAsync(new() { InferenceProfileIdentifier = Profile });
                return $"{profile.Models[0].ModelArn} {profile.Type} {profile.Status} {profile.CreatedAt:O}";
            },
            "m APPLICATION ACTIVE 2026-05-20T10:30:00.0000000Z"),
    ];

    private static Exchange Bedrock(string operation, string sent, string answer, Func<AmazonBedrockClient, Task<string?>> call, string? read) => new(
        $"Bedrock.{operation}",
        sent,
        answer,
        async service =>
        {
            using var client = new AmazonBedrockClient(StubService.Credentials, service.Configure(new AmazonBedrockConfig()));
            return await call(client);
        },
        read);
}
