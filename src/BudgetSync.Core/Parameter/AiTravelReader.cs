using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <summary>
/// What a document's <c>Ai</c> has beside what rows say of models: what people want, a row's Snooze, whether the organization denies, and the kill switch.
/// </summary>
internal static class AiTravelReader
{
    public const string Requests = "Requests";

    public const string Snooze = "SnoozedThrough";

    public const string Denied = "AccountDenied";

    public const string Stopped = "Stopped";

    private static readonly Shape<AiSubject> Subject = new(
        () => new JsonObject { ["type"] = "string" },
        (ValueAt node, out AiSubject value) =>
        {
            value = new AiSubject.Account();
            if (!Shapes.Text.TryRead(node, out var text)) return false;
            if (AiSubject.Parse(text) is not { } subject)
                return node.Refuse(RowRules.AiPrincipalForm, $"{node.Quoted} has no budget; write a principal, pool/NAME or account");
            value = subject;
            return true;
        });

    private static readonly Shape<AiRequest> One = Shapes.Object(
        () => new AiRequest(new AiSubject.Account(), AiRequestKind.Restore, default, "", ""),
        Field.Required("At", AmountShapes.Instant, (AiRequest request, DateTimeOffset value) => request with { At = value }),
        Field.Required("By", Shapes.Text, (AiRequest request, string value) => request with { By = value }),
        Field.Required("Do", Shapes.Word<AiRequestKind>(), (AiRequest request, AiRequestKind value) => request with { Kind = value }),
        Field.Required("For", Subject, (AiRequest request, AiSubject value) => request with { Subject = value }),
        Field.Required("Why", GrantShapes.FreeText, (AiRequest request, string value) => request with { Why = value }));

    /// <summary>What of a document's <c>Ai</c> travels beside what rows say, as far as it can be read, and the rest as a row would say it.</summary>
    public static AiPolicy Read(ValueAt node, out ValueAt rest)
    {
        rest = node;
        if (node.Value is not RowValue.Map map) return AiPolicy.Empty;
        rest = node with { Value = new RowValue.Map(map.Entries.Items.Remove(Requests).Remove(Snooze).Remove(Denied).Remove(Stopped)) };
        var read = AiPolicy.Empty;
        if (map.Entries.TryGetValue(Requests, out var requests)) read = read with { Requests = ReadRequests(node.Entry(Requests, requests)) };
        if (map.Entries.TryGetValue(Snooze, out var snooze) && GrantShapes.Day.TryRead(node.Entry(Snooze, snooze), out var day))
            read = read with { SnoozedThrough = day };
        if (map.Entries.TryGetValue(Denied, out var denied) && Shapes.Bool.TryRead(node.Entry(Denied, denied), out var denies))
            read = read with { AccountDenied = denies };
        if (map.Entries.TryGetValue(Stopped, out var stopped) && Shapes.Bool.TryRead(node.Entry(Stopped, stopped), out var stops))
            read = read with { Stopped = stops };
        return read;
    }

    private static ImmutableArray<AiRequest> ReadRequests(ValueAt node)
    {
        if (!Shapes.ListOf(One).TryRead(node, out var requests)) return [];
        if (requests.Length <= AiLimits.Requests) return requests;
        node.Refuse(RowRules.AiEntryCount, $"{requests.Length} entries; write at most {AiLimits.Requests}");
        return [];
    }
}
