using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// A filter expression as one text that is equal for equal meaning: the order of operands, values and options does not count, and options that AWS
/// fills in are filled in. Texts are length-prefixed, so two different expressions never give one text.
/// </summary>
internal static class FilterNormalForm
{
    public static bool Same(FilterExpression? one, FilterExpression? other) =>
        one is null || other is null ? one is null && other is null : Of(one) == Of(other);

    public static string Of(FilterExpression expression) => expression switch
    {
        FilterExpression.And(var operands) => $"and({Sorted(operands.Select(Of))})",
        FilterExpression.Or(var operands) => $"or({Sorted(operands.Select(Of))})",
        FilterExpression.Not(var operand) => $"not({Of(operand)})",
        FilterExpression.Match match => $"{match.Kind}({Quoted(match.Key)};{Sorted(match.Values.Select(Quoted))};{Sorted(Options(match))})",
        _ => throw new InvalidOperationException($"{expression.GetType()} is no case of FilterExpression."),
    };

    /// <summary>
    /// AWS's default is EQUALS and CASE_SENSITIVE (service model, MatchOptions); each half is filled in on its own, as either may be given alone.
    /// </summary>
    private static IEnumerable<string> Options(FilterExpression.Match match)
    {
        if (match.MatchOptions.All(IsCase))
            yield return "EQUALS";
        if (!match.MatchOptions.Any(IsCase))
            yield return "CASE_SENSITIVE";
        foreach (var option in match.MatchOptions)
            yield return option;
    }

    private static bool IsCase(string option) => option is "CASE_SENSITIVE" or "CASE_INSENSITIVE";

    private static string Sorted(IEnumerable<string> texts) => string.Join(',', texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static string Quoted(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
}
