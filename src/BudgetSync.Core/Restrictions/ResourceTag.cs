namespace BudgetSync.Core.Restrictions;

/// <summary>A tag of a resource, written <c>environment=sandbox</c>: the first equals sign ends the key.</summary>
public sealed record ResourceTag(string Key, string Value)
{
    public override string ToString() => $"{Key}={Value}";
}
