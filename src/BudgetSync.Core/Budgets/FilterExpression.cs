using System.Collections.Immutable;

namespace BudgetSync.Core.Budgets;

/// <summary>AWS Budgets Expression: what a budget counts. Exactly one of the six forms at each level (service model).</summary>
public abstract record FilterExpression
{
    private FilterExpression()
    {
    }

    public sealed record And(ImmutableArray<FilterExpression> Operands) : FilterExpression
    {
        public bool Equals(And? other) => other is not null && Operands.SequenceEqual(other.Operands);

        public override int GetHashCode() => Operands.Length;
    }

    public sealed record Or(ImmutableArray<FilterExpression> Operands) : FilterExpression
    {
        public bool Equals(Or? other) => other is not null && Operands.SequenceEqual(other.Operands);

        public override int GetHashCode() => Operands.Length;
    }

    public sealed record Not(FilterExpression Operand) : FilterExpression;

    /// <summary>A test of one dimension, tag or cost category. <paramref name="MatchOptions"/> empty means AWS's default (EQUALS and CASE_SENSITIVE).</summary>
    public sealed record Match(MatchKind Kind, string Key, ImmutableArray<string> Values, ImmutableArray<string> MatchOptions) : FilterExpression
    {
        public bool Equals(Match? other) =>
            other is not null && Kind == other.Kind && Key == other.Key && Values.SequenceEqual(other.Values) && MatchOptions.SequenceEqual(other.MatchOptions);

        public override int GetHashCode() => HashCode.Combine(Kind, Key, Values.Length);
    }
}

/// <summary>Which member of AWS's Expression a <see cref="FilterExpression.Match"/> stands in.</summary>
public enum MatchKind
{
    Dimensions,
    Tags,
    CostCategories,
}
