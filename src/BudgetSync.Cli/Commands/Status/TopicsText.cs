using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>Topics that AWS Budgets cannot publish to, and those of which the account cannot see it, for people.</summary>
internal static class TopicsText
{
    private const int Named = 3;

    /// <summary>A sentence for each of the two; none where all topics take what AWS Budgets publishes, as far as looks have said.</summary>
    public static IEnumerable<string> Of(IReadOnlyCollection<CoverageLine> lines)
    {
        var topics = lines.SelectMany(line => (line.Status?.Topics ?? []).Select(topic => (line.Key, Topic: topic))).ToList();
        var lost = topics.Where(one => one.Topic.IsLost).ToList();
        if (lost.Count > 0)
        {
            var named = lost.Take(Named).Select(one => $"{Printable.Line(one.Topic.Topic)} of {one.Key} ({Printable.Line(one.Topic.Reason)})");
            var more = lost.Count > Named ? $" and {Number.Of(lost.Count - Named)} more ('budgetsync status --json' has them all)" : "";
            yield return $"Alerts are lost, AWS Budgets cannot publish: {string.Join("; ", named)}{more}.";
        }

        if (topics.Count == lost.Count) yield break;
        var accounts = topics.Where(one => !one.Topic.IsLost).Select(one => one.Key).Distinct().Take(Named);
        yield return $"Not seen whether AWS Budgets may publish to {Number.Count(topics.Count - lost.Count, "topic")}: "
            + $"'budgetsync status ACCOUNT' says why, of {string.Join(", ", accounts)}.";
    }

    /// <summary>For example <c>arn:… takes no alert: there is no such topic …</c>.</summary>
    public static string Of(TopicAccess topic) =>
        $"{Printable.Line(topic.Topic)}: {(topic.IsLost ? "alerts are lost, " : "not seen, ")}{Printable.Line(topic.Reason)}";
}
