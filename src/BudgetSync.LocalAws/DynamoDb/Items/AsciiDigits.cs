namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <summary>Text made of the digits 0 to 9 and nothing else.</summary>
internal static class AsciiDigits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
