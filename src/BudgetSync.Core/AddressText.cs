using System.Text.RegularExpressions;

namespace BudgetSync.Core;

/// <summary>Addresses of people in texts that others read.</summary>
public static partial class AddressText
{
    /// <summary>The text with <c>(address)</c> for each.</summary>
    public static string Hidden(string text) => Address().Replace(text, "(address)");

    [GeneratedRegex(@"[^\s@<>""'(),;:]+@[^\s@<>""'(),;:]+")]
    private static partial Regex Address();
}
