using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// What a service model allows of a value: type, length, pattern, range, required members. A closed list of cases.
/// A wrong JSON type is a SerializationException, as at AWS; everything else is collected, so that one answer names all that is wrong.
/// A member that the shape does not know is refused: AWS would ignore it, and a misspelt member would go unnoticed here.
/// </summary>
internal abstract record Shape
{
    private Shape()
    {
    }

    public static Text AnyText { get; } = new(0, int.MaxValue, null);

    public static Flag AnyFlag { get; } = new();

    public static Moment Timestamp { get; } = new();

    /// <summary>A string whose whole must match <paramref name="pattern"/> (a .NET expression), where one is given.</summary>
    public static Text String(int minimum, int maximum, string? pattern = null) =>
        new(minimum, maximum, pattern is null ? null : new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant));

    public static Choice Enum(params string[] values) => new(values);

    public static Structure Members(params Member[] members) => new(members.ToDictionary(member => member.Name, StringComparer.Ordinal));

    public static Member Required(string name, Shape shape) => new(name, new Lazy<Shape>(shape), true);

    public static Member Optional(string name, Shape shape) => new(name, new Lazy<Shape>(shape), false);

    /// <summary>A member whose shape contains itself (an expression within an expression).</summary>
    public static Member Optional(string name, Func<Shape> shape) => new(name, new Lazy<Shape>(shape), false);

    /// <summary>Refuses a request that breaks its shape.</summary>
    /// <exception cref="AwsException">With <paramref name="errorCode"/>, naming every problem; SerializationException for a wrong JSON type.</exception>
    public void Demand(JsonObject input, string errorCode)
    {
        var problems = new List<string>();
        Check(input, "", problems);
        if (problems.Count == 0) return;
        throw new AwsException(errorCode, $"{problems.Count.ToString(CultureInfo.InvariantCulture)} validation error{(problems.Count == 1 ? "" : "s")} detected: {string.Join("; ", problems)}");
    }

    internal abstract void Check(JsonNode value, string path, List<string> problems);

    private static string Problem(string path, string rule) => $"Value at '{path}' failed to satisfy constraint: {rule}";

    private static AwsException WrongType(string path, string wanted) => new("SerializationException", $"Value at '{path}' is not {wanted}");

    private static void CheckCount(int count, int minimum, int maximum, string path, List<string> problems)
    {
        if (count < minimum) problems.Add(Problem(path, $"Member must have length greater than or equal to {minimum.ToString(CultureInfo.InvariantCulture)}"));
        if (count > maximum) problems.Add(Problem(path, $"Member must have length less than or equal to {maximum.ToString(CultureInfo.InvariantCulture)}"));
    }

    internal sealed record Member(string Name, Lazy<Shape> Shape, bool IsRequired);

    internal sealed record Text(int Minimum, int Maximum, Regex? Pattern) : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems)
        {
            if (value.GetValueKind() != JsonValueKind.String) throw WrongType(path, "a string");
            var text = value.GetValue<string>();
            CheckCount(text.Length, Minimum, Maximum, path, problems);
            if (Pattern?.IsMatch(text) == false) problems.Add(Problem(path, $"Member must satisfy regular expression pattern: {Pattern}"));
        }
    }

    internal sealed record Choice(string[] Values) : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems)
        {
            if (value.GetValueKind() != JsonValueKind.String) throw WrongType(path, "a string");
            if (!Values.Contains(value.GetValue<string>(), StringComparer.Ordinal))
                problems.Add(Problem(path, $"Member must satisfy enum value set: [{string.Join(", ", Values)}]"));
        }
    }

    internal sealed record Number(double Minimum, double Maximum, bool Whole) : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems)
        {
            if (value.GetValueKind() != JsonValueKind.Number) throw WrongType(path, "a number");
            // Written out and read again: the node may hold any numeric type, according to who built it.
            var number = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
            if (Whole && !double.IsInteger(number)) throw WrongType(path, "a whole number");
            if (number < Minimum) problems.Add(Problem(path, $"Member must have value greater than or equal to {Minimum.ToString(CultureInfo.InvariantCulture)}"));
            if (number > Maximum) problems.Add(Problem(path, $"Member must have value less than or equal to {Maximum.ToString(CultureInfo.InvariantCulture)}"));
        }
    }

    internal sealed record Flag : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems)
        {
            if (value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) throw WrongType(path, "true or false");
        }
    }

    /// <summary>Epoch seconds, within the years that .NET can tell.</summary>
    internal sealed record Moment : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems) =>
            new Number(DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds(), false).Check(value, path, problems);
    }

    internal sealed record List(Shape Item, int Minimum, int Maximum) : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems)
        {
            if (value is not JsonArray items) throw WrongType(path, "a list");
            CheckCount(items.Count, Minimum, Maximum, path, problems);
            for (var i = 0; i < items.Count; i++)
            {
                var place = $"{path}.{(i + 1).ToString(CultureInfo.InvariantCulture)}.member";
                if (items[i] is { } item) Item.Check(item, place, problems);
                else problems.Add(Problem(place, "Member must not be null"));
            }
        }
    }

    internal sealed record Map(Shape Key, Shape Value) : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems)
        {
            if (value is not JsonObject entries) throw WrongType(path, "a map");
            foreach (var (key, entry) in entries)
            {
                Key.Check(JsonValue.Create(key), $"{path} (key)", problems);
                if (entry is not null) Value.Check(entry, $"{path}.{key}", problems);
                else problems.Add(Problem($"{path}.{key}", "Member must not be null"));
            }
        }
    }

    internal sealed record Structure(Dictionary<string, Member> Known) : Shape
    {
        internal override void Check(JsonNode value, string path, List<string> problems)
        {
            if (value is not JsonObject members) throw WrongType(path.Length == 0 ? "request" : path, "a structure");
            var prefix = path.Length == 0 ? "" : path + ".";
            foreach (var (name, member) in members)
            {
                if (!Known.TryGetValue(name, out var known)) problems.Add(Problem(prefix + name, "LocalAws knows no member of this name"));
                else if (member is not null) known.Shape.Value.Check(member, prefix + name, problems);
            }

            foreach (var missing in Known.Values.Where(known => known.IsRequired && members[known.Name] is null))
                problems.Add(Problem(prefix + missing.Name, "Member must not be null"));
        }
    }
}
