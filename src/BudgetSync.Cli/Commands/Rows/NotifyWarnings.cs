using System.Collections.Immutable;
using BudgetSync.Cli.Stack;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>Notify of the rows that an edit writes, where the deployment tells nobody of alerts: a line, with the keys of the rows.</summary>
internal static class NotifyWarnings
{
    public static ImmutableArray<string> Of(RowEdit edit, DeployedStack stack) => !stack.SaysSettings || stack.ChannelNames is not null
        ? []
        : WarningLines.Of(edit.Writes.Select(change => change.After)
            .OfType<RowImage>()
            .Where(row => row.Attributes.ContainsKey("Notify"))
            .Select(row => (row.Key, $"Notify tells nobody: {ChannelList.Off.TrimEnd('.')}")));
}
