using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Ai;

/// <summary>Reads a list of prices that a person wrote: all that is wrong with it, in the words of the file.</summary>
internal static class PriceListReader
{
    private static readonly ImmutableArray<string> Required = ["model", "region", "kind", "input", "output", "source", "on"];

    private static readonly ImmutableArray<string> Optional = ["cacheRead", "cacheWrite"];

    /// <returns>The prices that can be read, and what is wrong with the others.</returns>
    /// <exception cref="FormatException">It is no list at all.</exception>
    public static (ImmutableArray<PriceEntry> Entries, ImmutableArray<string> Problems) Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"it is no JSON from line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} on; ")
                    + "'budgetsync ai prices --json' prints the form",
                exception);
        }
    }

    private static (ImmutableArray<PriceEntry> Entries, ImmutableArray<string> Problems) Read(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
            throw new FormatException($"it is {Word(list)} and no list of prices; write a list, [] for none");
        var (entries, problems) = (ImmutableArray.CreateBuilder<PriceEntry>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (number, item) in list.EnumerateArray().Index())
        {
            var before = problems.Count;
            var entry = Entry(item, text => problems.Add(string.Create(CultureInfo.InvariantCulture, $"price {number + 1}{NameOf(item)}: {text}")));
            if (problems.Count == before) entries.Add(entry);
        }

        return (entries.ToImmutable(), problems.ToImmutable());
    }

    private static PriceEntry Entry(JsonElement item, Action<string> refuse)
    {
        var none = new PriceEntry("", "", default, 0, 0, "", default);
        if (item.ValueKind != JsonValueKind.Object)
        {
            refuse($"{Word(item)} stands where a price should; write an object, or remove it");
            return none;
        }

        var members = item.EnumerateObject().ToLookup(member => member.Name, member => member.Value, StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (!Required.Contains(member.Key) && !Optional.Contains(member.Key))
                refuse($"\"{member.Key}\" is no member of a price; choose from {string.Join(", ", Required.Concat(Optional))}");
            else if (member.Count() > 1) refuse($"{member.Key} stands {member.Count()} times; keep one");
        }

        foreach (var missing in Required.Where(name => !members.Contains(name))) refuse($"{missing} is missing; add it");
        return new PriceEntry(
            Text("model"),
            Text("region"),
            Of("kind", ModelKind.Regional, "Regional or Global", (JsonElement value, out ModelKind kind) =>
                Enum.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : "", out kind) && Enum.IsDefined(kind)),
            Number("input") ?? 0,
            Number("output") ?? 0,
            Text("source"),
            Of("on", default, "a day such as 2026-11-29", (JsonElement value, out DateOnly day) =>
                DateOnly.TryParseExact(value.ValueKind == JsonValueKind.String ? value.GetString() : "", "yyyy-MM-dd", out day)),
            Number("cacheRead"),
            Number("cacheWrite"));

        string Text(string name) => Of(name, "", "a text", (JsonElement value, out string text) =>
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString()! : ""; // Not null: it is a string.
            return value.ValueKind == JsonValueKind.String;
        });

        decimal? Number(string name) => Optional.Contains(name) && members[name].All(value => value.ValueKind == JsonValueKind.Null)
            ? null
            : Of(name, 0, "a number without quotes, USD for a million tokens", (JsonElement value, out decimal number) =>
            {
                number = 0;
                return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out number);
            });

        T Of<T>(string name, T otherwise, string wanted, Reading<T> read)
        {
            foreach (var value in members[name].Take(1))
            {
                if (read(value, out var found)) return found;
                refuse($"{name} is {Word(value)}; write {wanted}");
            }

            return otherwise;
        }
    }

    private delegate bool Reading<T>(JsonElement value, out T found);

    private static string NameOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String
            ? $" ({model.GetString()})"
            : "";

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => value.GetRawText() is { Length: <= AwsLimits.QuotedCharacters } text ? text : "a long text",
    };
}
