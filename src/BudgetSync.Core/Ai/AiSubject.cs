namespace BudgetSync.Core.Ai;

/// <summary>What has a budget of models: a principal, a pool, a model or the account.</summary>
public abstract record AiSubject
{
    private const string PoolPrefix = "pool/";

    private const string ModelPrefix = "model/";

    private const string AccountKey = "account";

    private AiSubject()
    {
    }

    public sealed record Principal(AiPrincipal Of) : AiSubject
    {
        public override string Key => Of.Name;
    }

    /// <param name="Name">As rows call it.</param>
    public sealed record Pool(string Name) : AiSubject
    {
        public override string Key => PoolPrefix + Name;
    }

    /// <param name="Id">As <see cref="BedrockModel.Id"/>.</param>
    public sealed record Model(string Id) : AiSubject
    {
        public override string Key => ModelPrefix + Id;
    }

    /// <summary>All principals of the account together.</summary>
    public sealed record Account : AiSubject
    {
        public override string Key => AccountKey;
    }

    /// <summary>
    /// One text for each, as tables, reports and people have it: <c>role/DataScience</c>, <c>BedrockAPIKey-ab12</c>, <c>pool/research</c>,
    /// <c>model/amazon.nova-pro-v1:0</c>, <c>account</c>.
    /// </summary>
    public abstract string Key { get; }

    /// <summary>The subject of a <see cref="Key"/>; null where it is none.</summary>
    public static AiSubject? Parse(string key) =>
        key == AccountKey ? new Account()
        : key.StartsWith(PoolPrefix, StringComparison.Ordinal) && key.Length > PoolPrefix.Length ? new Pool(key[PoolPrefix.Length..])
        : key.StartsWith(ModelPrefix, StringComparison.Ordinal) && key.Length > ModelPrefix.Length ? new Model(key[ModelPrefix.Length..])
        : AiPrincipal.Parse(key) is { } principal ? new Principal(principal)
        : null;

    public sealed override string ToString() => Key;
}
