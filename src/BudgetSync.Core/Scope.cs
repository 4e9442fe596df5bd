using System.Text.RegularExpressions;

namespace BudgetSync.Core;

/// <summary>What a row is for: one account, an organizational unit, the root, or every account there is.</summary>
public abstract partial record Scope
{
    private Scope()
    {
    }

    /// <summary>The scope as the row's <c>AccountId</c> attribute spells it.</summary>
    public abstract string Key { get; }

    /// <summary>One account: 12 digits.</summary>
    public sealed record Account(AccountId Id) : Scope
    {
        public override string Key => Id.Value;
    }

    /// <summary>An organizational unit, for example <c>ou-ab12-11111111</c>.</summary>
    public sealed record OrganizationalUnit(string Id) : Scope
    {
        public override string Key => Id;
    }

    /// <summary>The organization's root, for example <c>r-ab12</c>.</summary>
    public sealed record Root(string Id) : Scope
    {
        public override string Key => Id;
    }

    /// <summary>The word <c>default</c>: every account that no nearer row covers.</summary>
    public sealed record Default : Scope
    {
        public override string Key => "default";
    }

    public sealed override string ToString() => Key;

    /// <summary>
    /// Reads the <c>AccountId</c> attribute of a row; null where it is none of the four forms (source: Organizations service model, id patterns).
    /// </summary>
    public static Scope? TryParse(string? text) => text switch
    {
        null => null,
        "default" => new Default(),
        _ when AccountId.TryParse(text, out var account) => new Account(account),
        _ when OuPattern().IsMatch(text) => new OrganizationalUnit(text),
        _ when RootPattern().IsMatch(text) => new Root(text),
        _ => null,
    };

    [GeneratedRegex(@"\Aou-[0-9a-z]{4,32}-[a-z0-9]{8,32}\z")]
    private static partial Regex OuPattern();

    [GeneratedRegex(@"\Ar-[0-9a-z]{4,32}\z")]
    private static partial Regex RootPattern();
}
