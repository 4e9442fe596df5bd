using System.Collections.Immutable;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>A new amount as people say it: <c>1500</c>, <c>+10%</c>, <c>-50</c>.</summary>
public sealed record AmountChange
{
    private readonly decimal number;
    private readonly bool percent;

    private AmountChange(decimal number, bool relative, bool percent) => (this.number, IsRelative, this.percent) = (number, relative, percent);

    /// <summary>True where it says how much more or less, so that there must be an amount already.</summary>
    public bool IsRelative { get; }

    /// <summary>Reads it; otherwise what is wrong and the way out.</summary>
    public static bool TryParse(string text, out AmountChange change, out string problem)
    {
        var word = text.Trim();
        var percent = word.EndsWith('%');
        var relative = percent || word is ['+' or '-', ..];
        change = new AmountChange(0, relative, percent);
        problem = "";
        if (NumberText.IsAmbiguous(word.TrimStart('+', '-')))
            problem = $"\"{text}\" is a thousand times more to one half of the world than to the other; write "
                + $"{word.Replace(".", "", StringComparison.Ordinal)} or {word}0";
        else if (!NumberText.TryRead(percent ? word[..^1] : word, out var number, out var reason)) problem = $"\"{text}\" {reason}";
        else if (percent && word is not ['+' or '-', ..]) problem = $"\"{text}\" does not say more or less; write +{word} or -{word}";
        else change = new AmountChange(number, relative, percent);
        return problem.Length == 0;
    }

    /// <summary>The new amount, to two decimals: AWS takes no more of a currency.</summary>
    public decimal Of(decimal amount) => !IsRelative ? number
        : decimal.Round(percent ? amount + (amount * number / 100) : amount + number, 2, MidpointRounding.AwayFromZero);

    /// <summary>
    /// The row with this amount: its one budget gets it. A relative change reaches every budget of the row, every planned limit and every amount
    /// that takes over.
    /// </summary>
    /// <param name="problem">Why it cannot be said of this row, and the way out; "" where it can.</param>
    internal ImmutableSortedDictionary<string, RowValue> ApplyTo(ImmutableSortedDictionary<string, RowValue> row, out string problem)
    {
        problem = "";
        if (row.TryGetValue(RowAttributes.Budgets, out var value) && value is RowValue.List { Items: var budgets })
        {
            if (!IsRelative)
                problem =
                    $"the row has {(budgets.Length == 1 ? "a list of 1 budget" : $"{budgets.Length} budgets")}, so one amount does not say which; export it, "
                        + "edit the file and import it, or write +10% for all";
            else
                return row.SetItem(RowAttributes.Budgets, new RowValue.List([.. budgets.Select(Budget)]));
        }
        else if (!IsRelative && row.ContainsKey(Changes))
        {
            problem = "the row has Changes, which take over from BudgetValue on their days, so one amount does not say which; add --unset Changes to be rid of "
                + "them, export the row and edit it, or write +10% for all";
        }
        else if (!IsRelative)
        {
            return row.Remove(Planned).Remove(Computed).SetItem(Value, Number(number));
        }
        else if (Changed(row) is { } changed)
        {
            return changed;
        }
        else
        {
            problem = row.ContainsKey(Computed)
                ? "AWS computes the amount of this row (AutoAdjustData); write an amount of its own, for example 1500"
                : "the row has no amount of its own; write one, for example 1500, or change the row it inherits from";
        }

        return row;
    }

    private const string Value = "BudgetValue";
    private const string Changes = "Changes";
    private const string Planned = "PlannedBudgetLimits";
    private const string Computed = "AutoAdjustData";

    private RowValue Budget(RowValue budget) => budget is RowValue.Map { Entries.Items: var entries } ? new RowValue.Map(Changed(entries) ?? entries) : budget;

    private ImmutableSortedDictionary<string, RowValue>? Changed(ImmutableSortedDictionary<string, RowValue> budget)
    {
        var moved = budget.TryGetValue(Changes, out var changes) && changes is RowValue.List { Items: var entries }
            ? budget.SetItem(Changes, new RowValue.List([.. entries.Select(Change)]))
            : budget;
        if (budget.TryGetValue(Value, out var value) && Amount(value) is { } amount) return moved.SetItem(Value, Number(Of(amount)));
        if (budget.TryGetValue(Planned, out var planned) && planned is RowValue.Map { Entries.Items: var limits })
            return budget.SetItem(
                Planned,
                new RowValue.Map(limits.ToImmutableSortedDictionary(limit => limit.Key, limit => Limit(limit.Value), StringComparer.Ordinal)));
        return ReferenceEquals(moved, budget) ? null : moved;
    }

    private RowValue Change(RowValue change) =>
        change is RowValue.Map { Entries.Items: var entries } && entries.TryGetValue(Value, out var value) && Amount(value) is { } amount
            ? new RowValue.Map(entries.SetItem(Value, Number(Of(amount))))
            : change;

    private RowValue Limit(RowValue limit) => limit switch
    {
        RowValue.Map { Entries.Items: var entries } when entries.TryGetValue("Amount", out var value) && Amount(value) is { } amount =>
            new RowValue.Map(entries.SetItem("Amount", Number(Of(amount)))),
        _ when Amount(limit) is { } amount => Number(Of(amount)),
        _ => limit,
    };

    private static decimal? Amount(RowValue value) => value switch
    {
        RowValue.Number(var text) when NumberText.TryRead(text, out var amount, out _) => amount,
        RowValue.Text(var text) when NumberText.TryRead(text, out var amount, out _) => amount,
        _ => null,
    };

    private static RowValue.Number Number(decimal amount) => new(NumberText.Format(amount));
}
