using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <content>What moves a limit on a day, and the budget's own tags.</content>
internal static partial class DocumentWriter
{
    private static void WriteChanges(Utf8JsonWriter json, EquatableArray<EffectiveAmount> changes)
    {
        if (changes.IsEmpty)
            return;
        json.WriteStartArray("Changes");
        foreach (var (from, amount) in changes)
        {
            json.WriteStartObject();
            json.WriteNumber("BudgetValue", NumberText.Trim(amount));
            json.WriteString("From", Day(from));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGrants(Utf8JsonWriter json, EquatableArray<Grant> grants)
    {
        if (grants.IsEmpty)
            return;
        json.WriteStartArray("Grants");
        foreach (var grant in grants)
        {
            json.WriteStartObject();
            json.WriteNumber("Amount", NumberText.Trim(grant.Amount));
            if (grant.By.Length > 0)
                json.WriteString("By", grant.By);
            json.WriteString("Until", Day(grant.Until));
            json.WriteString("Why", grant.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json, EquatableDictionary<string, string>? tags)
    {
        if (tags is not { } given)
            return;
        json.WriteStartObject("ResourceTags");
        foreach (var (name, value) in given)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static string Day(DateOnly day) => DayText.Format(day);
}
