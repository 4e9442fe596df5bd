using System.Text.Json;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Parameter;

/// <summary>Writes what a budget counts.</summary>
internal static class FilterWriter
{
    private static readonly CostTypes Defaults = new();

    public static void WriteOld(Utf8JsonWriter json, BudgetSettings settings)
    {
        if (!settings.CostFilters.IsEmpty)
        {
            json.WriteStartObject("CostFilters");
            foreach (var (name, values) in settings.CostFilters)
                WriteTexts(json, name, values);
            json.WriteEndObject();
        }

        if (settings.CostTypes is { } costTypes && costTypes != Defaults)
            WriteCostTypes(json, costTypes);
    }

    public static void WriteExpression(Utf8JsonWriter json, BudgetSettings settings)
    {
        if (settings.FilterExpression is not { } expression)
            return;
        json.WritePropertyName("FilterExpression");
        Write(json, expression);
    }

    public static void WriteMetric(Utf8JsonWriter json, BudgetSettings settings)
    {
        if (settings.Metric is { } metric)
            WriteTexts(json, "Metrics", [metric.ToString()]);
    }

    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteCostTypes(Utf8JsonWriter json, CostTypes costTypes)
    {
        json.WriteStartObject("CostTypes");
        Member("IncludeCredit", costTypes.IncludeCredit, Defaults.IncludeCredit);
        Member("IncludeDiscount", costTypes.IncludeDiscount, Defaults.IncludeDiscount);
        Member("IncludeOtherSubscription", costTypes.IncludeOtherSubscription, Defaults.IncludeOtherSubscription);
        Member("IncludeRecurring", costTypes.IncludeRecurring, Defaults.IncludeRecurring);
        Member("IncludeRefund", costTypes.IncludeRefund, Defaults.IncludeRefund);
        Member("IncludeSubscription", costTypes.IncludeSubscription, Defaults.IncludeSubscription);
        Member("IncludeSupport", costTypes.IncludeSupport, Defaults.IncludeSupport);
        Member("IncludeTax", costTypes.IncludeTax, Defaults.IncludeTax);
        Member("IncludeUpfront", costTypes.IncludeUpfront, Defaults.IncludeUpfront);
        Member("UseAmortized", costTypes.UseAmortized, Defaults.UseAmortized);
        Member("UseBlended", costTypes.UseBlended, Defaults.UseBlended);
        json.WriteEndObject();

        void Member(string name, bool value, bool otherwise)
        {
            if (value != otherwise)
                json.WriteBoolean(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, FilterExpression expression)
    {
        json.WriteStartObject();
        switch (expression)
        {
            case FilterExpression.And and:
                WriteOperands(json, "And", and.Operands);
                break;
            case FilterExpression.Or or:
                WriteOperands(json, "Or", or.Operands);
                break;
            case FilterExpression.Not not:
                json.WritePropertyName("Not");
                Write(json, not.Operand);
                break;
            case FilterExpression.Match match:
                json.WriteStartObject(match.Kind.ToString());
                json.WriteString("Key", match.Key);
                if (!match.MatchOptions.IsEmpty)
                    WriteTexts(json, "MatchOptions", match.MatchOptions);
                if (!match.Values.IsEmpty)
                    WriteTexts(json, "Values", match.Values);
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteOperands(Utf8JsonWriter json, string name, IEnumerable<FilterExpression> operands)
    {
        json.WriteStartArray(name);
        foreach (var operand in operands)
            Write(json, operand);
        json.WriteEndArray();
    }
}
