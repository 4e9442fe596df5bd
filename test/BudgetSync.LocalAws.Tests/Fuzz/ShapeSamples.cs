using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Models;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>Values that a shape takes, by chance: for operations that no request is known of, too.</summary>
internal sealed class ShapeSamples(Random random, IReadOnlyList<string> words)
{
    /// <summary>Shapes that hold themselves end here.</summary>
    private const int Deepest = 6;
    private const int MostItems = 3;

    private static readonly string[] Documents = ["""{"S":"a"}""", """{"N":"1"}""", """{"M":{"a":{"L":[]}}}""", """{"BOOL":true}""", """{"SS":["a"]}"""];

    private readonly IReadOnlyList<string> inside = [.. PatternSamples.All.Values.SelectMany(pattern => pattern.Inside)];

    public JsonNode? Of(Shape shape, string name, int depth) => shape switch
    {
        Shape.Structure structure => Structure(structure, depth),
        Shape.List list => new JsonArray([.. Some(list.Minimum).Select(_ => Of(list.Item, name, depth + 1))]),
        Shape.Map map => Map(map, depth),
        Shape.Text text => Text(text),
        Shape.Choice choice => choice.Values[random.Next(choice.Values.Length)],
        Shape.Number number => Number(number),
        Shape.Flag => random.Next(2) == 0,
        Shape.Moment => random.Next(2) == 0 ? 1_768_000_000 + random.Next(10_000_000) : random.NextInt64(-62_135_596_800, 253_402_300_799),
        _ => JsonNode.Parse(Documents[random.Next(Documents.Length)]),
    };

    private JsonObject Structure(Shape.Structure structure, int depth)
    {
        var members = new JsonObject();
        foreach (var member in structure.Known.Values)
        {
            if (member.IsRequired || (depth < Deepest && random.Next(3) == 0)) members[member.Name] = Of(member.Shape.Value, member.Name, depth + 1);
        }

        return members;
    }

    private JsonObject Map(Shape.Map map, int depth)
    {
        var entries = new JsonObject();
        foreach (var _ in Some(map.Minimum)) entries[Of(map.Key, "", depth + 1)?.ToString() ?? ""] = Of(map.Value, "", depth + 1);
        return entries;
    }

    private string Text(Shape.Text text)
    {
        var fitting = words.Concat(inside).Where(word => word.Length >= text.Minimum && word.Length <= text.Maximum && text.Expression?.IsMatch(word) != false);
        return fitting.ToList() is { Count: > 0 } list ? list[random.Next(list.Count)] : new string('a', Math.Clamp(text.Minimum, 1, 1000));
    }

    private JsonValue Number(Shape.Number number)
    {
        var (low, high) = (Math.Max(number.Minimum, long.MinValue / 2), Math.Min(number.Maximum, long.MaxValue / 2));
        return random.Next(3) switch
        {
            0 => JsonValue.Create((long)low),
            1 => JsonValue.Create((long)high),
            _ => JsonValue.Create((long)(low + (random.NextDouble() * Math.Min(high - low, 1000)))),
        };
    }

    private IEnumerable<int> Some(int minimum) => Enumerable.Range(0, Math.Max(minimum, random.Next(MostItems)));
}
