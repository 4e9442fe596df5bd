using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Where alerts go: <c>finops, pager Critical</c>.</summary>
internal static class NotifyShapes
{
    private static readonly string[] Severities = Enum.GetNames<AlertSeverity>();

    private static readonly Shape<AlertRoute> One = new(
        () => new JsonObject { ["type"] = "string", ["pattern"] = $"^ *[A-Za-z][A-Za-z0-9-]{{0,31}}( +({string.Join('|', Severities)}))? *$" },
        (ValueAt node, out AlertRoute value) =>
        {
            value = default;
            if (!Shapes.Text.TryRead(node, out var text)) return false;
            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 2 || !Patterns.ChannelName().IsMatch(words[0]))
                return node.Refuse(RowRules.RouteForm, $"{node.Quoted} is no channel with a severity; write for example finops, or pager Critical");
            if (words.Length == 1)
            {
                value = new AlertRoute(words[0], AlertSeverity.Info);
                return true;
            }

            if (Array.IndexOf(Severities, words[1]) < 0)
                return node.Refuse(
                    RowRules.Word,
                    $"{ValueAt.Quote(words[1])} is not one of {string.Join(", ", Severities)}"
                        + (NearestName.Of(words[1], Severities) is { } nearest ? $"; write {words[0]} {nearest}" : ""));
            value = new AlertRoute(words[0], Enum.Parse<AlertSeverity>(words[1]));
            return true;
        });

    /// <summary>In the order in which they are written; an empty list says none.</summary>
    public static readonly Shape<ImmutableArray<AlertRoute>> Routes = new(
        () => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = One.Schema() },
        (ValueAt node, out ImmutableArray<AlertRoute> value) =>
        {
            value = [];
            if (!Shapes.TextList.TryRead(node, out var texts)) return false;
            if (!Shapes.TryReadItems(node, [.. texts.Select(text => new RowValue.Text(text))], One, out value)) return false;
            var twice = value.GroupBy(route => route.Channel, StringComparer.Ordinal).FirstOrDefault(routes => routes.Count() > 1);
            return twice is null || node.Refuse(RowRules.RoutesDistinct, $"names {twice.Key} twice; write it once, with the lowest severity it is to take");
        });
}
