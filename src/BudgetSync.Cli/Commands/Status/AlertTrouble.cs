using System.Collections.Immutable;
using System.Globalization;
using Amazon.SQS.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>What keeps alerts from people: messages that no channel took, and channels that get none.</summary>
/// <param name="Undelivered">How many lie in the dead-letter queue, as SQS counts, which may be a minute late; null where that is not known.</param>
/// <param name="Sentences">For people, each with what to do.</param>
internal sealed record AlertTrouble(int? Undelivered, ImmutableArray<string> Sentences)
{
    /// <summary>Waiting, and hidden while a redrive sends them.</summary>
    private static readonly string[] Counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];

    public static async Task<AlertTrouble> ReadAsync(DeployedStack stack, CancellationToken cancellation)
    {
        var (counting, looking) = (CountAsync(stack, cancellation), StandingsAsync(stack, cancellation));
        await Task.WhenAll(counting, looking);
        var (count, unseen) = await counting;
        var told = count is > 0
            ? $"{Number.Count(count.Value, "message")} undelivered, in the dead-letter queue: 'budgetsync alerts' says why, 'budgetsync alerts redrive' sends "
                + "what a channel that was put right takes."
            : unseen.Length > 0 ? $"Not seen whether messages are undelivered: {unseen}."
            : "";
        return new AlertTrouble(count, [.. new[] { told }.Where(text => text.Length > 0), .. ChannelStanding.Sentences(await looking)]);
    }

    /// <summary>Of the operations topic something else is said.</summary>
    private static async Task<ChannelStanding[]> StandingsAsync(DeployedStack stack, CancellationToken cancellation)
    {
        using var access = new ChannelAccess(stack);
        var channels = (await access.ListAsync(cancellation)).Where(channel => channel != DeployedChannel.Operations);
        return await Task.WhenAll(channels.Select(channel => ChannelStanding.ReadAsync(stack, channel, cancellation)));
    }

    private static async Task<(int? Count, string Unseen)> CountAsync(DeployedStack stack, CancellationToken cancellation)
    {
        try
        {
            var queue = await stack.Caller.CallAsync(
                "sqs", "GetQueueUrl", token => stack.Clients.Queues.GetQueueUrlAsync(ChannelList.UndeliveredQueue, token), cancellation);
            var request = new GetQueueAttributesRequest { QueueUrl = queue.QueueUrl, AttributeNames = [.. Counts] };
            var answer = await stack.Caller.CallAsync(
                "sqs", "GetQueueAttributes", token => stack.Clients.Queues.GetQueueAttributesAsync(request, token), cancellation);
            return (Counts.Sum(name => int.Parse((answer.Attributes ?? []).GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture)), "");
        }
        catch (AwsFaultException refused)
        {
            return (null, refused.Fault.Reason);
        }
    }
}
