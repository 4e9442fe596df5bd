using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>What a row says about models: <c>{"Default":{"Limit":5,"Mode":"ARMED"},"Principals":{"role/DataScience":{"Limit":50}}}</c>.</summary>
internal static class AiShapes
{
    private static readonly Shape<decimal> Limit = new(
        BudgetShapes.Amount.Schema,
        (ValueAt node, out decimal value) =>
        {
            if (!BudgetShapes.Amount.TryRead(node, out value)) return false;
            return NumberText.Decimals(value) <= AwsLimits.CostDecimals
                || node.Refuse(RowRules.CostDecimals, $"{node.Quoted} has {NumberText.Decimals(value)} decimals; write at most {AwsLimits.CostDecimals}");
        });

    private static readonly Shape<decimal> Percent = Range(0, 100, "exclusiveMinimum", (value, most) => value > 0 && value <= most, "above 0, 100 at most");

    private static readonly Shape<decimal> Discount = Range(0, 99, "minimum", (value, most) => value >= 0 && value <= most, "0 to 99");

    private static readonly Shape<AiWindow> Window = new(
        () => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. AiWindow.All.Select(window => JsonValue.Create(window.Text))]) },
        (ValueAt node, out AiWindow value) =>
        {
            value = AiWindow.ThirtyDays;
            if (!Shapes.Text.TryRead(node, out var text)) return false;
            if (AiWindow.Parse(text) is not { } known)
            {
                var meant = AiWindow.All.FirstOrDefault(window => window.Text.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
                return node.Refuse(
                    RowRules.Word, $"{node.Quoted} is not one of {string.Join(", ", AiWindow.All)}{(meant is null ? "" : $"; write {meant}")}");
            }

            value = known;
            return true;
        });

    private static readonly Shape<AiRate> RateParts = Shapes.Object(
        () => new AiRate(null, null, AiRate.Windows[0]),
        Field.Optional("Rpm", Whole(AiLimits.Rpm), (AiRate rate, long value) => rate with { Rpm = (int)value }),
        Field.Optional("Tpm", Whole(AiLimits.Tpm), (AiRate rate, long value) => rate with { Tpm = value }),
        Field.Optional("WindowSeconds", Seconds(), (AiRate rate, int value) => rate with { WindowSeconds = value }));

    private static readonly Shape<AiRate> Rate = new(
        RateParts.Schema,
        (ValueAt node, out AiRate value) =>
        {
            if (!RateParts.TryRead(node, out value)) return false;
            return value is not { Rpm: null, Tpm: null } || node.Refuse(RowRules.AiRateOfSome, "limits neither calls nor tokens; write Rpm or Tpm");
        });

    private static readonly Shape<EquatableSet<string>> Members = new(
        () => new JsonObject
        {
            ["type"] = new JsonArray("array", "string"),
            ["items"] = AiNames.Principals(),
            ["minItems"] = 1,
            ["maxItems"] = AiLimits.Members,
            ["uniqueItems"] = true,
        },
        (ValueAt node, out EquatableSet<string> value) =>
        {
            value = [];
            // A comma may stand in a name of IAM, so a text is one name.
            var before = node.Problems.Count;
            if (!Shapes.WholeTextList.TryRead(node, out var names))
            {
                if (node.Value is not RowValue.List(var items)) return false;
                // What else is wrong with the others is told with it.
                names = [.. items.OfType<RowValue.Text>().Select(item => item.Value)];
            }

            foreach (var name in names) AiNames.CheckPrincipal(node, name);
            foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
                node.Refuse(RowRules.AiMemberCount, $"{ValueAt.Quote(twice.Key)} stands {twice.Count()} times; write it once");
            if (node.Problems.Count == before && names.Length is 0 or > AiLimits.Members)
                node.Refuse(RowRules.AiMemberCount, $"{names.Length} members; write 1 to {AiLimits.Members}");
            value = names.ToImmutableSortedSet(StringComparer.Ordinal);
            return node.Problems.Count == before;
        });

    private static readonly Field<AiBudgetDraft>[] Told =
    [
        Field.Optional("Limit", Limit, (AiBudgetDraft draft, decimal value) => draft with { Limit = value }),
        Field.Optional("Window", Window, (AiBudgetDraft draft, AiWindow value) => draft with { Window = value }),
        Field.Optional("Warn", Percent, (AiBudgetDraft draft, decimal value) => draft with { Warn = value }),
        Field.Optional("Critical", Percent, (AiBudgetDraft draft, decimal value) => draft with { Critical = value }),
    ];

    private static readonly Field<AiBudgetDraft>[] Acting =
    [
        .. Told,
        Field.Optional("Grace", ResponseShapes.Grace, (AiBudgetDraft draft, TimeSpan value) => draft with { Grace = value }),
        Field.Optional("Mode", Shapes.Word<ResponseMode>(), (AiBudgetDraft draft, ResponseMode value) => draft with { Mode = value }),
        new Field<AiBudgetDraft>("Rate", false, OrNull(Rate), (draft, node) =>
            node.Value is RowValue.Null ? draft with { Rate = new Located<AiRate?>(null, node.Path) }
            : Rate.TryRead(node, out var rate) ? draft with { Rate = new Located<AiRate?>(rate, node.Path) }
            : draft),
    ];

    private static readonly Shape<AiBudgetDraft> OfPrincipal = Entry(
    [
        .. Acting,
        Field.Optional("Shared", Shapes.Bool, (AiBudgetDraft draft, bool value) => draft with { Shared = value }),
    ]);

    private static readonly Shape<AiBudgetDraft> OfPool = Entry(
    [
        .. Acting,
        Field.Optional("Members", Members, (AiBudgetDraft draft, EquatableSet<string> value) => draft with { Members = value }),
    ]);

    private static readonly Shape<AiBudgetDraft> OfAccount = Entry(Acting);

    private static readonly Shape<AiBudgetDraft> OfModel = Entry(Told);

    /// <summary>The whole attribute. What of it cannot be read is told, and the rest is read all the same, for what else there is to tell of it.</summary>
    public static readonly Shape<AiDraft> Ai = Located(
        [
            new Field<AiDraft>("Default", false, OfPrincipal.Schema, (draft, node) =>
            {
                OfPrincipal.TryRead(node, out var value);
                return draft with { Default = value };
            }),
            Named(
                "Principals",
                OfPrincipal,
                AiNames.Principals,
                AiNames.CheckPrincipal,
                AiLimits.Principals,
                (draft, value) => draft with { Principals = value }),
            Named("Pools", OfPool, AiNames.Pools, AiNames.CheckPool, AiLimits.Pools, (draft, value) => draft with { Pools = value }),
            Named("Models", OfModel, AiNames.Models, AiNames.CheckModel, AiLimits.Models, (draft, value) => draft with { Models = value }),
            new Field<AiDraft>("AccountCap", false, OrNull(OfAccount), (draft, node) =>
            {
                AiBudgetDraft? cap = null;
                if (node.Value is not RowValue.Null) OfAccount.TryRead(node, out cap);
                return draft with { AccountCap = new Located<AiBudgetDraft?>(cap, node.Path) };
            }),
            Field.Optional("DiscountPercent", Discount, (AiDraft draft, decimal value) => draft with { DiscountPercent = value }),
            Field.Optional("Unit", Shapes.Checked(RowRules.AiUnit, UnitProblem), (AiDraft draft, string value) => draft with { Unit = value }),
        ],
        path => new AiDraft(path));

    private static Shape<AiBudgetDraft> Entry(Field<AiBudgetDraft>[] fields)
    {
        var parts = Located(fields, path => new AiBudgetDraft(path));
        return new Shape<AiBudgetDraft>(
            parts.Schema,
            (ValueAt node, out AiBudgetDraft value) => parts.TryRead(node, out value)
                && (value is not { Warn: { } warn, Critical: { } critical }
                    || warn <= critical
                    || node.Refuse(RowRules.AiOrder, OrderProblem(warn, critical))));
    }

    /// <summary>Of a budget that would be told as critical before its warning.</summary>
    public static string OrderProblem(decimal warn, decimal critical) =>
        $"Warn is {NumberText.Format(warn)} and Critical {NumberText.Format(critical)}, which would be told first; write Warn at or below it";

    /// <summary>An object that remembers where it stands.</summary>
    private static Shape<T> Located<T>(Field<T>[] fields, Func<string, T> empty) => new(
        () => Shapes.ObjectSchema(fields),
        (ValueAt node, out T value) => Shapes.Object(() => empty(node.Path), fields).TryRead(node, out value));

    private static Field<AiDraft> Named(
        string name,
        Shape<AiBudgetDraft> entry,
        Func<JsonObject> names,
        Func<ValueAt, string, bool> check,
        int most,
        Func<AiDraft, ImmutableSortedDictionary<string, AiBudgetDraft?>, AiDraft> set) => new(
        name,
        false,
        () => new JsonObject
        {
            ["type"] = "object",
            ["maxProperties"] = most,
            ["propertyNames"] = names(),
            ["additionalProperties"] = OrNull(entry)(),
        },
        (draft, node) =>
        {
            if (node.Value is not RowValue.Map map)
            {
                Shapes.WrongType(node, "a map (M) of names to budgets");
                return draft;
            }

            var read = AiDraft.NoEntries;
            if (map.Entries.Count > most) node.Refuse(RowRules.AiEntryCount, $"{map.Entries.Count} entries; write at most {most}");
            foreach (var (key, value) in map.Entries)
            {
                var place = node.Entry(key, value);
                check(place, key);
                AiBudgetDraft? one = null;
                if (value is not RowValue.Null) entry.TryRead(place, out one);
                read = read.Add(key, one);
            }

            return set(draft, read);
        });

    private static string? UnitProblem(string text) => text == StackDefaults.Currency
        ? null
        : $"is not {StackDefaults.Currency}, in which AWS prices models; write the limits in {StackDefaults.Currency}";

    private static Func<JsonObject> OrNull<T>(Shape<T> shape) =>
        () => new JsonObject { ["anyOf"] = new JsonArray(shape.Schema(), new JsonObject { ["type"] = "null" }) };

    private static Shape<decimal> Range(int least, int most, string bound, Func<decimal, int, bool> holds, string rule) => new(
        () => new JsonObject { ["type"] = new JsonArray("number", "string"), [bound] = least, ["maximum"] = most },
        (ValueAt node, out decimal value) =>
            Shapes.Percentage.TryRead(node, out value)
            && ((holds(value, most) && NumberText.Decimals(value) <= AwsLimits.CostDecimals)
                || node.Refuse(RowRules.AiPercent, $"{node.Quoted} is no such percentage; write {rule}, with {AwsLimits.CostDecimals} decimals at most")));

    private static Shape<long> Whole(long most) => new(
        () => new JsonObject { ["type"] = new JsonArray("integer", "string"), ["minimum"] = 1, ["maximum"] = most },
        (ValueAt node, out long value) =>
        {
            value = 0;
            if (!Shapes.Number.TryRead(node, out var number)) return false;
            if (NumberText.Decimals(number) > 0 || number < 1 || number > most)
                return node.Refuse(RowRules.AiRateRange, $"{node.Quoted} is no such number; write a whole one, 1 to {most}");
            value = (long)number;
            return true;
        });

    private static Shape<int> Seconds() => new(
        () => new JsonObject { ["type"] = "integer", ["enum"] = new JsonArray([.. AiRate.Windows.Select(seconds => JsonValue.Create(seconds))]) },
        (ValueAt node, out int value) =>
        {
            if (!Shapes.Whole.TryRead(node, out value)) return false;
            return AiRate.Windows.Contains(value) || node.Refuse(RowRules.AiRateRange, $"{node.Quoted} is not one of {string.Join(", ", AiRate.Windows)}");
        });
}
