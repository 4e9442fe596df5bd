using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Logs;

/// <summary>
/// CloudWatch Logs just enough to carry events to functions: log groups per account and region, events put into them, and subscriptions. What functions of this
/// cloud log stays with them (<see cref="Lambda.LambdaService.Logs"/>).
/// </summary>
public sealed partial class LogsService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly FilterDelivery delivery;
    private readonly ConcurrentDictionary<(string AccountId, string Region, string Name), LogGroup> groups = new();
    private long nextEvent;

    internal LogsService(LocalCloud cloud)
        : base("logs", WireProtocol.Json11, "Logs_20140328")
    {
        this.cloud = cloud;
        delivery = new FilterDelivery(cloud);
        Operation("CreateLogGroup", LogsShapes.OneGroup, OnGroup, CreateGroup);
        Operation("DeleteLogGroup", LogsShapes.OneGroup, OnGroup, DeleteGroup);
        Operation("PutRetentionPolicy", LogsShapes.PutRetentionPolicy, OnGroup, PutRetention);
        Operation("CreateLogStream", LogsShapes.CreateLogStream, OnStream, CreateStream);
        Operation("PutLogEvents", LogsShapes.PutLogEvents, OnStream, PutEvents);
        OperationAsync("PutSubscriptionFilter", LogsShapes.PutSubscriptionFilter, OnGroup, PutFilterAsync);
        Operation("DeleteSubscriptionFilter", LogsShapes.DeleteSubscriptionFilter, OnGroup, DeleteFilter);
        Operation("DescribeSubscriptionFilters", LogsShapes.DescribeSubscriptionFilters, OnGroup, DescribeFilters);
    }

    public override string ValidationCode => "InvalidParameterException";

    /// <summary>How many batches no subscribed function took.</summary>
    public int LostBatches => delivery.Lost;

    /// <summary>The names of an account's log groups, in order.</summary>
    public IReadOnlyList<string> Groups(string accountId, string? region = null) =>
    [
        .. groups.Keys.Where(key => key.AccountId == accountId && key.Region == (region ?? cloud.Options.Region)).Select(key => key.Name)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The newest events of a group, oldest first; none where there is no such group.</summary>
    public IReadOnlyList<LogEvent> Events(string accountId, string name, string? region = null)
    {
        if (!groups.TryGetValue((accountId, region ?? cloud.Options.Region, name), out var group)) return [];
        lock (group.Gate) return group.Events;
    }

    /// <summary>As CloudWatch Logs names a group to IAM: with an empty stream for what is about the group itself.</summary>
    private static string StreamArn(AwsCall call, string stream) =>
        $"arn:aws:logs:{call.Region}:{call.AccountId}:log-group:{call.Input.RequiredText("logGroupName")}:log-stream:{stream}";

    private static IEnumerable<IamRequest> OnGroup(AwsCall call) => [new IamRequest($"logs:{call.Operation}", StreamArn(call, ""))];

    private static IEnumerable<IamRequest> OnStream(AwsCall call) =>
        [new IamRequest($"logs:{call.Operation}", StreamArn(call, call.Input.RequiredText("logStreamName")))];

    private LogGroup Require(AwsCall call) => groups.GetValueOrDefault((call.AccountId, call.Region, call.Input.RequiredText("logGroupName")))
        ?? throw new AwsException("ResourceNotFoundException", "The specified log group does not exist.");

    private JsonObject CreateGroup(AwsCall call)
    {
        var name = call.Input.RequiredText("logGroupName");
        // API reference, CreateLogGroup: names do not begin with aws/.
        if (name.StartsWith("aws/", StringComparison.Ordinal))
            throw new AwsException("InvalidParameterException", $"Log group name {name} is reserved: it starts with aws/.");
        return groups.TryAdd((call.AccountId, call.Region, name), new LogGroup(call.AccountId, call.Region, name, cloud.Time.GetUtcNow()))
            ? []
            : throw new AwsException("ResourceAlreadyExistsException", "The specified log group already exists");
    }

    private JsonObject DeleteGroup(AwsCall call)
    {
        Require(call);
        groups.TryRemove((call.AccountId, call.Region, call.Input.RequiredText("logGroupName")), out _);
        return [];
    }

    private JsonObject PutRetention(AwsCall call)
    {
        var group = Require(call);
        // The shape requires the number.
        var days = call.Input.Whole("retentionInDays")!.Value;
        if (!AwsLimits.Logs.RetentionDays.Contains(days))
            throw new AwsException("InvalidParameterException", $"retentionInDays must be one of {string.Join(", ", AwsLimits.Logs.RetentionDays)}");
        lock (group.Gate) group.RetentionInDays = days;
        return [];
    }

    private JsonObject CreateStream(AwsCall call)
    {
        var group = Require(call);
        lock (group.Gate)
        {
            return group.Streams.Add(call.Input.RequiredText("logStreamName"))
                ? []
                : throw new AwsException("ResourceAlreadyExistsException", "The specified log stream already exists");
        }
    }
}
