using System.Text.RegularExpressions;

namespace BudgetSync.Core;

/// <summary>An AWS account id: exactly 12 digits, for example <c>111122223333</c>. Source: Budgets service model, shape AccountId.</summary>
public readonly partial record struct AccountId : IComparable<AccountId>
{
    private readonly string? value;

    private AccountId(string value) => this.value = value;

    /// <summary>The 12 digits. Never empty for a value that came from <see cref="TryParse"/>.</summary>
    public string Value => value ?? throw new InvalidOperationException("default(AccountId) is no account.");

    public static bool TryParse(string? text, out AccountId account)
    {
        account = text is not null && Pattern().IsMatch(text) ? new AccountId(text) : default;
        return account.value is not null;
    }

    /// <exception cref="FormatException">
    /// The text is not 12 digits. For texts of our own making only; outside input goes through <see cref="TryParse"/>.
    /// </exception>
    public static AccountId Parse(string text) =>
        TryParse(text, out var account) ? account : throw new FormatException($"\"{text}\" is not a 12-digit AWS account id.");

    public int CompareTo(AccountId other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex Pattern();
}
