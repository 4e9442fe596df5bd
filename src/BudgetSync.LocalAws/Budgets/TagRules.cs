namespace BudgetSync.LocalAws.Budgets;

/// <summary>Which tags a budget or action may have ("Tagging your AWS resources"; the service model's ResourceTagList).</summary>
internal static class TagRules
{
    public const int MaximumTags = 200;

    public static void Validate(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Keys.FirstOrDefault(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw BudgetErrors.Invalid($"The tag key \"{reserved}\" begins with aws:, which is reserved.");
        if (tags.Count > MaximumTags) throw BudgetErrors.Quota($"A resource can have up to {MaximumTags} tags.");
    }
}
