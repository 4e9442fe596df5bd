using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// The form of an AWS Query request as nested JSON: <c>Tags.member.1.Key=a</c> becomes <c>{"Tags":[{"Key":"a"}]}</c>, and
/// <c>Attributes.entry.1.key=a&amp;Attributes.entry.1.value=b</c> becomes <c>{"Attributes":{"a":"b"}}</c>. Every leaf is a string.
/// </summary>
internal sealed class QueryForm
{
    /// <summary>Parts of a name, and numbers of list members: deeper and longer than any request of the services that speak Query here.</summary>
    private const int MaximumDepth = 16;
    private const int MaximumIndex = 1000;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private readonly Dictionary<string, QueryForm> members = new(StringComparer.Ordinal);
    private string? value;

    public static bool IsForm(WireRequest request) =>
        request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    /// <exception cref="AwsException">MalformedQueryString: the form says two things at once, or is no UTF-8.</exception>
    /// <param name="flat">Whether lists have no <c>member</c>: <c>InstanceId.1=a</c> (smithy.io, "AWS EC2 query protocol").</param>
    public static JsonObject Read(byte[] body, bool flat = false)
    {
        var root = new QueryForm();
        foreach (var pair in Text(body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            root.Put(name.Split('.'), name, equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }

        return root.members.Count == 0 ? [] : (JsonObject)root.ToJson(flat, isRoot: true);
    }

    private void Put(string[] path, string name, string text)
    {
        if (path.Length > MaximumDepth) throw Malformed($"{name[..80]}… has {path.Length} parts, and may have {MaximumDepth}");
        var node = this;
        foreach (var part in path)
        {
            if (part.Length == 0) throw Malformed($"\"{name}\" has an empty part");
            if (!node.members.TryGetValue(part, out var next)) node.members.Add(part, next = new QueryForm());
            node = next;
        }

        if (node.value is not null) throw Malformed($"{name} is given twice");
        node.value = text;
        if (node.members.Count > 0) throw Malformed($"{name} is both a value and more");
    }

    private JsonNode ToJson(bool flat, bool isRoot = false)
    {
        if (members.Count == 0) return JsonValue.Create(value ?? "");
        if (value is not null) throw Malformed("one name is both a value and more");
        if (flat && !isRoot && char.IsAsciiDigit(members.Keys.First()[0])) return List(this, flat);
        if (!flat && members.Count == 1 && members.TryGetValue("member", out var list)) return List(list, flat);
        if (!flat && members.Count == 1 && members.TryGetValue("entry", out var map)) return Map(map.Numbered());
        return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value.ToJson(flat))));
    }

    private static JsonArray List(QueryForm numbered, bool flat) => new([.. numbered.Numbered().Select(item => item.ToJson(flat))]);

    private static JsonObject Map(IEnumerable<QueryForm> entries)
    {
        var map = new JsonObject();
        foreach (var entry in entries)
        {
            var key = entry.members.GetValueOrDefault("key")?.value ?? throw Malformed("an entry of a map has no key");
            if (!map.TryAdd(key, entry.members.GetValueOrDefault("value")?.ToJson(flat: false))) throw Malformed($"the key {key} of a map is given twice");
            if (entry.members.Keys.FirstOrDefault(name => name is not ("key" or "value")) is { } unknown)
                throw Malformed($"an entry of a map has no member {unknown}");
        }

        return map;
    }

    /// <summary>The members of a list in the order of their numbers.</summary>
    private IEnumerable<QueryForm> Numbered() => members
        .Select(member => (Number: Index(member.Key), member.Value))
        .OrderBy(member => member.Number)
        .Select(member => member.Value);

    private static int Index(string text) =>
        !text.AsSpan().ContainsAnyExcept(Digits)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index is > 0 and <= MaximumIndex
            ? index
            : throw Malformed($"\"{text}\" is no number of a list member");

    private static string Text(byte[] body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw Malformed("it is not UTF-8");
        }
    }

    /// <summary>Unescapes a part; what is no UTF-8 behind its escapes stays escaped, as everywhere in .NET.</summary>
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static AwsException Malformed(string what) => new("MalformedQueryString", $"The query string of the request is malformed: {what}.");
}
