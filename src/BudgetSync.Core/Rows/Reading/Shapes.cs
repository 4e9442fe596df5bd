using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The shapes that every attribute is built of.</summary>
internal static partial class Shapes
{
    /// <summary>A text that is not blank.</summary>
    public static readonly Shape<string> Text = TextLike(null);

    /// <summary>A number, or a text that is one.</summary>
    public static readonly Shape<decimal> Number = new(
        () => new JsonObject { ["type"] = new JsonArray("number", "string") },
        (ValueAt node, out decimal value) =>
        {
            var text = node.Value switch
            {
                RowValue.Number number => number.Value,
                RowValue.Text written => written.Value,
                _ => null,
            };
            if (text is not null)
                return NumberText.TryRead(text, out value, out var problem) || node.Refuse(RowRules.Number, $"{node.Quoted} {problem}");
            value = 0;
            return WrongType(node, "a number");
        });

    /// <summary>A whole number that fits an <see cref="int"/>.</summary>
    public static readonly Shape<int> Whole = new(
        () => new JsonObject { ["type"] = new JsonArray("integer", "string") },
        (ValueAt node, out int value) =>
        {
            value = 0;
            if (!Number.TryRead(node, out var number))
                return false;
            if (NumberText.Decimals(number) > 0 || number is < int.MinValue or > int.MaxValue)
                return node.Refuse(
                    RowRules.WholeNumber,
                    $"{node.Quoted} is not a whole number; write for example "
                        + $"{decimal.Truncate(Math.Clamp(number, 0, 100)).ToString(CultureInfo.InvariantCulture)}");
            value = (int)number;
            return true;
        });

    /// <summary>True or false; the words are taken too, in any case, because a CSV file has no other way to write them.</summary>
    public static readonly Shape<bool> Bool = new(
        () => new JsonObject { ["type"] = new JsonArray("boolean", "string") },
        (ValueAt node, out bool value) =>
        {
            value = false;
            return node.Value switch
            {
                RowValue.Bool flag => (value = flag.Value) || true,
                RowValue.Text text when bool.TryParse(text.Value, out value) => true,
                RowValue.Text => node.Refuse(RowRules.Type, $"{node.Quoted} is neither true nor false; write true or false"),
                _ => WrongType(node, "true or false (BOOL)"),
            };
        });

    /// <summary>Several texts: a set, a list of texts, or one text with commas.</summary>
    public static readonly Shape<ImmutableArray<string>> TextList = Texts(commas: true);

    /// <summary>Several texts that may hold commas themselves: a set, a list of texts, or one text.</summary>
    public static readonly Shape<ImmutableArray<string>> WholeTextList = Texts(commas: false);

    /// <summary>A text that must also pass a check; the check gives what is wrong and the way out, or null.</summary>
    public static Shape<string> Checked(Rule rule, Func<string, string?> check, JsonObject? schema = null) => new(
        () => schema?.DeepClone().AsObject() ?? Text.Schema(),
        (ValueAt node, out string value) =>
        {
            if (!Text.TryRead(node, out value!))
                return false;
            return check(value) is not { } problem || node.Refuse(rule, $"{node.Quoted} {problem}");
        });

    /// <summary>One of AWS's own words, spelt exactly as AWS spells it.</summary>
    public static Shape<T> Word<T>()
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>();
        return new Shape<T>(
            () => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) },
            (ValueAt node, out T value) =>
            {
                value = default;
                if (node.Value is not RowValue.Text { Value: var text })
                    return WrongType(node, "a text");
                if (Array.IndexOf(words, text) >= 0)
                    return Enum.TryParse(text, out value);
                var nearest = NearestName.Of(text, words);
                return node.Refuse(RowRules.Word, $"{node.Quoted} is not one of {string.Join(", ", words)}" + (nearest is null ? "" : $"; write {nearest}"));
            });
    }

    public static bool WrongType(ValueAt node, string wanted) =>
        node.Refuse(RowRules.Type, node.Value is RowValue.Null
            ? $"null says nothing here; write {wanted}{node.UnlessFilter(" or remove it")}"
            : $"{node.Quoted} is not {wanted}; write {wanted}");

    private static Shape<string> TextLike(JsonObject? schema) => new(
        () => schema?.DeepClone().AsObject() ?? new JsonObject { ["type"] = "string", ["minLength"] = 1 },
        (ValueAt node, out string value) =>
        {
            value = "";
            if (node.Value is not RowValue.Text text)
                return WrongType(node, "a text (S)");
            value = text.Value;
            if (!WellFormedText.Is(value))
                return node.Refuse(RowRules.WellFormed, "holds half a character (a lone surrogate), which nothing can store; write it again");
            return !string.IsNullOrWhiteSpace(value)
                || node.Refuse(RowRules.NotBlank, $"{node.Quoted} is blank; write a value{node.UnlessFilter(" or remove the attribute")}");
        });
}
