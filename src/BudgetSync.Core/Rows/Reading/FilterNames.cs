using System.Text;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The names that CostFilters may have.</summary>
internal static class FilterNames
{
    /// <summary>
    /// AWS's own list, from its refusal of any other name for a COST budget: "… is not in the supported in cost budget dimension set: […]"
    /// (hashicorp/terraform#19370 quotes it with eleven; these are today's fourteen). Its lists for the other types are told nowhere, so they have the same
    /// here: no wider than what is known, and a row that AWS would take is refused rather than one that it would not is sent.
    /// </summary>
    public static readonly IReadOnlyList<string> All =
    [
        "AZ", "BillingEntity", "CostCategory", "InstanceType", "InvoicingEntity", "LegalEntityName", "LinkedAccount", "Operation", "PurchaseType", "Region",
        "Service", "TagKeyValue", "UsageType", "UsageTypeGroup",
    ];

    private static readonly string[] Tags = ["TagKey", "TagKeys", "Tag", "Tags", "TagValue"];

    /// <summary>What the writer of another name most likely wants.</summary>
    public static string WayOut(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 || Tags.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            var key = colon > 0 && colon < name.Length - 1 ? WellFormedText.Mend(name[(colon + 1)..]) : "KEY";
            return $"write TagKeyValue with the tag's key and value as one text, {ValueAt.Quote($"user:{key}$VALUE")}";
        }

        if (NearestName.Of(name, All) is { } nearest)
            return $"write {nearest}";
        return ExpressionShape.Dimensions.Contains(UpperSnake(name))
            ? $"write a FilterExpression with the dimension {UpperSnake(name)}, or one of {string.Join(", ", All)}"
            : $"write one of {string.Join(", ", All)}";
    }

    // "RecordType" is RECORD_TYPE in the new style.
    private static string UpperSnake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
