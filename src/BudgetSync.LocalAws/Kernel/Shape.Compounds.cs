using System.Globalization;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <content>Shapes that hold others.</content>
internal abstract partial record Shape
{
    internal sealed record List(Shape Item, int Minimum, int Maximum) : Shape
    {
        /// <summary>What AWS Query calls the members in place of <c>member</c> (the model's locationName): <c>Tags.Tag.1.Key</c>.</summary>
        public string? ItemName { get; init; }

        public override JsonNode? FromText(JsonNode? text) =>
            text is JsonArray items ? new JsonArray([.. items.Select(Item.FromText)])
            : Numbered(text) is { } named ? new JsonArray([.. named.Select(Item.FromText)])
            : text?.DeepClone();

        private IEnumerable<JsonNode?>? Numbered(JsonNode? text) =>
            ItemName is not null && text is JsonObject { Count: 1 } list && list[ItemName] is JsonObject members
            && members.All(member => int.TryParse(member.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? members.OrderBy(member => int.Parse(member.Key, CultureInfo.InvariantCulture)).Select(member => member.Value)
                : null;

        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown)
        {
            if (value is not JsonArray items) throw WrongType(path, "a list");
            CheckCount(items.Count, Minimum, Maximum, value, path, problems);
            for (var i = 0; i < items.Count; i++)
            {
                var place = $"{path}.{(i + 1).ToString(CultureInfo.InvariantCulture)}.member";
                if (items[i] is { } item) Item.Check(item, place, problems, unknown);
                else problems.Add(Problem(null, place, "Member must not be null"));
            }
        }
    }

    internal sealed record Map(Shape Key, Shape Value, int Minimum = 0, int Maximum = int.MaxValue) : Shape
    {
        public override JsonNode? FromText(JsonNode? text) =>
            text is JsonObject entries
                ? new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, Value.FromText(entry.Value))))
                : text?.DeepClone();

        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown)
        {
            if (value is not JsonObject entries) throw WrongType(path, "a map");
            CheckCount(entries.Count, Minimum, Maximum, value, path, problems);
            foreach (var (key, entry) in entries)
            {
                Key.Check(JsonValue.Create(key), $"{path} (key)", problems, unknown);
                if (entry is not null) Value.Check(entry, $"{path}.{key}", problems, unknown);
                else problems.Add(Problem(null, $"{path}.{key}", "Member must not be null"));
            }
        }
    }

    internal sealed record Structure(Dictionary<string, Member> Known) : Shape
    {
        public override JsonNode? FromText(JsonNode? text) => text is not JsonObject members
            ? text?.DeepClone()
            : new JsonObject(members.Select(member => KeyValuePair.Create(
                member.Key,
                Known.TryGetValue(member.Key, out var known) ? known.Shape.Value.FromText(member.Value) : member.Value?.DeepClone())));

        internal override void Check(JsonNode value, string path, List<string> problems, List<string> unknown)
        {
            if (value is not JsonObject members) throw WrongType(path.Length == 0 ? "request" : path, "a structure");
            var prefix = path.Length == 0 ? "" : path + ".";
            foreach (var (name, member) in members)
            {
                if (!Known.TryGetValue(name, out var known)) unknown.Add(prefix + name);
                else if (member is not null) known.Shape.Value.Check(member, prefix + name, problems, unknown);
            }

            foreach (var missing in Known.Values.Where(known => known.IsRequired && members[known.Name] is null))
                problems.Add(Problem(null, prefix + missing.Name, "Member must not be null"));
        }
    }
}
