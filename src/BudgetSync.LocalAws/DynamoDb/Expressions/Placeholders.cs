using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>A request's ExpressionAttributeNames and ExpressionAttributeValues, and which of them its expressions used.</summary>
internal sealed partial class Placeholders
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttributeValue> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> unused = new(StringComparer.Ordinal);

    /// <exception cref="AwsException">ValidationException: a malformed key, an invalid value, or placeholders without any expression.</exception>
    public Placeholders(JsonObject? names, JsonObject? values, bool hasExpression, string expressionNames)
    {
        Require(names, hasExpression, "ExpressionAttributeNames", expressionNames);
        Require(values, hasExpression, "ExpressionAttributeValues", expressionNames);
        foreach (var (key, name) in names ?? [])
        {
            if (!NameKey().IsMatch(key)) throw Invalid($"ExpressionAttributeNames contains invalid key: Syntax error; key: \"{key}\"");
            this.names.Add(
                key,
                name is JsonValue text && text.TryGetValue<string>(out var value)
                    ? value
                    : throw new AwsException("SerializationException", $"ExpressionAttributeNames {key} must be a string."));
            if (this.names[key].Length == 0) throw Invalid($"ExpressionAttributeNames contains invalid value: Empty attribute name for key {key}");
            unused.Add(key);
        }

        foreach (var (key, value) in values ?? [])
        {
            if (!ValueKey().IsMatch(key)) throw Invalid($"ExpressionAttributeValues contains invalid key: Syntax error; key: \"{key}\"");
            this.values.Add(key, ReadValue(key, value));
            unused.Add(key);
        }
    }

    public string? FindName(string key)
    {
        unused.Remove(key);
        return names.GetValueOrDefault(key);
    }

    public AttributeValue? FindValue(string key)
    {
        unused.Remove(key);
        return values.GetValueOrDefault(key);
    }

    /// <exception cref="AwsException">ValidationException naming the placeholders that no expression used.</exception>
    public void RequireAllUsed()
    {
        foreach (var (sign, member) in (ReadOnlySpan<(char, string)>)[('#', "ExpressionAttributeNames"), (':', "ExpressionAttributeValues")])
        {
            var left = unused.Where(key => key[0] == sign).ToList();
            if (left.Count > 0) throw Invalid($"Value provided in {member} unused in expressions: keys: {{{string.Join(", ", left)}}}");
        }
    }

    private static void Require(JsonObject? given, bool hasExpression, string member, string expressionNames)
    {
        if (given is null) return;
        if (!hasExpression) throw Invalid($"{member} can only be specified when using expressions: {expressionNames} is null");
        if (given.Count == 0) throw Invalid($"{member} must not be empty");
    }

    private static AttributeValue ReadValue(string key, JsonNode? value)
    {
        try
        {
            return ItemJson.ReadValue(value);
        }
        catch (AwsException error) when (error.Code == "ValidationException")
        {
            throw Invalid($"ExpressionAttributeValues contains invalid value: {error.Message} for key {key}");
        }
    }

    private static AwsException Invalid(string message) => new("ValidationException", message);

    [GeneratedRegex("^#[A-Za-z0-9_]+$")]
    private static partial Regex NameKey();

    [GeneratedRegex("^:[A-Za-z0-9_]+$")]
    private static partial Regex ValueKey();
}
