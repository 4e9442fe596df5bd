namespace BudgetSync.Core.Restrictions;

/// <summary>
/// The tag that keeps a resource or a role from every response, whatever its value: who writes <c>True</c>, <c>yes</c> or nothing at all means it. Only
/// <c>false</c> says that it does not.
/// </summary>
public static class ProtectTag
{
    public const string Key = "budgetsync:protect";

    /// <summary>As documents write it.</summary>
    public const string Value = "true";

    /// <summary>In any case of its letters.</summary>
    public const string NoProtection = "false";

    /// <param name="value">Of the tag; null where there is none.</param>
    public static bool Protects(string? value) => value is not null && !value.Equals(NoProtection, StringComparison.OrdinalIgnoreCase);
}
