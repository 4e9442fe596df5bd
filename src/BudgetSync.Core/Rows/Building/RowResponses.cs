using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>What the rows of an account say about responses.</summary>
/// <param name="Rules">As the nearest row that has Responses says; null where that cannot be read: then nothing begins, and nothing ends for that.</param>
/// <param name="Snooze">Of the nearest row that has one.</param>
public sealed record RowResponses(EquatableArray<ResponseRule>? Rules, Snooze? Snooze)
{
    public static RowResponses None { get; } = new(EquatableArray.Create<ResponseRule>([]), null);

    /// <summary>True where a row says anything about responses, readable or not: without one there is nothing to decide.</summary>
    public static bool AreIn(IEnumerable<RowImage> rows) => rows.Any(row => row.Attributes.ContainsKey(RowAttributes.Responses));

    public static RowResponses Of(IEnumerable<RowImage> nearestFirst)
    {
        var rows = nearestFirst.ToList();
        var (rules, snooze) = (None.Rules, (Snooze?)null);
        if (Nearest(RowAttributes.Responses) is { } responses)
        {
            rules = ResponseShapes.Responses.TryRead(At(responses, RowAttributes.Responses), out var read) ? new EquatableArray<ResponseRule>(read) : null;
        }

        if (Nearest(RowAttributes.Snooze) is { } given)
        {
            // A snooze that cannot be read still says that a person wants no response: nothing begins until it is put right.
            if (ResponseShapes.Snooze.TryRead(At(given, RowAttributes.Snooze), out var read)) snooze = read;
            else rules = null;
        }

        return new RowResponses(rules, snooze);

        RowValue? Nearest(string name) =>
            rows.Select(row => row.Attributes.TryGetValue(name, out var value) ? value : null).FirstOrDefault(value => value is not null);

        static ValueAt At(RowValue value, string name) => new(value, name, new ProblemList());
    }

    /// <summary>The snooze that holds for an account now; null where none does.</summary>
    /// <param name="rows">All rows, by key.</param>
    public static Snooze? SnoozeOf(AccountId account, OrganizationTree tree, IReadOnlyDictionary<string, RowImage> rows, DateTimeOffset now)
    {
        var own = RowPath.Of(account, tree, rows);
        return own.Any(row => row.Attributes.ContainsKey(RowAttributes.Snooze)) && Of(own).Snooze is { } snooze && snooze.HoldsAt(now) ? snooze : null;
    }

    /// <summary>What the budgets of money of these rows are called, which responses look at; null where that cannot be read.</summary>
    public static IReadOnlySet<string>? BudgetNames(IEnumerable<RowImage> nearestFirst, StackDefaults defaults)
    {
        var problems = new ProblemList();
        List<RowDraft> drafts = [.. nearestFirst.Select(row => RowReader.Read(row, "", problems))];
        if (drafts.Exists(draft => draft.HasBudgets && draft.Budgets is null)) return null;
        var budgets = Inheritance.Merge(drafts);
        return budgets.Any(budget => budget.IsBroken("BudgetName") || budget.IsBroken("BudgetType"))
            ? null
            : budgets.Where(budget => (budget.Type?.Value ?? BudgetType.COST) == BudgetType.COST)
                .Select(budget => budget.Name?.Value ?? defaults.BudgetName)
                .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Lists that the deployment does not have.</summary>
    internal static void Check(RowDraft draft, StackDefaults defaults, ProblemList problems)
    {
        if (draft.Responses is not { } responses || defaults.PolicyLists is not { } lists) return;
        foreach (var name in responses.Value.Select(rule => rule.Policy).OfType<string>().Where(name => !lists.Items.Contains(name, StringComparer.Ordinal)))
        {
            problems.Add(
                RowRules.ResponsePolicy,
                responses.Path,
                $"{ValueAt.Quote(name)} is no list of this deployment; "
                    + (NearestName.Of(name, lists.Items) is { } nearest ? $"write {nearest}"
                        : lists.IsEmpty ? "add it to the setting denyLists"
                        : $"choose from {string.Join(", ", lists.Items)}, or add it to the setting denyLists"));
        }
    }
}
