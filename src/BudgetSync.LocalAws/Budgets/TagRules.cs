namespace BudgetSync.LocalAws.Budgets;

/// <summary>Which tags a budget or action may have ("Tagging your AWS resources"; the service model's ResourceTagList).</summary>
internal static class TagRules
{
    public static void Validate(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Keys.FirstOrDefault(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw BudgetErrors.Invalid($"The tag key \"{reserved}\" begins with aws:, which is reserved.");
        if (tags.Count > AwsLimits.Budgets.Tags) throw BudgetErrors.Quota($"A resource can have up to {AwsLimits.Budgets.Tags} tags.");
    }
}
