using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>What a row asks for where money runs out: <c>{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}</c>.</summary>
internal static class ResponseShapes
{
    /// <summary>A time in minutes, hours or days.</summary>
    public static readonly Shape<TimeSpan> Grace = new(
        () => new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]{1,5}[mhd]$" },
        (ValueAt node, out TimeSpan value) =>
        {
            value = default;
            if (!Shapes.Text.TryRead(node, out var text)) return false;
            if (text.Length is < 2 or > 6 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return RefuseGrace(node);
            value = text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => TimeSpan.MinValue,
            };
            if (value < TimeSpan.Zero) return RefuseGrace(node);
            return value.TotalDays <= MostDays || node.Refuse(RowRules.GraceForm, $"{node.Quoted} is longer than a year; write at most {MostDays}d");
        });

    private static bool RefuseGrace(ValueAt node) => node.Refuse(
        RowRules.GraceForm, $"{node.Quoted} is no time; write whole minutes, hours or days, for example 60m, 12h or 3d; seconds are not possible, 0m is none");

    private static readonly Shape<ResponseEnd> End = new(
        () => new JsonObject { ["type"] = "string", ["pattern"] = "^(PERIOD|MANUAL|[0-9]{4}-[0-9]{2}-[0-9]{2})$" },
        (ValueAt node, out ResponseEnd value) =>
        {
            value = new ResponseEnd.Period();
            if (!Shapes.Text.TryRead(node, out var text)) return false;
            if (text == "PERIOD") return true;
            if (text == "MANUAL") value = new ResponseEnd.Manual();
            else if (DayText.Parse(text) is { } day) value = new ResponseEnd.Day(day);
            else return node.Refuse(RowRules.ResponseEnd, $"{node.Quoted} is no end; write PERIOD, MANUAL or a day such as 2026-11-30");
            return true;
        });

    private static readonly Shape<ResponseRule> Parts = Shapes.Object(
        () => new ResponseRule(new ResponseTrigger.State(TriggerState.Over), RestrictionKind.NOTIFY),
        Field.Required("At", TriggerShape.Trigger, (ResponseRule rule, ResponseTrigger value) => rule with { At = value }),
        Field.Required("Do", Shapes.Word<RestrictionKind>(), (ResponseRule rule, RestrictionKind value) => rule with { Do = value }),
        Field.Optional("Policy", RestrictionShapes.PolicyName, (ResponseRule rule, string value) => rule with { Policy = value }),
        Field.Optional("Tag", RestrictionShapes.Tag, (ResponseRule rule, ResourceTag value) => rule with { Tag = value }),
        Field.Optional("Mode", Shapes.Word<ResponseMode>(), (ResponseRule rule, ResponseMode value) => rule with { Mode = value }),
        Field.Optional("Grace", Grace, (ResponseRule rule, TimeSpan value) => rule with { Grace = value }),
        Field.Optional("Until", End, (ResponseRule rule, ResponseEnd value) => rule with { Until = value }),
        Field.Optional("Budget", Shapes.Text, (ResponseRule rule, string value) => rule with { Budget = value }),
        Field.Optional("Binding", Shapes.Bool, (ResponseRule rule, bool value) => rule with { Binding = value }),
        Field.Optional("Except", RestrictionShapes.Principals, (ResponseRule rule, PrincipalNames value) => rule with { Except = value }),
        Field.Optional(
            "Roles",
            RestrictionShapes.Names,
            (ResponseRule rule, EquatableSet<string> value) => rule with { Binds = rule.Binds with { Roles = value } }),
        Field.Optional(
            "Users",
            RestrictionShapes.Names,
            (ResponseRule rule, EquatableSet<string> value) => rule with { Binds = rule.Binds with { Users = value } }));

    /// <summary>One entry.</summary>
    public static readonly Shape<ResponseRule> One = new(
        Parts.Schema,
        (ValueAt node, out ResponseRule value) =>
        {
            if (!Parts.TryRead(node, out value)) return false;
            var before = node.Problems.Count;
            RestrictionShapes.CheckParts(node, value.Do, value.Policy, value.Tag, value.Binds, value.Except);
            if (value is { Mode: ResponseMode.ARMED, Do: not RestrictionKind.NOTIFY } && value.Grace < ResponseRule.LeastGrace)
                node.Refuse(
                    RowRules.GraceOfArmed,
                    $"Grace is {ResponseRule.Text(value.Grace)}; what is ARMED waits at least {ResponseRule.Text(ResponseRule.LeastGrace)}, so that many "
                        + "accounts at once are noticed before any is restricted");
            if (value.Binding && value.Do is not (RestrictionKind.DENY_NEW or RestrictionKind.DENY_AI or RestrictionKind.QUARANTINE))
                node.Refuse(
                    RowRules.BindingKind,
                    $"Binding: the organization has no policy for {value.Do}; remove it, or write DENY_NEW, DENY_AI or QUARANTINE");
            if (value.IsOfOrganization && !(value.Binds.IsEmpty && value.Except.IsEmpty))
                node.Refuse(RowRules.BindingKind, "Roles, Users and Except mean nothing to a policy of the organization, which binds the account; remove them");
            return node.Problems.Count == before;
        });

    /// <summary>In the order in which they are written; an empty list says none.</summary>
    public static readonly Shape<ImmutableArray<ResponseRule>> Responses = new(
        () =>
        {
            var schema = Shapes.ListOf(One).Schema();
            schema["maxItems"] = RestrictionLimits.Responses;
            return schema;
        },
        (ValueAt node, out ImmutableArray<ResponseRule> value) =>
        {
            if (!Shapes.ListOf(One).TryRead(node, out value)) return false;
            var before = node.Problems.Count;
            if (value.Length > RestrictionLimits.Responses)
                node.Refuse(RowRules.ResponseCount, $"{value.Length} responses; write at most {RestrictionLimits.Responses}");
            if (value.GroupBy(rule => rule.Subject, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
                node.Refuse(RowRules.ResponsesDistinct, $"says {twice.First()} twice; write it once");
            return node.Problems.Count == before;
        });

    /// <summary>Until when nothing begins.</summary>
    public static readonly Shape<Snooze> Snooze = Shapes.Object(
        () => new Snooze(default, "", ""),
        Field.Required("Until", GrantShapes.Day, (Snooze snooze, DateOnly value) => snooze with { Until = value }),
        Field.Required("Why", GrantShapes.FreeText, (Snooze snooze, string value) => snooze with { Why = value }),
        Field.Optional("By", GrantShapes.FreeText, (Snooze snooze, string value) => snooze with { By = value }));

    private const int MostDays = 365;
}
