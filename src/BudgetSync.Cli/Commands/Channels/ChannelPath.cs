using Amazon.EventBridge.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>
/// What EventBridge has between our bus and a channel's provider: a rule that leads to an API destination, which has a connection (cdk, ChannelDelivery). The
/// role of the rule and the pattern that it takes are not looked at.
/// </summary>
/// <param name="Break">The first of them that is not as deployed; null where none is seen.</param>
/// <param name="Unseen">Why a part could not be looked at; null where all were.</param>
internal sealed record ChannelPath(ConnectionStanding Connection, PathBreak? Break, string? Unseen)
{
    private const string RulePrefix = "BudgetSync-Alerts-";

    /// <summary>CloudFormation compares templates: what somebody has deleted is not made again by deploying the same one.</summary>
    public const string Anew = "deploy the management stack without the channel, then with it";

    /// <summary>In a cell.</summary>
    public string Cell => Break?.Cell ?? (Unseen is null || Connection.ChangedAt is null ? Connection.State : $"{Connection.State}, rest not seen");

    public static async Task<ChannelPath> ReadAsync(DeployedStack stack, DeployedChannel channel, CancellationToken cancellation)
    {
        var (name, connection) = (channel.ResourceName, new ConnectionStanding("not seen", null));
        try
        {
            if (await FoundAsync("DescribeConnection", token => stack.Clients.Events.DescribeConnectionAsync(new() { Name = name }, token)) is not { } found)
                return new ChannelPath(ConnectionStanding.Missing, new("MISSING", $"it has no connection {name}: {Anew}"), null);
            connection = new ConnectionStanding(found.ConnectionState?.Value ?? "", found.LastModifiedTime);
            var given = connection.IsGivenUp ? new PathBreak(connection.State, connection.Remedy) : await BreakAsync(found.ConnectionArn);
            return new ChannelPath(connection, given, null);
        }
        catch (AwsFaultException refused)
        {
            return new ChannelPath(connection, null, refused.Fault.Reason);
        }

        async Task<PathBreak?> BreakAsync(string connectionArn)
        {
            var destination = await FoundAsync(
                "DescribeApiDestination", token => stack.Clients.Events.DescribeApiDestinationAsync(new() { Name = name }, token));
            if (destination is null) return new("NO DESTINATION", $"it has no API destination {name}: {Anew}");
            if (destination.ConnectionArn != connectionArn) return new("OTHER CONNECTION", $"its API destination {name} has another connection: {Anew}");
            var (rule, bus) = (RulePrefix + channel.Name, LocalOrganization.EventBus);
            var described = await FoundAsync("DescribeRule", token => stack.Clients.Events.DescribeRuleAsync(new() { Name = rule, EventBusName = bus }, token));
            if (described is null) return new("NO RULE", $"its bus {bus} has no rule {rule}: {Anew}");
            if (described.State?.Value == "DISABLED")
                return new("RULE DISABLED", $"its rule {rule} is disabled: 'aws events enable-rule --name {rule} --event-bus-name {bus}'");
            // A rule has five targets at most (EventBridge quotas), far fewer than a page.
            var request = new ListTargetsByRuleRequest { Rule = rule, EventBusName = bus };
            var targets = await FoundAsync("ListTargetsByRule", token => stack.Clients.Events.ListTargetsByRuleAsync(request, token));
            return (targets?.Targets ?? []).Exists(target => target.Arn == destination.ApiDestinationArn)
                ? null
                : new("NO TARGET", $"its rule {rule} does not lead to the API destination {name}: {Anew}");
        }

        async Task<T?> FoundAsync<T>(string operation, Func<CancellationToken, Task<T>> call) where T : class
        {
            try
            {
                return await stack.Caller.CallAsync("events", operation, call, cancellation);
            }
            catch (AwsFaultException refused) when (refused.Fault.Code.Contains("ResourceNotFound", StringComparison.Ordinal))
            {
                return null;
            }
        }
    }
}

/// <summary>Where a channel's path is broken.</summary>
/// <param name="Cell">In a word or two.</param>
/// <param name="Why">What it is, of EventBridge, and what to do.</param>
internal sealed record PathBreak(string Cell, string Why);
