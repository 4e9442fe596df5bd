namespace BudgetSync.Core.Restrictions;

/// <summary>The tag that keeps a resource or a role from every response.</summary>
public static class ProtectTag
{
    public const string Key = "budgetsync:protect";

    public const string Value = "true";

    public const string Text = Key + "=" + Value;
}
