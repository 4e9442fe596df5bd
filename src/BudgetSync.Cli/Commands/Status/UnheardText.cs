using BudgetSync.Cli.Stack;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>The operations topic, where alerts go of which no row says anything, and all alarms of BudgetSync: nobody may have subscribed to it.</summary>
internal static class UnheardText
{
    /// <summary>Null where somebody hears it.</summary>
    public static async Task<string?> OfAsync(DeployedStack stack, CancellationToken cancellation)
    {
        var (topic, arn) = (Channel.TopicOf(AlertRoute.Operations), stack.Topics.ArnOf(AlertRoute.Operations));
        var hearing = await TopicAudience.ReadAsync(stack, arn, cancellation);
        if (hearing.Unknown.Length > 0) return $"Not seen whether anybody hears {topic}: {hearing.Unknown}.";
        return hearing.IsNobody
            ? $"Nobody hears {topic}, where alerts of rows without Notify and BudgetSync's own alarms go: {hearing.Remedy(arn)}."
            : null;
    }
}
