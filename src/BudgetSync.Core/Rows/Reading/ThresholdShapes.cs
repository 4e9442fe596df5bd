using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Shapes of thresholds: a number, words (<c>100 FORECASTED</c>) or a map.</summary>
internal static partial class ThresholdShapes
{
    /// <summary>What may stand behind a threshold's number.</summary>
    internal static readonly string[] Words =
        [.. Enum.GetNames<NotificationType>(), .. Enum.GetNames<ThresholdType>(), .. Enum.GetNames<ComparisonOperator>()];

    private static readonly Shape<ThresholdDraft> Detailed = Shapes.Object(
        () => new ThresholdDraft(null, ""),
        Field.Required("Threshold", Shapes.Percentage, (ThresholdDraft draft, decimal value) => draft with { Threshold = value }),
        Field.Optional("ThresholdType", Shapes.Word<ThresholdType>(), (ThresholdDraft draft, ThresholdType value) => draft with { ThresholdType = value }),
        Field.Optional("NotificationType", Shapes.Word<NotificationType>(), (ThresholdDraft draft, NotificationType value) => draft with { Type = value }),
        Field.Optional(
            "ComparisonOperator",
            Shapes.Word<ComparisonOperator>(),
            (ThresholdDraft draft, ComparisonOperator value) => draft with { Comparison = value }),
        Field.Optional("EmailRecipients", BudgetShapes.Emails, (ThresholdDraft draft, ImmutableArray<string> value) => draft with { Emails = value }),
        Field.Optional("SnsTopicArn", BudgetShapes.Topic, (ThresholdDraft draft, string value) => draft with { Topic = value }));

    private static readonly Shape<ThresholdDraft> One = new(
        () => new JsonObject { ["anyOf"] = new JsonArray(Shapes.Number.Schema(), Detailed.Schema()) },
        (ValueAt node, out ThresholdDraft value) =>
        {
            bool read;
            switch (node.Value)
            {
                case RowValue.Number:
                    value = new ThresholdDraft(null, node.Path);
                    read = Shapes.Number.TryRead(node, out var number);
                    value = value with { Threshold = number, IsBare = true };
                    break;
                case RowValue.Text text:
                    read = TryReadWords(node, text.Value, out value);
                    break;
                case RowValue.Map:
                    read = Detailed.TryRead(node, out var detailed);
                    value = (detailed ?? new ThresholdDraft(null, "")) with { Path = node.Path };
                    break;
                default:
                    value = new ThresholdDraft(null, node.Path);
                    read = Shapes.WrongType(node, "a number, a text such as \"100 FORECASTED\" or a map");
                    break;
            }

            return read && IsInRange(node, value.Threshold ?? 0, value.ThresholdType ?? ThresholdType.PERCENTAGE);
        });

    /// <summary>All thresholds of a budget: a list, a set of numbers, one number, or a text with commas. An empty list says none.</summary>
    public static readonly Shape<ImmutableArray<ThresholdDraft>> All = new(
        () => new JsonObject { ["type"] = new JsonArray("array", "number", "string"), ["items"] = One.Schema(), ["maxItems"] = AwsLimits.Notifications },
        (ValueAt node, out ImmutableArray<ThresholdDraft> value) =>
        {
            value = [];
            switch (node.Value)
            {
                case RowValue.List list:
                    return Shapes.TryReadItems(node, list.Items, One, out value);
                case RowValue.NumberSet set:
                    return Shapes.TryReadItems(node, [.. set.Items.Order(StringComparer.Ordinal).Select(item => new RowValue.Number(item))], One, out value);
                case RowValue.TextSet set:
                    return Shapes.TryReadItems(node, [.. set.Items.Order(StringComparer.Ordinal).Select(item => new RowValue.Text(item))], One, out value);
                case RowValue.Number when One.TryRead(node, out var one):
                    value = [one];
                    return true;
                case RowValue.Number:
                    return false;
                case RowValue.Text text when DecimalComma(text.Value) is { } comma:
                    return node.Refuse(RowRules.Number, DecimalAdvice(comma));
                case RowValue.Text when Shapes.TextList.TryRead(node, out var pieces):
                    return Shapes.TryReadItems(node, [.. pieces.Select(piece => new RowValue.Text(piece))], One, out value);
                case RowValue.Text:
                    return false;
                default:
                    return Shapes.WrongType(node, "a list, a set of numbers or a text such as \"80, 90, 100 FORECASTED\"");
            }
        });

    /// <summary>
    /// A part of a text that is like <c>80,5</c>: two numbers with no blank between, of which the second is the smaller and has no more digits than a fraction
    /// would, since lists of thresholds rise; or like <c>0,8</c>, since no threshold is 0. Null where there is none.
    /// </summary>
    public static Match? DecimalComma(string text) => text.Split(';').Select(piece => Comma().Match(piece)).FirstOrDefault(comma => comma.Success
        && int.Parse(comma.Groups[Whole].Value, CultureInfo.InvariantCulture) is var whole
        && (whole == 0 || int.Parse(comma.Groups[Part].Value, CultureInfo.InvariantCulture) < whole));

    private static string DecimalAdvice(Match comma)
    {
        var (whole, part, words) = (comma.Groups[Whole].Value, comma.Groups[Part].Value, comma.Groups["words"].Value.TrimStart('%').TrimEnd());
        if (whole.Any(digit => digit != '0'))
            return $"{ValueAt.Quote(comma.Value.Trim())} may be one threshold or two; write {whole}.{part}{words}, or \"{whole}, {part}{words}\" with a blank "
                + "behind the comma";
        var number = decimal.Parse($"0.{part}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (number == 0) return $"{ValueAt.Quote(comma.Value.Trim())} is not above 0; write a positive number";
        return $"{ValueAt.Quote(comma.Value.Trim())} is not a number; write {NumberText.Format(number * 100)}{words} if it is a spreadsheet's "
            + $"{NumberText.Format(number * 100)} %, or \"{NumberText.Format(number)} PERCENTAGE{words}\" if less than one percent is meant";
    }

    private const string Whole = "whole";
    private const string Part = "part";

    [GeneratedRegex(@"\A\s*(?<whole>[0-9]{1,4}),(?<part>[0-9]{1,2})(?<words>\s*%?\s*\z|%?\s[^,]*\z)")]
    private static partial Regex Comma();

    /// <summary>Whether a threshold, or an action's, is one AWS takes.</summary>
    public static bool IsInRange(ValueAt node, decimal value, ThresholdType type)
    {
        var number = NumberText.Format(value);
        if (value <= 0)
            return node.Refuse(RowRules.ThresholdPositive, $"{number} is not above 0; write a positive number");
        var maximum = type == ThresholdType.PERCENTAGE ? AwsLimits.PercentageMaximum : AwsLimits.AmountMaximum;
        if (value > maximum)
            return node.Refuse(
                RowRules.ThresholdMaximum,
                $"{number} is too large; AWS takes at most {NumberText.Format(maximum)}{(type == ThresholdType.PERCENTAGE ? " percent" : "")}");
        return NumberText.SignificantDigits(value) <= AwsLimits.ThresholdDigits
            || node.Refuse(RowRules.ThresholdDigits, $"{number} has more digits than AWS keeps of a threshold; write at most {AwsLimits.ThresholdDigits}");
    }

    // What would be advised of a fraction is refused in turn: it is a spreadsheet's percent, or meant and then said so.
    private static string OfPercent(string problem)
    {
        const string way = "write ";
        var start = problem.LastIndexOf(way, StringComparison.Ordinal) + way.Length;
        return decimal.TryParse(problem[start..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var said) && said is > 0 and < 1
            ? $"{problem[..start]}{NumberText.Format(said * 100)}, or \"{NumberText.Format(said)} PERCENTAGE\" if less than one percent is meant"
            : problem;
    }

    // "100 FORECASTED", "80%", "500 ABSOLUTE_VALUE ACTUAL": the number first, then words in any order.
    private static bool TryReadWords(ValueAt node, string text, out ThresholdDraft value)
    {
        value = new ThresholdDraft(null, node.Path);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return node.Refuse(RowRules.NotBlank, $"{node.Quoted} is blank; write a number");
        if (text.Contains(';', StringComparison.Ordinal))
            return node.Refuse(
                RowRules.Number,
                $"{node.Quoted} is not a number; write "
                    + $"{string.Join(", ", text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}");
        if (!NumberText.TryRead(words[0].EndsWith('%') ? words[0][..^1] : words[0], out var number, out var problem))
            return node.Refuse(RowRules.Number, $"{ValueAt.Quote(words[0])} {OfPercent(problem)}");
        value = value with { Threshold = number, IsBare = words is [var only] && !only.EndsWith('%') };
        var before = node.Problems.Count;
        foreach (var word in words.Skip(1).Where(word => word != "%"))
        {
            if (Array.IndexOf(Words, word) < 0)
                node.Refuse(
                    RowRules.Word,
                    $"{ValueAt.Quote(word)} is not one of {string.Join(", ", Words)}"
                        + (NearestName.Of(word, Words) is { } nearest ? $"; write {nearest}" : ""));
            else if (Enum.TryParse<NotificationType>(word, out var type))
                value = value with { Type = type };
            else if (Enum.TryParse<ThresholdType>(word, out var thresholdType))
                value = value with { ThresholdType = thresholdType };
            else if (Enum.TryParse<ComparisonOperator>(word, out var comparison))
                value = value with { Comparison = comparison };
        }

        return node.Problems.Count == before;
    }
}
