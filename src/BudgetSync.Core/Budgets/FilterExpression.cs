
namespace BudgetSync.Core.Budgets;

/// <summary>AWS Budgets Expression: what a budget counts. Exactly one of the six forms at each level (service model).</summary>
public abstract record FilterExpression
{
    private FilterExpression()
    {
    }

    public sealed record And(EquatableArray<FilterExpression> Operands) : FilterExpression;

    public sealed record Or(EquatableArray<FilterExpression> Operands) : FilterExpression;

    public sealed record Not(FilterExpression Operand) : FilterExpression;

    /// <summary>A test of one dimension, tag or cost category. <paramref name="MatchOptions"/> empty means AWS's default (EQUALS and CASE_SENSITIVE).</summary>
    public sealed record Match(MatchKind Kind, string Key, EquatableArray<string> Values, EquatableArray<string> MatchOptions) : FilterExpression;
}

/// <summary>Which member of AWS's Expression a <see cref="FilterExpression.Match"/> stands in.</summary>
public enum MatchKind
{
    Dimensions,
    Tags,
    CostCategories,
}
