using System.Text.Json;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>One response as JSON, as a row writes it: <c>{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}</c>. Defaults are left out.</summary>
public static class ResponseText
{
    private static readonly ResponseRule Defaults = new(new ResponseTrigger.State(TriggerState.Over), RestrictionKind.NOTIFY);

    public static string Format(ResponseRule rule) => CompactJson.Object(json => Write(json, rule));

    /// <summary>Null where it is none.</summary>
    public static ResponseRule? Parse(string text)
    {
        try
        {
            using var document = StrictJson.Parse(text);
            return ResponseShapes.One.TryRead(new ValueAt(RowJson.Read(document.RootElement), "", new ProblemList()), out var rule) ? rule : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, ResponseRule rule)
    {
        json.WriteString("At", rule.At.ToString());
        json.WriteString("Do", rule.Do.ToString());
        if (rule.Policy is { } policy) json.WriteString("Policy", policy);
        if (rule.Tag is { } tag) json.WriteString("Tag", tag.ToString());
        if (rule.Mode != Defaults.Mode) json.WriteString("Mode", rule.Mode.ToString());
        if (rule.Grace != Defaults.Grace) json.WriteString("Grace", ResponseRule.Text(rule.Grace));
        if (rule.Until != Defaults.Until) json.WriteString("Until", rule.Until.ToString());
        if (rule.Budget is { } budget) json.WriteString("Budget", budget);
        if (rule.Binding) json.WriteBoolean("Binding", true);
        Names("Roles", rule.Binds.Roles);
        Names("Users", rule.Binds.Users);
        if (!rule.Except.IsEmpty)
        {
            json.WriteStartObject("Except");
            Names("Roles", rule.Except.Roles);
            Names("Users", rule.Except.Users);
            json.WriteEndObject();
        }

        void Names(string name, EquatableSet<string> names)
        {
            if (names.IsEmpty) return;
            json.WriteStartArray(name);
            foreach (var one in names) json.WriteStringValue(one);
            json.WriteEndArray();
        }
    }
}
