using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Planning;

/// <summary>Puts the budgets of an account that are not ours beside what its rows say, so that nothing the rows say changes.</summary>
internal sealed class BudgetsBesideRow(AccountId account, ActualBudgets actual, ImmutableArray<RowImage> nearestFirst, StackDefaults defaults)
{
    private const string Enabled = "Enabled";

    /// <summary>Whoever gives one of these in a row of its own says how much; all else of a budget goes with it.</summary>
    private static readonly ImmutableArray<string> Amounts = ["BudgetValue", "PlannedBudgetLimits", "AutoAdjustData", "BudgetType"];

    /// <summary>Inherited from above by a budget of the row itself and not by an entry of Budgets. Whom it tells is inherited by both.</summary>
    private static readonly ImmutableArray<string> NotOfEntries =
    [
        "Actions", "BillingViewArn", "BudgetName", "BudgetType", "CostFilters", "CostTypes", "FilterExpression", "Metrics", "ResourceTags", "TimePeriod",
        "TimeUnit", "Unit",
    ];

    private readonly ImmutableArray<RowImage> above = [.. nearestFirst.Where(row => row.Key != account.Value)];

    private readonly RowImage own = RowProvenance.Without(nearestFirst.FirstOrDefault(row => row.Key == account.Value)
        ?? new RowImage(ImmutableSortedDictionary<string, RowValue>.Empty.Add(RowAttributes.Key, new RowValue.Text(account.Value))));

    private readonly ImmutableHashSet<string> foreign =
        [.. actual.Budgets.Where(budget => !budget.Managed).Select(budget => budget.Settings.Name)];

    public AdoptedRow Adopt() => ResolveEnabled(nearestFirst) switch
    {
        Resolution.Desired(var wanted, _) => Beside(wanted),
        Resolution.Rejected(var reasons) when SaysBudgets(own) || (above.Any(SaysBudgets) && actual.Budgets.Any(budget => budget.Managed)) =>
            LeftOut($"its rows are rejected, so put them right first: {string.Join("; ", reasons)}"),
        // No row says what the account should have: one that says some of its budgets has to say all, for Apply deletes what is ours and nobody asks for.
        _ => Judged(With(Entries(_ => true)), []),
    };

    private AdoptedRow Beside(DesiredBudgets wanted)
    {
        var names = wanted.Budgets.Select(budget => budget.Settings.Name).ToHashSet(StringComparer.Ordinal);
        var added = Entries(name => foreign.Contains(name) && !names.Contains(name));
        if (own.Attributes.TryGetValue(RowAttributes.Budgets, out var listed) && listed is RowValue.List { Items: var items })
            return Judged(With([.. items.Select(item => foreign.Contains(NameOf(item)) ? Adopted(item) : item), .. added]), []);
        if (SaysBudgets(own))
            return Amounts.Any(own.Attributes.ContainsKey)
                ? BesideOne(wanted, foreign.Overlaps(names), added)
                : LeftOut(
                    $"its own row says {string.Join(", ", Flat().Keys)} of a budget whose amount stands in {SaidIn()}, and Budgets would take its place; give "
                        + "the account's row an amount first");
        return foreign.IsSupersetOf(names)
            ? Judged(With(Entries(foreign.Contains)), [])
            : LeftOut(
                $"{string.Join(", ", names.Except(foreign).Order(StringComparer.Ordinal).Select(ValueAt.Quote))} of {SaidIn()} would be deleted, because "
                    + "Budgets of a row take the place of inherited ones; give the account a row with an amount of its own first");
    }

    /// <summary>The row's one budget stays as it is where nothing comes beside it, and else is the first entry of Budgets.</summary>
    private AdoptedRow BesideOne(DesiredBudgets wanted, bool adopts, ImmutableArray<RowValue> added)
    {
        var flat = adopts ? Flat().SetItem("Adopt", new RowValue.Bool(true)) : Flat();
        if (added.IsEmpty) return Judged(new RowImage(own.Attributes.Items.SetItems(flat)), []);
        if (Keeps(wanted, With([new RowValue.Map(flat)]))) return Judged(With([new RowValue.Map(flat), .. added]), []);
        var inherited = NotOfEntries.Where(name => !flat.ContainsKey(name))
            .Select(name => (Name: name, Row: above.FirstOrDefault(row => row.Attributes.ContainsKey(name))))
            .Where(entry => entry.Row is not null)
            .ToList();
        var whole = flat.AddRange(inherited.Select(entry => KeyValuePair.Create(entry.Name, entry.Row!.Attributes[entry.Name]))); // Filtered above.
        return Keeps(wanted, With([new RowValue.Map(whole)]))
            ? Judged(
                With([new RowValue.Map(whole), .. added]),
                [.. inherited.Select(entry => $"{entry.Name} of row {ValueAt.Quote(entry.Row!.Key)} is copied, because entries of Budgets do not inherit it")])
            : LeftOut($"its budget takes more of {SaidIn()} than an entry of Budgets inherits; write it into the account's row first");
    }

    /// <summary>The row, and what of AWS's it does not say where all rows are looked at together.</summary>
    private AdoptedRow Judged(RowImage row, ImmutableArray<string> copied)
    {
        ImmutableArray<RowImage> then = [row, .. above];
        var unsaid = ResolveEnabled(then) switch
        {
            Resolution.Desired(var desired, _) => Differences(Planner.Plan(desired, actual)),
            Resolution.Rejected(var reasons) => reasons.Items,
            _ => throw new InvalidOperationException("A row bears on the account, and none is disabled."),
        };
        var disabling = then.FirstOrDefault(each => each.Attributes.ContainsKey(Enabled));
        return new AdoptedRow(
            row,
            Resolver.Resolve(account, then, defaults) is Resolution.Disabled
                ? [.. copied, .. unsaid, $"Enabled of row {ValueAt.Quote(disabling?.Key ?? "")} stays false, so nothing is taken over before it goes"]
                : [.. copied, .. unsaid]);
    }

    /// <summary>Of the budgets that are adopted alone: how ours differ from what rows say is not of this row's making.</summary>
    private ImmutableArray<string> Differences(Plan plan) => Drift.Of(plan with
    {
        // That they are still to be taken over is what the row is for.
        Changes = [.. plan.Changes.Where(change => change is not Change.TagBudget && foreign.Contains(change.BudgetName))],
        Withheld = [.. plan.Withheld.Where(change => foreign.Contains(change.BudgetName))],
    });

    /// <summary>True where the rows say the same of each budget as before, whether it is adopted or not.</summary>
    private bool Keeps(DesiredBudgets wanted, RowImage row) => ResolveEnabled([row, .. above]) is Resolution.Desired(var then, _) && Text(then) == Text(wanted);

    private static string Text(DesiredBudgets budgets) =>
        ParameterDocument.Format(new DesiredBudgets([.. budgets.Budgets.Select(budget => budget with { Adopt = false })]));

    /// <summary>As if nothing were disabled: what rows say of budgets is not lost because it is switched off today.</summary>
    private Resolution ResolveEnabled(ImmutableArray<RowImage> rows) =>
        Resolver.Resolve(account, [.. rows.Select(row => new RowImage(row.Attributes.Items.Remove(Enabled)))], defaults);

    private ImmutableArray<RowValue> Entries(Func<string, bool> chosen) =>
        AdoptedEntries.Of(actual with { Budgets = [.. actual.Budgets.Where(budget => chosen(budget.Settings.Name))] }, above, defaults);

    /// <summary>The account's row with these budgets, and what it says of none.</summary>
    private RowImage With(ImmutableArray<RowValue> budgets) =>
        new(own.Attributes.Items.RemoveRange(Flat().Keys).SetItem(RowAttributes.Budgets, new RowValue.List(budgets)));

    private ImmutableSortedDictionary<string, RowValue> Flat() =>
        own.Attributes.Items.RemoveRange(own.Attributes.Keys.Where(name => !BudgetAttributes.ByName.ContainsKey(name)));

    private static bool SaysBudgets(RowImage row) =>
        row.Attributes.Keys.Any(name => name == RowAttributes.Budgets || BudgetAttributes.ByName.ContainsKey(name));

    private string SaidIn() =>
        above.Where(SaysBudgets).Select(row => $"row {ValueAt.Quote(row.Key)}").ToList() is { Count: > 0 } rows ? string.Join(", ", rows) : "the stack";

    private string NameOf(RowValue entry) =>
        entry is RowValue.Map { Entries: var entries } && entries.TryGetValue("BudgetName", out var name) && name is RowValue.Text(var text)
            ? text
            : defaults.BudgetName;

    private static RowValue Adopted(RowValue entry) =>
        entry is RowValue.Map { Entries: var entries } ? new RowValue.Map(entries.Items.SetItem("Adopt", new RowValue.Bool(true))) : entry;

    private static AdoptedRow LeftOut(string why) => new(null, [why]);
}
