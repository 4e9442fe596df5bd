using Amazon.Bedrock;
using Amazon.Bedrock.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// Bedrock's model invocation logging of the account and region, of which there is one configuration: turned on where there is none, with all delivery of data
/// off, and left alone where somebody else has one.
/// </summary>
/// <param name="group">The log group of the stack.</param>
/// <param name="roleArn">The role of the stack by which Bedrock writes it.</param>
public sealed class InvocationLog(IAmazonBedrock bedrock, string group, string roleArn, AwsCaller caller, JsonLog log)
{
    private const string Service = "bedrock";

    /// <summary>What is configured, turned on where nothing is.</summary>
    /// <exception cref="AwsFaultException">Bedrock failed, or refused the configuration also after all tries.</exception>
    public async Task<LoggedModels> PutAsync(CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is { } there) return Of(there);
        var config = new LoggingConfig
        {
            CloudWatchConfig = new CloudWatchConfig { LogGroupName = group, RoleArn = roleArn },
            TextDataDeliveryEnabled = false,
            ImageDataDeliveryEnabled = false,
            EmbeddingDataDeliveryEnabled = false,
            VideoDataDeliveryEnabled = false,
            AudioDataDeliveryEnabled = false,
        };
        // Bedrock tries the role before it takes the configuration, and a role that has just come cannot write until IAM has spread it.
        await caller.CallAsync(
            Service,
            "PutModelInvocationLoggingConfiguration",
            token => bedrock.PutModelInvocationLoggingConfigurationAsync(new() { LoggingConfig = config }, token),
            cancellation,
            FaultKind.Rejected,
            Limits.NewRoleAttempts);
        log.Info(LogEvent.LoggingConfigured, null, null, $"Model invocation logging writes to {group}, with all delivery of data off.");
        return new LoggedModels(group, IsOurs: true, null);
    }

    /// <summary>What is configured; null where nothing is.</summary>
    /// <exception cref="AwsFaultException">Bedrock failed.</exception>
    public async Task<LoggedModels?> SeeAsync(CancellationToken cancellation) => await ReadAsync(cancellation) is { } there ? Of(there) : null;

    /// <summary>Turns it off where it is ours; what somebody else configured stays as it is.</summary>
    /// <returns>What stays.</returns>
    /// <exception cref="AwsFaultException">Bedrock failed.</exception>
    public async Task<LoggedModels?> RemoveAsync(CancellationToken cancellation)
    {
        var seen = await SeeAsync(cancellation);
        if (seen is not { IsOurs: true }) return seen;
        await caller.CallAsync(
            Service,
            "DeleteModelInvocationLoggingConfiguration",
            token => bedrock.DeleteModelInvocationLoggingConfigurationAsync(new(), token),
            cancellation);
        log.Info(LogEvent.LoggingConfigured, null, null, $"Model invocation logging to {seen.Group} is off again.");
        return null;
    }

    private async Task<LoggingConfig?> ReadAsync(CancellationToken cancellation)
    {
        var answer = await caller.CallAsync(
            Service,
            "GetModelInvocationLoggingConfiguration",
            token => bedrock.GetModelInvocationLoggingConfigurationAsync(new(), token),
            cancellation);
        return answer.LoggingConfig is { } config && (config.CloudWatchConfig is not null || config.S3Config is not null) ? config : null;
    }

    /// <summary>Ours is what writes to our group by our role and nowhere else: whoever added a bucket has made it theirs.</summary>
    private LoggedModels Of(LoggingConfig there) => there.CloudWatchConfig switch
    {
        null => new(group, IsOurs: false, "model invocation logging goes to a bucket only, and is not ours to change; give it a log group too"),
        { LogGroupName: var name, RoleArn: var role, LargeDataDeliveryS3Config: null } when name == group && role == roleArn && there.S3Config is null =>
            new(group, IsOurs: true, null),
        { LogGroupName: var name } => new(name, IsOurs: false, null),
    };
}
