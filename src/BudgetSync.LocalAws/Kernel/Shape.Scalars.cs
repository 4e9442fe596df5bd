using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Kernel;

/// <content>Shapes of single values.</content>
internal abstract partial record Shape
{
    internal sealed record AnyValue : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown)
        {
        }
    }

    internal sealed record Text(int Minimum, int Maximum, string? Pattern, Regex? Expression) : Shape
    {
        /// <summary>The model calls it sensitive: what is wrong with it is told without it.</summary>
        public bool IsSensitive { get; init; }

        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown)
        {
            if (value.GetValueKind() != JsonValueKind.String) throw WrongType(path, "a string");
            var text = value.GetValue<string>();
            var shown = IsSensitive ? JsonValue.Create(LongText) : value;
            CheckCount(text.Length, Minimum, Maximum, shown, path, problems);
            if (Expression?.IsMatch(text) == false) problems.Add(Problem(shown, path, $"Member must satisfy regular expression pattern: {Pattern}"));
        }
    }

    internal sealed record Choice(string[] Values) : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown)
        {
            if (value.GetValueKind() != JsonValueKind.String) throw WrongType(path, "a string");
            if (!Values.Contains(value.GetValue<string>(), StringComparer.Ordinal))
                problems.Add(Problem(value, path, $"Member must satisfy enum value set: [{string.Join(", ", Values)}]"));
        }
    }

    internal sealed record Number(double Minimum, double Maximum, bool Whole) : Shape
    {
        public override JsonNode? FromText(JsonNode? text) =>
            text is JsonValue value && value.TryGetValue<string>(out var written)
            && decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : text?.DeepClone();

        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown)
        {
            if (value.GetValueKind() != JsonValueKind.Number) throw WrongType(path, "a number");
            // Written out and read again: the node may hold any numeric type, according to who built it.
            var number = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
            if (Whole && !double.IsInteger(number)) throw WrongType(path, "a whole number");
            if (number < Minimum)
                problems.Add(Problem(value, path, string.Create(CultureInfo.InvariantCulture, $"Member must have value greater than or equal to {Minimum}")));
            if (number > Maximum)
                problems.Add(Problem(value, path, string.Create(CultureInfo.InvariantCulture, $"Member must have value less than or equal to {Maximum}")));
        }
    }

    internal sealed record Flag : Shape
    {
        public override JsonNode? FromText(JsonNode? text) => (text as JsonValue)?.TryGetValue<string>(out var written) == true && written is "true" or "false"
            ? JsonValue.Create(written == "true")
            : text?.DeepClone();

        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown)
        {
            if (value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) throw WrongType(path, "true or false");
        }
    }

    /// <summary>Epoch seconds, within the years that .NET can tell.</summary>
    internal sealed record Moment : Shape
    {
        private static readonly Number Seconds = new(DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds(), false);

        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown) => Seconds.Check(value, path, problems, unknown);
    }
}
