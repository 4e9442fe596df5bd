using System.Collections.Immutable;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Names of attributes as people write them over columns.</summary>
public static class AttributeNames
{
    /// <summary>
    /// What a heading can only mean, beside an attribute's own name in another case or with blanks. Words that may mean something else (Name, which is the
    /// account's in most lists; Account; Type) are not here: they are refused with what they might be.
    /// </summary>
    private static readonly Dictionary<string, string> Headings = new(StringComparer.Ordinal)
    {
        ["accountnumber"] = "AccountId",
        ["awsaccountid"] = "AccountId",
        ["awsaccountnumber"] = "AccountId",
        ["budget"] = "BudgetValue",
        ["budgetamount"] = "BudgetValue",
        ["budgetlimit"] = "BudgetValue",
        ["amount"] = "BudgetValue",
        ["limit"] = "BudgetValue",
        ["threshold"] = "Thresholds",
        ["alerts"] = "Thresholds",
        ["email"] = "EmailRecipients",
        ["emails"] = "EmailRecipients",
        ["emailrecipient"] = "EmailRecipients",
        ["recipients"] = "EmailRecipients",
        ["currency"] = "Unit",
        ["notes"] = "Note",
    };

    /// <summary>Every attribute that a row may have by name, of the row itself and of a budget.</summary>
    public static ImmutableSortedSet<string> All { get; } =
        RowAttributes.ByName.Keys.Concat(BudgetAttributes.ByName.Keys).ToImmutableSortedSet(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Known = All.ToDictionary(Plain, StringComparer.Ordinal);

    /// <summary>
    /// The attribute that a heading can only mean: <c>Account ID</c> is AccountId, <c>Budget</c> BudgetValue; null where it is none or not sure.
    /// </summary>
    public static string? Meant(string heading) =>
        Known.GetValueOrDefault(Plain(heading)) ?? Headings.GetValueOrDefault(Plain(heading));

    /// <summary>
    /// The attribute that a name is near to or stands for elsewhere: <c>Treshold</c>, <c>Period</c>. A guess, to be shown before it is acted on. A name is the
    /// account's in most lists: taken for the budget's, it would delete each budget and make another.
    /// </summary>
    public static string? Suggested(string name)
    {
        if (Plain(name) is "name") return null;
        return Meant(name) ?? ForeignNames.Of(name, [.. All])
            ?? (NearestName.Of(name, [.. All, .. Headings.Keys]) is { } near ? Headings.GetValueOrDefault(near) ?? near : null);
    }

    /// <summary>The attribute of which a name is a part, as some flatten JSON into columns: of <c>Ai.Default.Limit</c> Ai; null of any other name.</summary>
    public static string? PartOf(string name) =>
        Meant(name) is null && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Known.GetValueOrDefault(Plain(name[..dot])) : null;

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
