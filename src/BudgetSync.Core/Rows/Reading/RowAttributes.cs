using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>One attribute that concerns the row itself, not a budget.</summary>
internal sealed record RowAttribute(string Name, string Types, string Default, string Meaning, Func<JsonObject> Schema, Func<RowDraft, ValueAt, RowDraft> Read);

/// <summary>The table of the row's own attributes, beside those of a budget.</summary>
internal static class RowAttributes
{
    public const string Key = "AccountId";

    private const int AccountDigits = 12;

    // Fewer have lost more than a spreadsheet takes away: a third zero in a row is a mistyped number rather.
    private const int LeastDigits = 9;

    public const string Budgets = "Budgets";

    public const string Envelope = "Envelope";

    public const string Notify = "Notify";

    public const string Responses = "Responses";

    public const string Snooze = "Snooze";

    public const string Ai = "Ai";

    public const string Note = "Note";

    public const string ChangedBy = "ChangedBy";

    public const string ChangedAt = "ChangedAt";

    public const string Reason = "Reason";

    /// <summary>Attributes that begin so belong to the user.</summary>
    public const string UserPrefix = "x-";

    public static readonly IReadOnlyList<RowAttribute> All =
    [
        new(Key, "S", "required", "The scope, the table's key: 12 digits, `ou-…`, `r-…` or the word `default`.",
            () => new JsonObject { ["type"] = "string", ["pattern"] = "^([0-9]{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32}|default)$" }, ReadKey),
        new(Budgets, "L of M", "none", "Several budgets for this scope, each with the attributes of a budget; then none of those at the top level.",
            () => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = new JsonObject { ["$ref"] = $"#/$defs/{RowSchema.BudgetDefinition}" } },
            BudgetListReader.Read),
        Make("Enabled", "BOOL", "true", "false: the spoke is left exactly as it is.",
            Shapes.Bool, (draft, given) => draft with { Enabled = given }),
        Make("OnDelete", "S", "`REVERT`", "When the row goes: `REVERT` to the inherited row, else delete what we manage; `DELETE`; `RETAIN`.",
            Shapes.Word<OnDelete>(), (draft, given) => draft with { OnDelete = given }),
        Make(
            Envelope,
            "M",
            "none",
            "One amount over all accounts that a row of an OU, the root or `default` covers: {Amount, Unit, TimeUnit, Cascade `NONE`, `EQUAL` or "
                + "`PROPORTIONAL`, OverAllocation `WARN`, `REJECT` or `ALLOW`}. See `budgetsync envelopes`.",
            EnvelopeShapes.Envelope, (draft, given) => draft with { Envelope = given }),
        Make("Weight", "N, numeric S", "what it usually costs", "The account's share of a PROPORTIONAL envelope, against the weights of the others.",
            EnvelopeShapes.Weight, (draft, given) => draft with { Weight = given }),
        new(
            Notify,
            "L, SS or S (comma list)",
            "`operations Critical`",
            "Where alerts of the account's budgets go: channels of the deployment, each with the lowest severity it takes, `Info` (the default), `Warning`, "
                + "`Critical` or `Emergency`: `\"finops, pager Critical\"`. The nearest row that has it decides; `[]`: no alert.",
            NotifyShapes.Routes.Schema,
            // Of a list that is wrong the routes that can be read are looked at too, so that all problems are told at once.
            (draft, node) => NotifyShapes.Routes.TryRead(node, out var routes) || !routes.IsEmpty
                ? draft with { Notify = new Located<ImmutableArray<AlertRoute>>(routes, node.Path) }
                : draft),
        Make(
            Responses,
            "L of M",
            "none",
            "What happens where money runs out, each {At `Over`, `110`, `110 FORECASTED` or `Runway 5`, Do, Mode `WATCH` (the default), `CONFIRM` or "
                + "`ARMED`, Grace, Until, Policy, Tag, Roles, Users, Except, Budget, Binding}: [responses](RESPONSES.md). The nearest row that has it decides; "
                + "`[]`: none.",
            ResponseShapes.Responses, (draft, given) => draft with { Responses = given }),
        Make(
            Snooze,
            "M",
            "none",
            "{Until, Why, By}: through that day no response begins or goes on (QUARANTINE goes on), and alerts below Critical are not told. The nearest "
                + "counts.",
            ResponseShapes.Snooze, (draft, given) => draft with { Snooze = given }),
        new(
            Ai,
            "M",
            "none",
            "Who may spend what on models of Amazon Bedrock: [models](AI.md#rows). Inherited member by member; `null` drops an inherited entry.",
            AiShapes.Ai.Schema,
            (draft, node) => draft with { AiIsBroken = !AiShapes.Ai.TryRead(node, out var ai), Ai = ai }),
        new(Note, "any", "none", "Ignored: your own, as is any attribute that begins with `x-`.", () => [], (draft, _) => draft),
        new(ChangedBy, "any", "none", "Ignored: who last wrote the row with `budgetsync`, the ARN of the caller.", () => [], (draft, _) => draft),
        new(ChangedAt, "any", "none", "Ignored: when that was, as `2026-01-31T12:00:00.000Z`.", () => [], (draft, _) => draft),
        new(Reason, "any", "none", "Ignored: why, as the caller put it (`--because`).", () => [], (draft, _) => draft),
    ];

    public static readonly IReadOnlyDictionary<string, RowAttribute> ByName = All.ToDictionary(attribute => attribute.Name, StringComparer.Ordinal);

    private static RowDraft ReadKey(RowDraft draft, ValueAt node)
    {
        if (node.Value is RowValue.Text { Value: var text })
        {
            if (Scope.TryParse(text) is null)
                node.Refuse(
                    RowRules.ScopeKey,
                    $"{node.Quoted} is no scope{WayOut(text)}");
        }
        else
        {
            Shapes.WrongType(node, "a text (S)");
        }

        return draft;
    }

    private static string WayOut(string text)
    {
        const string other = "write a 12-digit account id, an OU id (ou-…), the root id (r-…) or default";
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return $": it has {text.Length} digits, an account id has {AccountDigits}"
                + (text.Length is >= LeastDigits and < AccountDigits
                    ? $"; a spreadsheet drops leading zeros, so write {text.PadLeft(AccountDigits, '0')} if that is it, and format the column as text"
                    : $"; {other}");
        return text.Contains('E', StringComparison.OrdinalIgnoreCase) && NumberText.TryRead(text, out _, out _)
            ? ": a spreadsheet wrote the account id as a rounded number, and its digits are lost; write all 12, and format the column as text"
            : $"; {other}";
    }

    private static RowAttribute Make<T>(
        string name,
        string types,
        string otherwise,
        string meaning,
        Shape<T> shape,
        Func<RowDraft, Located<T>, RowDraft> set) =>
        new(
            name,
            types,
            otherwise,
            meaning,
            shape.Schema,
            (draft, node) => shape.TryRead(node, out var value) ? set(draft, new Located<T>(value, node.Path)) : draft);
}
