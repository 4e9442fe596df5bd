using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Reports;

/// <summary>
/// Bounds on what a report may carry. Lambda's destination wraps it in an event together with the request, and EventBridge takes 256 KB an event
/// (source: EventBridge quotas); a report that does not fit would be lost, so long lists are cut and say so. All together stay below 200 KB.
/// </summary>
internal static class ReportLimits
{
    public const int TextLength = 500;
    public const int ReasonBytes = 20_000;
    public const int ChangeBytes = 30_000;
    public const int DriftBytes = 30_000;
    public const int AdoptedBytes = 10_000;

    /// <summary>An 8 KB parameter document holds far fewer budgets than this.</summary>
    public const int Budgets = 80;

    /// <summary>
    /// Thresholds of all budgets together, 105 bytes each at most. An 8 KB document holds fewer; those of AWS that are not of the document count as well.
    /// </summary>
    public const int Thresholds = 250;

    /// <summary>Closed periods of all budgets together, 110 bytes each at most: a year of months for each of the few budgets that accounts have.</summary>
    public const int ClosedPeriods = 120;

    /// <summary>
    /// Ours: from so many bytes on, thresholds and closed periods are left out. No document that SSM takes asks for budgets enough to come near.
    /// </summary>
    public const int MoneyBytes = 120_000;

    /// <summary>What restrictions have changed, of all of them together; the ledger of an account that has more says how many were left out.</summary>
    public const int RestrictionBytes = 12_000;

    /// <summary>Reasons of each restriction.</summary>
    public const int RestrictionReasonBytes = 600;

    /// <summary>Of each policy whose attachments nothing explains. None is left out: what is not named would count as given back.</summary>
    public const int UnexplainedReasonBytes = 600;

    /// <summary>IAM API Reference, CreatePolicy PolicyName: 1 to 128 letters of one byte each.</summary>
    public const int PolicyBytes = 128;

    /// <summary>More do not fit into <see cref="RestrictionBytes"/>.</summary>
    public const int Resources = RestrictionBytes / ResourceBytes;

    /// <summary>The names of the members and their punctuation.</summary>
    public const int ResourceBytes = 32;

    /// <summary>The member that says that a resource was given back.</summary>
    public const int GivenBackBytes = 17;

    /// <summary>Units and reasons of AWS are words: <c>GB-Hours</c>, <c>MULTI_YEAR_HISTORICAL_DATA_DISABLED</c>.</summary>
    public const int WordLength = 40;

    /// <summary>The names of budgets are the longest of the short texts here.</summary>
    public const int NameLength = AwsLimits.BudgetNameLength;

    /// <summary>
    /// As many of the texts as fit into so many bytes of JSON, each cut to <see cref="TextLength"/>, and a last line that tells how many are missing.
    /// </summary>
    public static ImmutableArray<string> Fit(ImmutableArray<string> texts, int bytes)
    {
        if (texts.IsDefaultOrEmpty)
            return [];
        var kept = ImmutableArray.CreateBuilder<string>();
        var used = LastLineBytes;
        foreach (var text in texts)
        {
            var cut = Cut(text, TextLength);
            used += Bytes(cut) + Quotes;
            if (used > bytes)
            {
                kept.Add(string.Create(CultureInfo.InvariantCulture, $"… and {texts.Length - kept.Count} more"));
                break;
            }

            kept.Add(cut);
        }

        return kept.ToImmutable();
    }

    /// <summary>The text, cut to so many bytes of JSON where it has more.</summary>
    public static string CutToBytes(string text, int bytes)
    {
        var cut = Cut(text, TextLength);
        while (Bytes(cut) > bytes) cut = Cut(cut, Math.Max(1, cut.Length * 9 / 10));
        return cut;
    }

    /// <summary>How many bytes of JSON a text takes, without its quotation marks.</summary>
    public static int Bytes(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length;

    /// <summary>
    /// The text, cut where it is too long. Half a surrogate pair, in it or at the cut, becomes the replacement character: no JSON writer takes it.
    /// </summary>
    public static string Cut(string text, int length)
    {
        var cut = text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut));
    }

    /// <summary>
    /// Room for the line that tells how many are missing; a reader allows for it on top, so that what was written at the bound reads back as it is.
    /// </summary>
    public const int LastLineBytes = 64;

    /// <summary>Two quotation marks and a comma.</summary>
    private const int Quotes = 3;
}
