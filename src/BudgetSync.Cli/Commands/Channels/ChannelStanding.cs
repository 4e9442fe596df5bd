using BudgetSync.Cli.Stack;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>A channel and what is there of what brings alerts to it.</summary>
/// <param name="Path">Null for a topic.</param>
/// <param name="Audience">Null for a provider.</param>
/// <param name="TopicArn">"" for a provider.</param>
internal sealed record ChannelStanding(DeployedChannel Channel, ChannelPath? Path, TopicAudience? Audience, string TopicArn)
{
    public static async Task<ChannelStanding> ReadAsync(DeployedStack stack, DeployedChannel channel, CancellationToken cancellation)
    {
        if (!channel.IsTopic) return new ChannelStanding(channel, await ChannelPath.ReadAsync(stack, channel, cancellation), null, "");
        var arn = stack.Topics.ArnOf(channel.Name);
        return new ChannelStanding(channel, null, await TopicAudience.ReadAsync(stack, arn, cancellation), arn);
    }

    /// <summary>A state of the connection, what of the path is broken, or who hears the topic.</summary>
    public string Cell => Path?.Cell ?? Audience?.Cell ?? "";

    public bool IsRight => Problem is null;

    /// <summary>Why no message gets there, and what to do; null where nothing of that is seen.</summary>
    public string? Problem => Path is not null ? Path.Break?.Why
        : Audience is { IsMissing: true }
            ? $"its topic {Channel.ResourceName} is not there: {(Channel == DeployedChannel.Operations ? Again : ChannelPath.Anew)}"
        : Audience is { IsNobody: true } nobody ? nobody.Remedy(TopicArn)
        : null;

    /// <summary>Why a part of it could not be looked at; null where all was.</summary>
    public string? Unseen => Path is not null ? Path.Unseen : Audience is { IsMissing: false, Unknown: { Length: > 0 } why } ? why : null;

    /// <summary>What to say of those that get nothing, alike ones together, and of those that could not be looked at.</summary>
    public static IEnumerable<string> Sentences(IReadOnlyCollection<ChannelStanding> all) =>
    [
        .. all.Where(one => !one.IsRight)
            .GroupBy(one => (one.Lead, one.Problem))
            .Select(alike => $"{alike.Key.Lead} {Names(alike)}: {alike.Key.Problem}."),
        .. all.Where(one => one.Unseen is not null)
            .GroupBy(one => one.Unseen)
            .Select(alike => $"Not seen whether messages get to {Names(alike)}: {alike.Key}."),
    ];

    private string Lead => Path is not null ? "EventBridge sends nothing to" : Audience is { IsMissing: true } ? "SNS takes nothing for" : "Nobody hears";

    /// <summary>The topic of operations is of no channel that a setting could leave out.</summary>
    private static string Again => $"'aws sns create-topic --name {DeployedChannel.Operations.ResourceName}', then subscribe to it";

    private static string Names(IEnumerable<ChannelStanding> channels) => string.Join(", ", channels.Select(one => one.Channel.Name));
}
