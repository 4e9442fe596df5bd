using System.Text.Json.Nodes;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Reads a value; false when it said what is wrong with it, and then the value means nothing.</summary>
internal delegate bool TryRead<T>(ValueAt node, out T value);

/// <summary>
/// What a value may look like: one definition from which it is read and its JSON Schema is written, so the two cannot part.
/// </summary>
internal sealed record Shape<T>(Func<JsonObject> Schema, TryRead<T> TryRead);

/// <summary>A named value inside a map, put into a draft when it is read.</summary>
/// <param name="Read">Reads the node and gives the draft with it, or the draft unchanged when the value is wrong.</param>
internal sealed record Field<TDraft>(string Name, bool Required, Func<JsonObject> Schema, Func<TDraft, ValueAt, TDraft> Read);

/// <summary>Makes fields; apart from <see cref="Field{TDraft}"/> so that the types are inferred.</summary>
internal static class Field
{
    public static Field<TDraft> Required<TDraft, T>(string name, Shape<T> shape, Func<TDraft, T, TDraft> set) => Make(name, true, shape, set);

    public static Field<TDraft> Optional<TDraft, T>(string name, Shape<T> shape, Func<TDraft, T, TDraft> set) => Make(name, false, shape, set);

    private static Field<TDraft> Make<TDraft, T>(string name, bool required, Shape<T> shape, Func<TDraft, T, TDraft> set) =>
        new(name, required, shape.Schema, (draft, node) => shape.TryRead(node, out var value) ? set(draft, value) : draft);
}
