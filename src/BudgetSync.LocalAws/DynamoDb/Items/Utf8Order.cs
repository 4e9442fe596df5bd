using System.Text;

namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <summary>DynamoDB's order of strings: by their UTF-8 bytes, which differs from UTF-16 order beyond the basic plane.</summary>
internal static class Utf8Order
{
    public static int Compare(string left, string right) =>
        HasSurrogate(left) || HasSurrogate(right)
            ? Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))
            : string.CompareOrdinal(left, right);

    private static bool HasSurrogate(string text) => text.AsSpan().ContainsAnyInRange('\ud800', '\udfff');
}
