using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>Who hears the alerts of an account.</summary>
/// <param name="From">The key of the row that says so; null where none has Notify.</param>
/// <param name="Off">The deployment tells nobody of alerts.</param>
/// <param name="Unheard">One of them is the operations topic, which nobody hears.</param>
internal sealed record AccountRoutes(ImmutableArray<AlertRoute> Routes, string? From, bool Off, bool Unheard)
{
    /// <summary>Null where the stack does not say what it was deployed with, and where it tells nobody of alerts and no row wants it to.</summary>
    public static AccountRoutes? Of(DeployedStack stack, IReadOnlyCollection<RowImage> nearestFirst)
    {
        if (!stack.SaysSettings) return null;
        var from = nearestFirst.FirstOrDefault(row => row.Attributes.ContainsKey("Notify"))?.Key;
        if (stack.ChannelNames is null) return from is null ? null : new AccountRoutes([], from, Off: true, Unheard: false);
        return new AccountRoutes(RowNotify.Of(nearestFirst, stack.Defaults), from, Off: false, Unheard: false);
    }

    /// <summary>With who hears the operations topic.</summary>
    public static async Task<AccountRoutes?> ReadAsync(DeployedStack stack, IReadOnlyCollection<RowImage> nearestFirst, CancellationToken cancellation)
    {
        if (Of(stack, nearestFirst) is not { } routes || routes.Routes.All(route => route.Channel != AlertRoute.Operations)) return Of(stack, nearestFirst);
        return routes with { Unheard = (await TopicAudience.ReadAsync(stack, stack.Topics.ArnOf(AlertRoute.Operations), cancellation)).IsNobody };
    }

    /// <summary>As in <c>finops, pager Critical (row 111122223333)</c>.</summary>
    public string Text => Off ? $"nobody: alerts are off in this deployment (row {From})"
        : $"{(Routes.IsEmpty ? "no channel" : string.Join(", ", Routes))} ({(From is null ? "no row has Notify" : $"row {From}")}"
            + $"{(Unheard ? $"; nobody hears {AlertRoute.Operations}" : "")})";

    public JsonArray Json => new([.. Routes.Select(route => JsonValue.Create(route.ToString()))]);
}
