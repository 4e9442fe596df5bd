using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <summary>
/// The text that carries an account's desired budgets into its SSM parameter:
/// <c>{"Budgets":[{"BudgetName":"SpokeAccountBudget","BudgetValue":1500.5,"EmailRecipients":["finops@example.com"],"Thresholds":[80,"100
/// FORECASTED"]}],"Version":1}</c>. The names are those of a row, so whoever can read a row can read it. Canonical: keys sorted, numbers without trailing
/// zeros, defaults that hold everywhere left out; equal budgets give equal text. What depends on the stack's settings (name, recipients, thresholds) is always
/// written, so that it means the same in every account. Restrictions stand beside the budgets: <c>"Restrictions":[{"Id":"r-0123456789ab",
/// "Kind":"DENY_NEW","Since":"2026-11-29T10:00:00Z"}]</c>, and so does what models may cost: <c>"Ai":{"Default":{"Limit":5}}</c>. A spoke that does not know
/// these would refuse the document, so only those that report that they do get any.
/// </summary>
public static class ParameterDocument
{
    /// <summary>
    /// The document that lets a spoke go: Apply leaves every budget exactly as it is, the daily one too. Written where a row went with OnDelete RETAIN or says
    /// <c>Enabled: false</c>; without it the last desired budgets would stay in the parameter, and whatever people change by hand would be undone each day.
    /// A document of no budgets is another thing: it deletes what we manage.
    /// </summary>
    public const string Released = """{"Released":true,"Version":1}""";

    /// <summary>The document of no budgets at all, which deletes what we manage.</summary>
    public static string Nothing { get; } = DocumentWriter.Write(DesiredBudgets.None, [], null);

    public static string NothingRevision { get; } = Revision(Nothing);

    public static string ReleasedRevision { get; } = Revision(Released);

    /// <summary>The version this code writes, and the only one it reads.</summary>
    internal const int Version = 1;

    private const int RevisionBytes = 8;

    /// <param name="budgets">What the account should have.</param>
    /// <param name="restrictions">What it is to restrict. Where that is nothing, the text is the same as before there were restrictions.</param>
    /// <param name="ai">What its models may cost. Where that is nothing, the text is the same as before there was any.</param>
    public static string Format(DesiredBudgets budgets, EquatableArray<DesiredRestriction> restrictions = default, AiPolicy? ai = null) =>
        DocumentWriter.Write(budgets, restrictions, ai);

    /// <summary>The first 16 hex digits of SHA-256 over the document, for example <c>9f86d081884c7d65</c>.</summary>
    public static string Revision(string canonicalDocument) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalDocument)).AsSpan(0, RevisionBytes));

    /// <summary>
    /// Reads a document, ours or typed by hand: a bare number (<c>1500.50</c>) is one budget with the stack's defaults, an object without
    /// <c>Budgets</c> is one budget with a row's attributes, and <see cref="Released"/> is no budgets and no absence of them. Never throws for bad text.
    /// </summary>
    public static ParsedDocument Parse(string text, AccountId account, StackDefaults defaults) =>
        DocumentReader.Read(text, account, defaults, new ProblemList());

    /// <summary>What travels of models beside budgets, as 16 hex digits.</summary>
    public static string Digest(AiTravel travel) => Revision(Format(DesiredBudgets.None, [], AiPolicy.Empty.With(travel)));

    /// <summary>
    /// A document of ours without the restrictions that are not to be kept, and with what is asked of models now where it says anything of them; all else is as
    /// it was.
    /// </summary>
    /// <param name="kept">Ids of those that are desired. What the document does not ask for is not added.</param>
    /// <param name="models">Null: as it was. Of its requests the oldest have no place where it would not fit into a parameter.</param>
    /// <returns>Null where it cannot be read.</returns>
    public static string? Amended(string text, IReadOnlyCollection<string> kept, AiTravel? models, AccountId account, StackDefaults defaults) =>
        Parse(text, account, defaults) switch
        {
            ParsedDocument.Read read => Amended(read, [.. read.Restrictions.Where(one => kept.Contains(one.Id))], models),
            ParsedDocument.Released => Released,
            _ => null,
        };

    private static string Amended(ParsedDocument.Read read, EquatableArray<DesiredRestriction> restrictions, AiTravel? models)
    {
        if (models is null || read.Ai is null) return Format(read.Budgets, restrictions, read.Ai);
        while (true)
        {
            var document = Format(read.Budgets, restrictions, read.Ai.With(models));
            if (models.Requests.IsEmpty || Encoding.UTF8.GetByteCount(document) <= AwsLimits.ParameterBytes) return document;
            models = models with { Requests = [.. models.Requests.Skip(1)] };
        }
    }

    internal static ParsedDocument Reading(DesiredBudgets budgets, EquatableArray<DesiredRestriction> restrictions = default, AiPolicy? ai = null) =>
        new ParsedDocument.Read(budgets, Revision(Format(budgets, restrictions, ai))) { Restrictions = restrictions, Ai = ai };

    internal static ParsedDocument Malformed(params ImmutableArray<string> reasons) => new ParsedDocument.Malformed(reasons);
}
