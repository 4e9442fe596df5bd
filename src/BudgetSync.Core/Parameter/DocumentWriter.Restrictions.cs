using System.Text.Json;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Parameter;

/// <content>What the spoke is to restrict; nothing is written where it is nothing, so such a document is what it was before there were restrictions.</content>
internal static partial class DocumentWriter
{
    private static void WriteRestrictions(Utf8JsonWriter json, EquatableArray<DesiredRestriction> restrictions)
    {
        if (restrictions.IsEmpty) return;
        json.WriteStartArray(RestrictionReader.Name);
        foreach (var restriction in restrictions.OrderBy(restriction => restriction.Id, StringComparer.Ordinal))
            WriteRestriction(json, restriction);
        json.WriteEndArray();
    }

    private static void WriteRestriction(Utf8JsonWriter json, DesiredRestriction restriction)
    {
        json.WriteStartObject();
        if (!restriction.Except.IsEmpty)
        {
            json.WriteStartObject("Except");
            WriteNames("Roles", restriction.Except.Roles);
            WriteNames("Users", restriction.Except.Users);
            json.WriteEndObject();
        }

        json.WriteString("Id", restriction.Id);
        json.WriteString("Kind", restriction.Kind.ToString());
        if (restriction.Policy is { } policy) json.WriteString("Policy", policy);
        WriteNames("Roles", restriction.Binds.Roles);
        json.WriteString("Since", InstantText.Format(restriction.Since));
        if (restriction.Tag is { } tag) json.WriteString("Tag", tag.ToString());
        if (restriction.Until is { } until) json.WriteString("Until", InstantText.Format(until));
        WriteNames("Users", restriction.Binds.Users);
        json.WriteEndObject();

        void WriteNames(string name, EquatableSet<string> names)
        {
            if (!names.IsEmpty) FilterWriter.WriteTexts(json, name, names);
        }
    }
}
