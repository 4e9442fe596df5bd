using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Where the alerts of an account go.</summary>
public static class RowNotify
{
    /// <summary>
    /// As the nearest row that has Notify says; the operations topic, Critical and worse, where none has. Of a row that is wrong (its account is Rejected, and
    /// keeps the budgets it has) the part that can be read counts, and the operations topic beside it: a slip in a row must not silence an alert.
    /// </summary>
    public static ImmutableArray<AlertRoute> Of(IEnumerable<RowImage> nearestFirst, StackDefaults defaults) =>
        Of(nearestFirst, name => IsKnown(name, defaults));

    /// <inheritdoc cref="Of(IEnumerable{RowImage}, StackDefaults)"/>
    /// <param name="nearestFirst">As there.</param>
    /// <param name="known">Whether the deployment has a channel of the name.</param>
    public static ImmutableArray<AlertRoute> Of(IEnumerable<RowImage> nearestFirst, Func<string, bool> known)
    {
        if (nearestFirst.FirstOrDefault(row => row.Attributes.ContainsKey(RowAttributes.Notify)) is not { } row) return [AlertRoute.Default];
        var problems = new ProblemList();
        if (NotifyShapes.Routes.TryRead(new ValueAt(row.Attributes[RowAttributes.Notify], RowAttributes.Notify, problems), out var routes)
            && routes.All(route => known(route.Channel)))
            return routes;
        // Nobody is told twice: of a channel that is named twice the lowest severity counts, as the reason that is given asks for.
        return
        [
            .. routes.Where(route => known(route.Channel)).Append(AlertRoute.Default).GroupBy(route => route.Channel, StringComparer.Ordinal)
                .Select(same => same.MinBy(route => route.From)),
        ];
    }

    /// <summary>Names of channels that the deployment does not have.</summary>
    internal static void Check(RowDraft draft, StackDefaults defaults, ProblemList problems)
    {
        if (draft.Notify is not { } notify || defaults.Channels is not { } channels) return;
        foreach (var name in notify.Value.Select(route => route.Channel).Where(name => !IsKnown(name, defaults)))
        {
            string[] known = [.. channels, AlertRoute.Operations];
            problems.Add(
                RowRules.RouteChannel,
                notify.Path,
                $"{ValueAt.Quote(name)} is no channel of this deployment"
                    + (channels.Items.IsEmpty
                        ? $", which has none; add it to the setting channels, or, where it has that setting, write {AlertRoute.Operations}"
                        : NearestName.Of(name, known) is { } nearest ? $"; write {nearest}"
                        : $"; choose from {string.Join(", ", known)}, or add it to the setting channels"));
        }
    }

    private static bool IsKnown(string name, StackDefaults defaults) =>
        name == AlertRoute.Operations || defaults.Channels is not { } channels || channels.Items.Contains(name, StringComparer.Ordinal);
}
