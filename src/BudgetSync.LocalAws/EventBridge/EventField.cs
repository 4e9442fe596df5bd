using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>
/// A field of an event by a pattern's name for it: <c>state.status</c> and a member <c>status</c> of a member <c>state</c> are the same, in both.
/// </summary>
internal static class EventField
{
    public static (bool IsThere, JsonNode? Value) Find(JsonObject? members, string name)
    {
        if (members is null) return (false, null);
        if (members.TryGetPropertyValue(name, out var exact)) return (true, exact);
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            if (members.TryGetPropertyValue(name[..dot], out var outer) && Within(outer, name[(dot + 1)..]) is (true, var value)) return (true, value);
        }

        // The event's own name goes on where the pattern's ends: what is left of it is a member of what the pattern asks for.
        var prefix = name + ".";
        var longer = members.Where(member => member.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return longer.Count == 0
            ? (false, null)
            : (true, new JsonObject(longer.Select(member => KeyValuePair.Create(member.Key[prefix.Length..], member.Value?.DeepClone()))));
    }

    private static (bool IsThere, JsonNode? Value) Within(JsonNode? outer, string name)
    {
        if (outer is not JsonArray several) return Find(outer as JsonObject, name);
        var found = several.Select(item => Within(item, name)).Where(item => item.IsThere).ToList();
        return found.Count == 0 ? (false, null) : (true, new JsonArray([.. found.Select(item => item.Value?.DeepClone())]));
    }
}
