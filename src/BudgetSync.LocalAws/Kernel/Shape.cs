using System.Globalization;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// What a service model allows of a value: type, length, pattern, range, required members. A closed list of cases.
/// A wrong JSON type is a SerializationException, as at AWS; everything else is collected, so that one answer names all that is wrong.
/// A member that the shape does not know is refused: AWS would ignore it, and a misspelt member would go unnoticed here.
/// </summary>
internal abstract partial record Shape
{
    private const int LongestShown = 256;

    /// <summary>In place of what is not to be shown.</summary>
    private static readonly string LongText = new('x', LongestShown + 1);

    private Shape()
    {
    }

    public static Text AnyText { get; } = new(0, int.MaxValue, null, null);

    public static Flag AnyFlag { get; } = new();

    public static Moment Timestamp { get; } = new();

    /// <summary>A value that its service reads and judges by itself, in its own words (DynamoDB's attribute values).</summary>
    public static AnyValue Document { get; } = new();

    /// <summary>
    /// A string whose whole must match <paramref name="pattern"/>, where one is given: an expression of the service model, read as Java reads it.
    /// </summary>
    public static Text String(int minimum, int maximum, string? pattern = null) =>
        new(minimum, maximum, pattern, pattern is null ? null : ModelPattern.Compile(pattern));

    /// <summary>As <see cref="String"/>, of a value that no error may show.</summary>
    public static Text Sensitive(int minimum, int maximum, string? pattern = null) => String(minimum, maximum, pattern) with { IsSensitive = true };

    public static Choice Enum(params string[] values) => new(values);

    public static Number Integer(long minimum, long maximum) => new(minimum, maximum, true);

    public static Structure Members(params Member[] members) => new(members.ToDictionary(member => member.Name, StringComparer.Ordinal));

    public static Member Required(string name, Shape shape) => new(name, new Lazy<Shape>(shape), true);

    public static Member Optional(string name, Shape shape) => new(name, new Lazy<Shape>(shape), false);

    /// <summary>A member whose shape contains itself (an expression within an expression).</summary>
    public static Member Optional(string name, Func<Shape> shape) => new(name, new Lazy<Shape>(shape), false);

    /// <summary>Refuses a request that breaks its shape.</summary>
    /// <param name="what">Whose members they are: an operation's name, for example.</param>
    /// <exception cref="AwsException">
    /// With <paramref name="errorCode"/>, naming every problem in AWS's words, or every member that is not known in ours; SerializationException for a wrong
    /// JSON type.
    /// </exception>
    public void Validate(JsonObject input, string errorCode, string what)
    {
        var (problems, unknown) = (new List<string>(), new List<string>());
        Check(input, "", problems, unknown);
        if (unknown.Count > 0)
        {
            var names = $"the member{(unknown.Count == 1 ? "" : "s")} {string.Join(", ", unknown)}";
            throw new AwsException(errorCode, $"LocalAws does not know {names} of {what}; BEHAVIOUR.md lists what it knows.");
        }

        if (problems.Count == 0) return;
        var count = $"{problems.Count.ToString(CultureInfo.InvariantCulture)} validation error{(problems.Count == 1 ? "" : "s")}";
        throw new AwsException(errorCode, $"{count} detected: {string.Join("; ", problems)}");
    }

    /// <summary>
    /// The same value with the types that this shape wants, where it was written as text: AWS Query and CloudFormation write numbers and flags so.
    /// What is no number or flag stays as it is, for <see cref="Validate"/> to refuse.
    /// </summary>
    public virtual JsonNode? FromText(JsonNode? text) => text?.DeepClone();

    internal abstract void Check(JsonNode value, string path, List<string> problems, List<string> unknown);

    /// <summary>
    /// As AWS words it: the members of a path begin with a small letter, and the value is shown (a long one and a compound one are not, here).
    /// </summary>
    private static string Problem(JsonNode? value, string path, string rule)
    {
        var shown = value switch
        {
            null => "Value null",
            JsonValue when value.ToString() is { Length: <= LongestShown } text => $"Value '{text}'",
            _ => "Value",
        };
        var place = string.Join('.', path.Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
        return $"{shown} at '{place}' failed to satisfy constraint: {rule}";
    }

    private static AwsException WrongType(string path, string wanted) => new("SerializationException", $"Value at '{path}' is not {wanted}");

    private static void CheckCount(int count, int minimum, int maximum, JsonNode value, string path, List<string> problems)
    {
        if (count < minimum)
            problems.Add(Problem(value, path, string.Create(CultureInfo.InvariantCulture, $"Member must have length greater than or equal to {minimum}")));
        if (count > maximum)
            problems.Add(Problem(value, path, string.Create(CultureInfo.InvariantCulture, $"Member must have length less than or equal to {maximum}")));
    }

    internal sealed record Member(string Name, Lazy<Shape> Shape, bool IsRequired);
}
