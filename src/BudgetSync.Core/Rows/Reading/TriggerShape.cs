using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>When a response begins: <c>Over</c>, <c>110</c>, <c>110 FORECASTED</c> or <c>Runway 5</c>.</summary>
internal static class TriggerShape
{
    private const string TriggerForms = "write a state (OnTarget, Over, Critical, Shutdown), a part of the limit (110, 110 FORECASTED) or Runway 5";

    private const string Forecasted = "FORECASTED";

    private static readonly string[] States = Enum.GetNames<TriggerState>();

    public static Shape<ResponseTrigger> Trigger { get; } = new(
        () => new JsonObject
        {
            ["type"] = new JsonArray("string", "number"),
            ["pattern"] = $"^({string.Join('|', States)}|[0-9.]+( FORECASTED)?|Runway [0-9]+)$",
        },
        (ValueAt node, out ResponseTrigger value) =>
        {
            value = new ResponseTrigger.State(TriggerState.Over);
            if (node.Value is RowValue.Number) return TryPercent(node, node.Value, forecasted: false, out value);
            if (!Shapes.Text.TryRead(node, out var text)) return false;
            if (Array.IndexOf(States, text) >= 0)
            {
                value = new ResponseTrigger.State(Enum.Parse<TriggerState>(text));
                return true;
            }

            return text.Split(' ') switch
            {
                ["Runway", var days] => TryRunway(node, days, out value),
                [var percent, Forecasted] when char.IsAsciiDigit(percent.FirstOrDefault()) && !percent.EndsWith('%') =>
                    TryPercent(node, new RowValue.Text(percent), forecasted: true, out value),
                [var percent] when char.IsAsciiDigit(percent.FirstOrDefault()) && !percent.EndsWith('%') =>
                    TryPercent(node, new RowValue.Text(percent), forecasted: false, out value),
                _ => node.Refuse(
                    RowRules.TriggerForm, $"{node.Quoted} is no beginning of a response; {(Meant(text) is { } meant ? $"write {meant}" : TriggerForms)}"),
            };
        });

    /// <summary>What a slip of letters, of their case, or a percent sign was meant to be; null where that is not clear.</summary>
    private static string? Meant(string text)
    {
        var words = text.Replace("%", " ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var state] when NearestName.Of(state, States) is { } near => near,
            [var number] when NumberText.TryRead(number, out _, out _) => number,
            [var number, var word] when NumberText.TryRead(number, out _, out _) && NearestName.Of(word, [Forecasted]) is not null => $"{number} {Forecasted}",
            [var word, var days] when days.All(char.IsAsciiDigit) && NearestName.Of(word, ["Runway"]) is { } runway => $"{runway} {days}",
            _ => null,
        };
    }

    private static bool TryPercent(ValueAt node, RowValue number, bool forecasted, out ResponseTrigger value)
    {
        value = new ResponseTrigger.State(TriggerState.Over);
        if (!Shapes.Number.TryRead(node with { Value = number }, out var percent)) return false;
        if (percent is < LeastPercent or > AwsLimits.PercentageMaximum || NumberText.Decimals(percent) > PercentDecimals)
            return node.Refuse(
                RowRules.TriggerRange,
                $"{node.Quoted} is no part of the limit for a response; write {LeastPercent} or more, with {PercentDecimals} decimals at most");
        value = new ResponseTrigger.Percent(percent, forecasted);
        return true;
    }

    private static bool TryRunway(ValueAt node, string text, out ResponseTrigger value)
    {
        value = new ResponseTrigger.State(TriggerState.Over);
        if (!Shapes.Whole.TryRead(node with { Value = new RowValue.Text(text) }, out var days)) return false;
        if (days is < 1 or > MostRunway) return node.Refuse(RowRules.TriggerRange, $"{node.Quoted}: write Runway with 1 to {MostRunway} days");
        value = new ResponseTrigger.Runway(days);
        return true;
    }

    /// <summary>Below, an account in good order would be restricted, and 0.9 is a spreadsheet's 90 percent.</summary>
    private const decimal LeastPercent = 50;

    private const int PercentDecimals = 4;

    private const int MostRunway = 31;
}
