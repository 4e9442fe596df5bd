using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>All that can be said of one row.</summary>
/// <param name="Row">Null: it has none, and inherits all it has.</param>
/// <param name="Inherited">Attributes that it does not have and rows above it do, with the scope of the nearest.</param>
/// <param name="Resolution">What it comes to; null where it stands for no single account.</param>
internal sealed record RowDetail(
    string Key,
    RowImage? Row,
    ImmutableArray<(string Name, RowValue Value, string From)> Inherited,
    Resolution? Resolution,
    int Covered,
    StatusRow? Status,
    DateTimeOffset Now)
{
    /// <summary>Ways to give the amount that exclude one another: what is nearer hides the others.</summary>
    private static readonly string[] Amounts = ["BudgetValue", "PlannedBudgetLimits", "AutoAdjustData"];

    /// <summary>What belongs to the amount, and goes with it where a nearer row gives another.</summary>
    private static readonly string[] OfAmount = ["Grants", "Changes"];

    /// <summary>What adds up over the rows: those above count too.</summary>
    private static readonly string[] AddingUp = ["Grants", Added];

    private const string Added = "AddEmailRecipients";

    private const string List = "Budgets";

    /// <summary>A list of budgets may be as long as an item of DynamoDB; <c>--json</c> has all of it.</summary>
    private const int MostValueLines = 8;

    /// <summary>Who is told and when, and what concerns the row itself: what is inherited across a list of budgets too.</summary>
    private static readonly string[] BesideList =
    [
        "Thresholds", "EmailRecipients", Added, "SnsTopicArn", "Adopt", "KeepExtraSubscribers", "Enabled", "OnDelete", "Note",
        "ChangedBy", "ChangedAt", "Reason",
    ];

    public static RowDetail? Of(string key, StackRows rows, StatusRow? status, DateTimeOffset now)
    {
        var row = rows.ByKey.GetValueOrDefault(key);
        var inherited = ImmutableArray.CreateBuilder<(string, RowValue, string)>();
        var seen = Taken(row?.Attributes.Keys ?? []);
        foreach (var above in rows.Above(key).Select(scope => rows.ByKey.GetValueOrDefault(scope.Key)).OfType<RowImage>())
        {
            var names = above.Attributes.Keys.Where(name => IsInherited(name) && !seen.Contains(name)).ToList();
            inherited.AddRange(names.Select(name => (name, above.Attributes[name], above.Key)));
            seen.UnionWith(Taken(names));
        }

        if (row is null && inherited.Count == 0) return null;
        AccountId? account = Scope.TryParse(key) is Scope.Account { Id: var id } ? id : null;
        return new RowDetail(
            key,
            row,
            [.. inherited.OrderBy(entry => RowOrder.Of(entry.Item1))],
            account is { } own ? rows.Resolve(own, rows.ByKey) : null,
            rows.CoveredBy(key).Length,
            status,
            now);
    }

    public void Write(ConsoleContext terminal)
    {
        // Facts that are folded go on below where they begin.
        var output = terminal.Folded(indent: 13);
        var covers = Resolution is null && Covered > 0 ? $"  covers {Number.Count(Covered, "account")}" : "";
        output.WriteLine(Printable.Line($"{Key}{(Row is null ? "  has no row of its own" : "")}{covers}"));
        var own = (Row?.Attributes ?? default).Where(attribute => attribute.Key != "AccountId" && !RowEquivalence.IsProvenance(attribute.Key))
            .OrderBy(attribute => RowOrder.Of(attribute.Key))
            .Select(attribute => new[] { attribute.Key, RowValueText.Plain(attribute.Value), "this row" });
        var table = own.Concat(Inherited.Select(entry => new[] { entry.Name, RowValueText.Plain(entry.Value), entry.From })).ToList();
        if (table.Count > 0)
        {
            var (lines, _) = ColumnTable.Of(
                [new("ATTRIBUTE", Shortest: 16), new("VALUE", Shortest: 20, MostLines: MostValueLines), new("FROM")],
                table,
                terminal.Columns - 2,
                terminal.LineLength);
            foreach (var line in lines) output.WriteLine($"  {line}");
        }

        output.WriteLine();
        foreach (var (name, text) in Facts()) output.WriteLine(Printable.Line($"  {name,-10} {text}"));
    }

    public JsonObject ToJson()
    {
        var (by, at, reason) = Row is null ? ("", "", "") : RowProvenance.Of(Row);
        return new JsonObject
        {
            ["accountId"] = Key,
            ["row"] = Row is null ? null : RowValueText.Node(new RowValue.Map(Row.Attributes)),
            ["inherited"] = new JsonArray([.. Inherited.Select(entry => new JsonObject
            {
                ["attribute"] = entry.Name,
                ["value"] = RowValueText.Node(entry.Value),
                ["from"] = entry.From,
            })]),
            ["budgets"] = Resolution is Resolution.Desired desired ? JsonNode.Parse(desired.Parameter.Document)?["Budgets"]?.DeepClone() : null,
            ["limits"] = new JsonArray([.. Limits.Select(line => JsonValue.Create(line))]),
            ["reasons"] = new JsonArray([.. (Resolution is Resolution.Rejected rejected ? rejected.Reasons : []).Select(text => JsonValue.Create(text))]),
            ["notify"] = Routes?.Json,
            ["notifyFrom"] = Routes?.From,
            ["covers"] = Covered,
            ["changedBy"] = by.Length > 0 ? by : null,
            ["changedAt"] = at.Length > 0 ? at : null,
            ["reason"] = reason.Length > 0 ? reason : null,
            ["state"] = Status?.State.ToString(),
            ["stateReasons"] = new JsonArray([.. (Status?.Reasons ?? []).Select(text => JsonValue.Create(text))]),
        };
    }

    /// <summary>Who hears the alerts; null where that is not known.</summary>
    public AccountRoutes? Routes { get; init; }

    private ImmutableArray<string> Limits => Resolution is Resolution.Desired(var budgets, _) ? LimitDescription.Of(budgets, Now) : [];

    private IEnumerable<(string Name, string Text)> Facts()
    {
        if (Resolution is Resolution.Desired desired)
        {
            foreach (var budget in BudgetsAsOf.OnDay(desired.Budgets, Now).Budgets) yield return ("budget", Budget(budget));
            foreach (var line in Limits) yield return ("limit", line);
        }

        if (Resolution is Resolution.Rejected rejected)
        {
            foreach (var reason in rejected.Reasons) yield return ("rejected", reason);
        }

        if (Routes is not null) yield return ("notify", Routes.Text);
        if (Resolution is Resolution.Disabled) yield return ("disabled", "the account is left exactly as it is");
        if (Row is not null && RowProvenance.Of(Row) is var (by, at, why))
        {
            yield return ("changed", by.Length > 0 ? $"{at} by {by}" : "by an edit without budgetsync rows");
            if (why.Length > 0) yield return ("because", why);
        }

        if (Status is not null) yield return ("state", Status.State.ToString());
        foreach (var reason in Status?.Reasons ?? []) yield return ("", reason);
    }

    private static bool IsInherited(string name) => name != "AccountId" && !RowEquivalence.IsProvenance(name) && !RowEquivalence.IsUsersOwn(name);

    private static string Budget(DesiredBudget budget)
    {
        var amount = budget.Settings.Amount switch
        {
            BudgetAmount.Fixed(var limit) => $"{Number.Exact(limit.Amount)} {limit.Unit} {EditScreen.Period(budget.Settings.TimeUnit)}",
            BudgetAmount.AutoAdjusted => "an amount that AWS computes",
            _ => "planned amounts",
        };
        var alerts = budget.Notifications.Select(notification =>
            $"{Number.Of(notification.Key.Threshold)}{(notification.Key.ThresholdType == ThresholdType.PERCENTAGE ? " %" : "")}"
                + $"{(notification.Key.Type == NotificationType.FORECASTED ? " forecasted" : "")} → "
                + $"{string.Join(", ", notification.Subscribers.Select(subscriber => subscriber.Address))}");
        return $"{budget.Settings.Name}: {amount}; {(budget.Notifications.IsEmpty ? "no alert" : string.Join("; ", alerts))}";
    }

    /// <summary>
    /// What a row's attributes hide of the rows above: ways to give the amount exclude one another, and so do one budget and a list of several.
    /// </summary>
    private static HashSet<string> Taken(IEnumerable<string> names)
    {
        var taken = names.Except(AddingUp, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        if (taken.Overlaps(Amounts)) taken.UnionWith([.. Amounts, .. OfAmount]);
        if (taken.Contains("EmailRecipients")) taken.Add(Added);
        if (taken.Contains(List)) taken.UnionWith(RowOrder.KnownNames.Except(BesideList, StringComparer.Ordinal));
        else if (taken.Except(BesideList, StringComparer.Ordinal).Intersect(RowOrder.KnownNames, StringComparer.Ordinal).Any(name => name != "AccountId"))
            taken.Add(List);
        return taken;
    }
}
