using Amazon.Bedrock;
using Amazon.Bedrock.Model;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// Bedrock's model invocation logging of the account and region, of which there is one configuration: turned on where there is none, with all delivery of data
/// off, and left alone where somebody else has one.
/// </summary>
/// <param name="bedrock">Of the region, as <paramref name="logs"/>.</param>
/// <param name="group">The log group of the stack.</param>
/// <param name="roleArn">The role of the stack by which Bedrock writes it.</param>
public sealed class InvocationLog(
    string region, IAmazonBedrock bedrock, IAmazonCloudWatchLogs logs, string group, string roleArn, AwsCaller caller, JsonLog log)
{
    /// <summary>For example <c>eu-west-1</c>.</summary>
    public string Region => region;

    private const string Service = "bedrock";

    /// <summary>What the stack's subscription is called.</summary>
    private const string Subscription = "BudgetSync-Meter";

    /// <summary>What is configured, turned on where nothing is.</summary>
    /// <remarks>A group that cannot be subscribed to would fail the stack: then it subscribes to its own, empty one, and says why.</remarks>
    /// <exception cref="AwsFaultException">Bedrock failed, or refused the configuration also after all tries.</exception>
    public async Task<LoggedModels> PutAsync(CancellationToken cancellation)
    {
        var config = new LoggingConfig
        {
            CloudWatchConfig = new CloudWatchConfig { LogGroupName = group, RoleArn = roleArn },
            TextDataDeliveryEnabled = false,
            ImageDataDeliveryEnabled = false,
            EmbeddingDataDeliveryEnabled = false,
            VideoDataDeliveryEnabled = false,
            AudioDataDeliveryEnabled = false,
        };
        // Bedrock tries the role before it takes the configuration, and a role that has just come cannot write until IAM has spread it. Somebody may configure
        // theirs meanwhile, and Bedrock writes over it without a word: so it is looked at before each try.
        var there = await caller.CallAsync(
            Service,
            "PutModelInvocationLoggingConfiguration",
            async token =>
            {
                var answer = await bedrock.GetModelInvocationLoggingConfigurationAsync(new(), token);
                if (Configured(answer) is { } found) return found;
                await bedrock.PutModelInvocationLoggingConfigurationAsync(new() { LoggingConfig = config }, token);
                return null;
            },
            cancellation,
            FaultKind.Rejected,
            Limits.NewRoleAttempts);
        if (there is not null)
        {
            var seen = Of(there);
            return await UnreachableAsync(seen, cancellation) is { } why ? new LoggedModels(group, IsOurs: false, why) : seen;
        }

        log.Info(LogEvent.LoggingConfigured, null, null, $"Model invocation logging writes to {group}, with all delivery of data off.");
        return new LoggedModels(group, IsOurs: true, null);
    }

    /// <summary>What is configured, and whether its calls are seen; null where nothing is.</summary>
    /// <exception cref="AwsFaultException">Bedrock or CloudWatch Logs failed.</exception>
    public async Task<LoggedModels?> SeeAsync(CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not { } there) return null;
        var seen = Of(there);
        if (seen.Blind is not null) return seen;
        var why = await UnreachableAsync(seen, cancellation);
        if (why is null && !(await SubscriptionsAsync(seen.Group, cancellation)).Contains(Subscription, StringComparer.Ordinal))
        {
            why = seen.IsOurs
                ? $"somebody deleted the subscription {Subscription} of the log group {seen.Group}; make it again as the stack's template has it"
                : $"the log group {seen.Group}, to which models are logged, is not subscribed to; the next release of the stack that is deployed does";
        }

        return why is null ? seen : seen with { Blind = why };
    }

    /// <summary>Turns it off where it is ours; what somebody else configured stays as it is.</summary>
    /// <returns>What stays.</returns>
    /// <exception cref="AwsFaultException">Bedrock failed.</exception>
    public async Task<LoggedModels?> RemoveAsync(CancellationToken cancellation)
    {
        var seen = await ReadAsync(cancellation) is { } there ? Of(there) : null;
        if (seen is not { IsOurs: true }) return seen;
        await caller.CallAsync(
            Service,
            "DeleteModelInvocationLoggingConfiguration",
            token => bedrock.DeleteModelInvocationLoggingConfigurationAsync(new(), token),
            cancellation);
        log.Info(LogEvent.LoggingConfigured, null, null, $"Model invocation logging to {seen.Group} is off again.");
        return null;
    }

    /// <summary>Why nobody can subscribe to somebody else's group for us; null where it is subscribed to, or can be.</summary>
    private async Task<string?> UnreachableAsync(LoggedModels seen, CancellationToken cancellation)
    {
        if (seen.IsOurs || seen.Blind is not null) return null;
        try
        {
            var others = await SubscriptionsAsync(seen.Group, cancellation);
            return others.Contains(Subscription, StringComparer.Ordinal) || others.Count < AwsLimits.SubscriptionsOfGroup
                ? null
                : $"the log group {seen.Group}, to which models are logged, has as many subscriptions as CloudWatch Logs takes ({string.Join(", ", others)}); "
                    + "delete one, and the next release of the stack that is deployed subscribes";
        }
        catch (AwsFaultException gone) when (gone.Fault.Code == "ResourceNotFound")
        {
            return $"the log group {seen.Group}, to which models are to be logged, is not there; make it, and the next release of the stack that is deployed "
                + "subscribes";
        }
    }

    private async Task<IReadOnlyList<string>> SubscriptionsAsync(string of, CancellationToken cancellation)
    {
        var request = new DescribeSubscriptionFiltersRequest { LogGroupName = of };
        // One page: a group has two at most.
        var answer = await caller.CallAsync(
            "logs", "DescribeSubscriptionFilters", token => logs.DescribeSubscriptionFiltersAsync(request, token), cancellation);
        return [.. (answer.SubscriptionFilters ?? []).Select(filter => filter.FilterName).Order(StringComparer.Ordinal)];
    }

    private async Task<LoggingConfig?> ReadAsync(CancellationToken cancellation)
    {
        var answer = await caller.CallAsync(
            Service,
            "GetModelInvocationLoggingConfiguration",
            token => bedrock.GetModelInvocationLoggingConfigurationAsync(new(), token),
            cancellation);
        return Configured(answer);
    }

    private static LoggingConfig? Configured(GetModelInvocationLoggingConfigurationResponse answer) =>
        answer.LoggingConfig is { } config && (config.CloudWatchConfig is not null || config.S3Config is not null) ? config : null;

    /// <summary>Ours is what writes to our group by our role and nowhere else: whoever added a bucket has made it theirs.</summary>
    private LoggedModels Of(LoggingConfig there) => there.CloudWatchConfig switch
    {
        null => new(group, IsOurs: false, "model invocation logging goes to a bucket only, and is not ours to change; give it a log group too"),
        { LogGroupName: var name, RoleArn: var role, LargeDataDeliveryS3Config: null } when name == group && role == roleArn && there.S3Config is null =>
            new(group, IsOurs: true, null),
        { LogGroupName: var name } => new(name, IsOurs: false, null),
    };
}
