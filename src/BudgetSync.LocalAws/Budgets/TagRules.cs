using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Which tags a budget or action may have ("Tagging your AWS resources"; the service model's ResourceTagList).</summary>
internal static class TagRules
{
    /// <summary>The tags of a request that creates something: "each key must be unique for the resource" (API reference, CreateBudget).</summary>
    public static ImmutableSortedDictionary<string, string> Read(JsonObject input)
    {
        var tags = input.Tags("ResourceTags");
        Validate(tags);
        if (tags.Count < input.Structures("ResourceTags").Count()) throw BudgetErrors.Invalid("ResourceTags: a key is given twice; each must be unique.");
        return tags;
    }

    public static void Validate(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Keys.FirstOrDefault(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw BudgetErrors.Invalid($"The tag key \"{reserved}\" begins with aws:, which is reserved.");
        if (tags.Count > AwsLimits.Budgets.Tags) throw BudgetErrors.Quota($"A resource can have up to {AwsLimits.Budgets.Tags} tags.");
    }
}
