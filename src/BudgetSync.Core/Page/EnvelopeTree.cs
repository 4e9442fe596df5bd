using System.Globalization;

namespace BudgetSync.Core.Page;

/// <summary>The organization's tree with its envelopes: what is allowed, allocated, spent and expected below each unit.</summary>
internal static class EnvelopeTree
{
    /// <summary>The style sheet has an indentation for each of these; AWS nests OUs five deep.</summary>
    private const int DeepestStyle = 6;

    public static void Write(HtmlWriter html, IReadOnlyList<PageEnvelope> envelopes)
    {
        if (envelopes.Count == 0) return;
        html.Add(
            "<h2 id=envelopes>Envelopes</h2><div class=wide tabindex=0 role=region aria-label=\"Envelopes\"><table class=units><caption>One amount for "
                + "all accounts below "
                + "a unit</caption><thead><tr><th scope=col>Unit<th scope=col class=n>Envelope<th scope=col class=n>Allocated<th scope=col class=n>Spent"
                + "<th scope=col class=n>Expected<th scope=col class=n>Used<th scope=col>State<tbody>\n");
        foreach (var unit in envelopes)
        {
            var depth = Math.Clamp(unit.Depth, 0, DeepestStyle).ToString(CultureInfo.InvariantCulture);
            html.Add($"<tr class={SpendTable.Mark(unit.Standing?.State ?? default)}><th scope=row class=\"d{depth}\">");
            html.Add($"{(unit.Name.Length > 0 ? unit.Name : unit.Scope)}");
            if (unit.Name.Length > 0) html.Add($" <i>{unit.Scope}</i>");
            if (unit is { Amount: { } amount, Standing: { } standing })
            {
                html.Add($"<td>{PageText.Money(amount.Amount, amount.Unit)}<td>{PageText.Digits(standing.Allocated, amount.Unit)}<td>");
                html.Add($"{PageText.Digits(standing.Spent, amount.Unit)}");
                html.Add($"<td>{PageText.Digits(standing.Expected, amount.Unit)}<td>");
                var used = 100 * standing.Spent / amount.Amount;
                SpendBar.Write(html, used, 100 * standing.Expected / amount.Amount);
                html.Add($"{PageText.Percent(used)}<td>{standing.State.ToString()}\n");
            }
            else
            {
                html.Add("<td>–<td>–<td>–<td>–<td>–<td>–\n");
            }
        }

        html.Add("</table></div>\n");
    }
}
