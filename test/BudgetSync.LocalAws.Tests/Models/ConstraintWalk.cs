using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Models;

/// <summary>Walks a request of AWS's model beside the shape that LocalAws gives it, and tries values at each bound.</summary>
internal sealed class ConstraintWalk(JsonObject shapes, string service)
{
    private const string TooShort = "Member must have length greater than or equal to";
    private const string TooLong = "Member must have length less than or equal to";
    private const string TooLow = "Member must have value greater than or equal to";
    private const string TooHigh = "Member must have value less than or equal to";
    private const string OtherForm = "Member must satisfy regular expression pattern";
    private const string OtherWord = "Member must satisfy enum value set";

    /// <summary>What is tried where the model has no bound, and the largest bound that is tried.</summary>
    private const int LongEnough = 5_000;
    private const int Longest = 200_000;

    private readonly HashSet<(string, Shape)> seen = [];

    /// <summary>Where LocalAws differs from the model on purpose: service and place, and why.</summary>
    public static IReadOnlyDictionary<string, string> Exceptions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dynamodb:CreateTable.SSESpecification.SSEType"] = "the model's text: \"The only supported value is: KMS\"",
        ["dynamodb:UpdateTable.SSESpecification.SSEType"] = "as of CreateTable",
    };

    public List<string> Wrong { get; } = [];

    public HashSet<string> Excused { get; } = new(StringComparer.Ordinal);

    public void Compare(string name, Shape local, string path)
    {
        if (local is Shape.AnyValue || name.Length == 0 || !seen.Add((name, local))) return;
        var fact = shapes[name]!.AsObject();
        if (fact["members"] is JsonObject members) CompareMembers(members, local, path);
        else if (fact["items"] is { } item) CompareItems(fact, item.GetValue<string>(), local, path);
        else if (fact["keys"] is { } key) CompareEntries(fact, key.GetValue<string>(), local, path);
        else if (fact["text"] is { } pattern) CompareText(fact, pattern.GetValue<string>(), local, path);
        else if (fact["number"] is not null) CompareNumber(fact, local, path);
        else if (local is not (Shape.Flag or Shape.Moment or Shape.Text)) Report(path, $"is a {fact["other"]} in the model and a {local.GetType().Name} here");
    }

    private void CompareMembers(JsonObject members, Shape local, string path)
    {
        if (local is not Shape.Structure { Known: var known })
        {
            Report(path, "is a structure in the model");
            return;
        }

        foreach (var stranger in known.Keys.Except(members.Select(member => member.Key.TrimEnd('!'))))
            Report($"{path}.{stranger}", "is no member of the model");
        foreach (var (written, shape) in members)
        {
            var name = written.TrimEnd('!');
            if (!known.TryGetValue(name, out var member)) continue;
            var place = $"{path}.{name}";
            if (member.IsRequired != written.EndsWith('!')) Report(place, member.IsRequired ? "is not required by the model" : "is required by the model");
            Compare(shape!.GetValue<string>(), member.Shape.Value, place);
        }
    }

    private void CompareItems(JsonObject fact, string item, Shape local, string path)
    {
        if (local is not Shape.List list)
        {
            Report(path, "is a list in the model");
            return;
        }

        CompareCount(fact, count => new JsonArray([.. Enumerable.Range(0, count).Select(_ => (JsonNode?)null)]), local, path);
        Compare(item, list.Item, path + "[]");
    }

    private void CompareEntries(JsonObject fact, string key, Shape local, string path)
    {
        if (local is not Shape.Map map)
        {
            Report(path, "is a map in the model");
            return;
        }

        CompareCount(
            fact,
            count => new JsonObject(
                Enumerable.Range(0, count).Select(number => KeyValuePair.Create(number.ToString(CultureInfo.InvariantCulture), (JsonNode?)null))),
            local,
            path);
        Compare(key, map.Key, path + "{key}");
        Compare(fact["values"]!.GetValue<string>(), map.Value, path + "{}");
    }

    private void CompareText(JsonObject fact, string pattern, Shape local, string path)
    {
        CompareCount(fact, count => JsonValue.Create(new string('x', count)), local, path);
        if (fact["enum"] is JsonArray words)
        {
            foreach (var word in words) Try(local, word!.DeepClone(), OtherWord, refused: false, path);
            foreach (var word in (string[])["NO_SUCH_WORD", ""]) Try(local, JsonValue.Create(word), OtherWord, refused: true, path);
            return;
        }

        if (pattern.Length == 0) return;
        if (!PatternSamples.All.TryGetValue(pattern, out var samples))
        {
            Report(path, $"has the pattern {pattern}, of which PatternSamples has no samples");
            return;
        }

        foreach (var text in samples.Inside) Try(local, JsonValue.Create(text), OtherForm, refused: false, path);
        foreach (var text in samples.Outside) Try(local, JsonValue.Create(text), OtherForm, refused: true, path);
    }

    private void CompareNumber(JsonObject fact, Shape local, string path)
    {
        if (fact["min"] is { } min)
        {
            var least = min.GetValue<decimal>();
            Try(local, JsonValue.Create(least), TooLow, refused: false, path);
            Try(local, JsonValue.Create(least - 1), TooLow, refused: true, path);
        }

        if (fact["max"] is not { } max) return;
        var most = max.GetValue<decimal>();
        Try(local, JsonValue.Create(most), TooHigh, refused: false, path);
        Try(local, JsonValue.Create(most + 1), TooHigh, refused: true, path);
    }

    private void CompareCount(JsonObject fact, Func<int, JsonNode> make, Shape local, string path)
    {
        var (least, most) = (fact["min"]?.GetValue<long>() ?? 0, fact["max"]?.GetValue<long>() ?? long.MaxValue);
        if (fact["enum"] is not null) return;
        if (most > Longest) (most, fact) = (LongEnough, new JsonObject());
        Try(local, make((int)least), TooShort, refused: false, path);
        if (least > 0) Try(local, make((int)least - 1), TooShort, refused: true, path);
        Try(local, make((int)most), TooLong, refused: false, path);
        if (fact["max"] is not null) Try(local, make((int)most + 1), TooLong, refused: true, path);
    }

    private void Try(Shape local, JsonNode value, string rule, bool refused, string path)
    {
        var problems = new List<string>();
        try
        {
            local.Check(value, "x", problems, []);
        }
        catch (AwsException error)
        {
            problems.Add(error.Message);
        }

        var found = problems.Exists(problem => problem.Contains("'x'", StringComparison.Ordinal) && problem.Contains(rule, StringComparison.Ordinal));
        if (found == refused) return;
        var shown = value.ToJsonString();
        Report(path, $"{(shown.Length > 60 ? $"{shown[..60]}… ({shown.Length})" : shown)} is {(refused ? "taken" : "refused")}: {rule}");
    }

    private void Report(string path, string what)
    {
        var place = $"{service}:{path}";
        if (Exceptions.ContainsKey(place)) Excused.Add(place);
        else Wrong.Add($"{place} {what}");
    }
}
