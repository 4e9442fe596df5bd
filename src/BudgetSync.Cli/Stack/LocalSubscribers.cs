using BudgetSync.Core.Alerts;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Messages;

namespace BudgetSync.Cli.Stack;

/// <summary>What people do once after the channels of cdk/samples/kinds.json are deployed: they have Amazon Q Developer subscribe, and confirm.</summary>
internal static class LocalSubscribers
{
    public static void Confirm(LocalCloud cloud)
    {
        var topics = $"arn:aws:sns:{cloud.Options.Region}:{cloud.Options.ManagementAccountId}:";
        cloud.Sns.Subscribe(topics + Channel.TopicOf("chat"), "https", InboxMessages.ChatEndpoint);
        foreach (var pending in cloud.Sns.Subscriptions.Where(one => !one.Confirmed && one.TopicArn.StartsWith(topics, StringComparison.Ordinal)))
            cloud.Sns.Confirm(pending.Arn);
    }
}
