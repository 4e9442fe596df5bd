using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>A value, where it stands, and where to say what is wrong with it.</summary>
internal readonly record struct ValueAt(RowValue Value, string Path, ProblemList Problems)
{
    /// <summary>The value as a message quotes it: text in quotes, a number bare, a collection by its kind.</summary>
    public string Quoted => Quote(Value);

    /// <summary>
    /// A way out that takes the value away; none where it narrows what a budget counts, for without it the budget would count more than anybody asked for.
    /// </summary>
    /// <param name="text"><c> or remove it</c></param>
    public string UnlessFilter(string text) => IsFilter ? "" : text;

    private bool IsFilter =>
        Path.Contains(nameof(BudgetDraft.CostFilters), StringComparison.Ordinal)
            || Path.Contains(nameof(BudgetDraft.FilterExpression), StringComparison.Ordinal);

    public ValueAt Item(int index, RowValue value) => new(value, $"{Path}[{index}]", Problems);

    public ValueAt Entry(string name, RowValue value) => new(value, $"{Path}.{name}", Problems);

    /// <summary>Notes a problem; always false, so that a reading can end with it.</summary>
    public bool Refuse(Rule rule, string text)
    {
        Problems.Add(rule, Path, text);
        return false;
    }

    public static string Quote(string text) => $"\"{Cut(text)}\"";

    private static string Quote(RowValue value) => value switch
    {
        RowValue.Text text => Quote(text.Value),
        RowValue.Number number => Cut(number.Value),
        RowValue.Bool flag => flag.Value ? "true" : "false",
        RowValue.Null => "null",
        RowValue.List => "a list",
        RowValue.Map => "a map",
        RowValue.TextSet => "a set of texts",
        RowValue.NumberSet => "a set of numbers",
        _ => "binary",
    };

    private static string Cut(string text) => text.Length <= AwsLimits.QuotedCharacters ? text : string.Concat(text.AsSpan(0, AwsLimits.QuotedCharacters), "…");
}
