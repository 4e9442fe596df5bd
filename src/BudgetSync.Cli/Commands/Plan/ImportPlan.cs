using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>
/// What importing a file would change, decided by the very rules that propagate: every account is resolved once with the rows of the table and once with
/// those that the import's own edit would leave.
/// </summary>
internal static class ImportPlan
{
    /// <param name="edit">What <c>rows import</c> would write of the file.</param>
    /// <param name="today">What limits that move by themselves are told as of.</param>
    /// <param name="look">What accounts have of budgets that the rows would give them.</param>
    public static IReadOnlyList<ImportLine> Of(IReadOnlyList<RowEntry> file, RowEdit edit, StackRows rows, DateTimeOffset today, AccountLook look)
    {
        var (tree, defaults) = (rows.Tree, rows.Defaults);
        var now = rows.ByKey.ToImmutableDictionary(StringComparer.Ordinal);
        var sound = file.Where(row => row.Problems.Count == 0 && row.Image.Key.Length > 0).ToList();
        // A row that is rejected is not written; what it would do is where its reasons come from.
        var rejected = edit.Changes.Where(change => change.Kind == RowChangeKind.Rejected).Select(change => change.Key).ToHashSet(StringComparer.Ordinal);
        var written = edit.Then(rows.Table).ToImmutableDictionary(StringComparer.Ordinal);
        var then = written.SetItems(
            sound.Where(row => rejected.Contains(row.Image.Key)).Select(row => KeyValuePair.Create(row.Image.Key, row.Image)));
        var gone = edit.Changes.Where(change => change.Kind == RowChangeKind.Removed)
            .ToDictionary(change => change.Key, change => Removal.Describe(change.Key, change.Before, rows, written), StringComparer.Ordinal);
        var lines = new List<ImportLine>();
        var checks = new RowChecks(file, defaults);
        // Each row is counted, as the import does.
        foreach (var row in file.Where(row => row.Problems.Count > 0 && row.Image.Key.Length > 0))
            lines.Add(Rejected(row.Image.Key, [.. checks.Problems(row)]) with { Position = row.Position });
        foreach (var row in file.Where(row => row.Image.Key.Length == 0))
            lines.Add(Rejected("", [.. row.Problems, $"AccountId: is missing or empty in {row.Position}"]) with { Position = row.Position });
        foreach (var row in sound.Where(row => Scope.TryParse(row.Image.Key) is not Scope.Account))
        {
            if (RowCheck.Problems(row.Image, defaults) is { IsEmpty: false } problems) lines.Add(Rejected(row.Image.Key, problems));
            else if (OrphanText.Of(Scope.TryParse(row.Image.Key), tree) is { } orphan)
                lines.Add(new ImportLine(row.Image.Key, ImportChange.Leave, [orphan], [], null, null));
        }

        lines.AddRange(gone.Where(row => Scope.TryParse(row.Key) is not Scope.Account)
            .Select(row => new ImportLine(row.Key, ImportChange.Update, [$"its row goes; {row.Value}"], [], null, null)));
        var accounts = tree.Accounts.Where(account => account.Active).Select(account => account.Id)
            .Concat(then.Keys.Concat(gone.Keys).Select(Scope.TryParse).OfType<Scope.Account>().Select(scope => scope.Id))
            .Distinct()
            .Order();
        lines.AddRange(accounts
            .Select(account => WithStanding(Of(account, tree.PathOf(account), now, then, file, defaults, today, look), account, tree))
            .Select(line => gone.GetValueOrDefault(line.Key) is { } goes ? WithoutRow(line, goes) : line));
        lines.AddRange(sound.Where(row => Scope.TryParse(row.Image.Key) is not Scope.Account)
            .Select(row => (row.Image.Key, Details: AttributeChanges.OfEnvelope(now.GetValueOrDefault(row.Image.Key), then[row.Image.Key])))
            .Where(row => !row.Details.IsEmpty)
            .Select(row => new ImportLine(row.Key, ImportChange.Update, row.Details, [], null, null)));
        lines.AddRange(EnvelopeChecks.Between(now, then, tree, defaults, today).Refusals.Select(refusal => Rejected(refusal.Key, [refusal.Text])));
        var places = file.GroupBy(row => row.Image.Key, row => row.Position, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join(", ", group), StringComparer.Ordinal);
        return
        [
            .. RowOnlyChanges.AddTo(lines, edit, rows, written).Select(line => line is { Change: ImportChange.Reject, Position: "" }
                ? line with { Position = places.GetValueOrDefault(line.Key, "") }
                : line),
        ];
    }

    /// <summary>A row for an account that is not there, or answers no more, is said to be so before it is written.</summary>
    private static ImportLine WithStanding(ImportLine line, AccountId account, OrganizationTree tree) =>
        line.Change is ImportChange.Create or ImportChange.Update && OrphanText.Of(new Scope.Account(account), tree) is { } orphan
            ? line with { Details = [orphan, .. line.Details] }
            : line;

    private static ImportLine WithoutRow(ImportLine line, string goes) => line with
    {
        Change = line.Change == ImportChange.None ? ImportChange.Update : line.Change,
        Details = [$"its row goes; {goes}", .. line.Details],
    };

    private static ImportLine Rejected(string key, ImmutableArray<string> reasons) => new(key, ImportChange.Reject, reasons, [], null, null);

    private static ImportLine Of(
        AccountId account,
        ImmutableArray<Scope> path,
        ImmutableDictionary<string, RowImage> now,
        ImmutableDictionary<string, RowImage> then,
        IReadOnlyList<RowEntry> file,
        StackDefaults defaults,
        DateTimeOffset today,
        AccountLook look)
    {
        var before = Resolve(account, path, now, defaults);
        var after = Resolve(account, path, then, defaults);
        var had = (before as Resolution.Desired)?.Budgets ?? DesiredBudgets.None;
        var revision = (before as Resolution.Desired)?.Parameter.Revision;
        var models = AiPolicyChange.Between((before as Resolution.Desired)?.Ai, (after as Resolution.Desired)?.Ai);
        var others = AttributeChanges.Between(Rows(path, now), Rows(path, then));
        var plan = after is Resolution.Desired { Budgets: var wanted } found && (found.Parameter.Revision != revision || !models.IsEmpty || !others.IsEmpty)
            ? PlanOf(account, had, wanted, today, look)
            : null;
        return after switch
        {
            Resolution.Desired desired when desired.Parameter.Revision == revision && models.IsEmpty && others.IsEmpty =>
                new ImportLine(account.Value, ImportChange.None, [], Keys(desired), revision, revision),
            Resolution.Desired when plan is { Refusals: { IsEmpty: false } refusals } =>
                new ImportLine(account.Value, ImportChange.Reject, [.. refusals], [], revision, null),
            Resolution.Desired desired => new ImportLine(
                account.Value,
                before is Resolution.Desired ? ImportChange.Update : ImportChange.Create,
                [
                    .. look.Refused.TryGetValue(account, out var refused) ? [$"it could not be looked into: {refused}"] : Array.Empty<string>(),
                    .. Describe(had, look.Foreign(account, had), desired.Budgets, plan!, today), // Not null: there is a plan wherever something changes.
                    .. models.Select(change => $"models: {change.Text}"),
                    .. others,
                ],
                Keys(desired),
                revision,
                desired.Parameter.Revision)
            {
                Movement = LimitMovement.Of(had, desired.Budgets),
                Models = models,
            },
            // Only a rejection that the file brings about is the file's: one that stands already changes nothing.
            Resolution.Rejected rejected when !rejected.Equals(before) || file.Any(row => row.Image.Key == account.Value) =>
                new ImportLine(account.Value, ImportChange.Reject, rejected.Reasons, [], revision, null),
            Resolution.Disabled when before is not Resolution.Disabled =>
                new ImportLine(account.Value, ImportChange.Leave, ["Enabled is false: its budgets are left exactly as they are"], [], revision, null),
            Resolution.Uncovered when before is not Resolution.Uncovered =>
                new ImportLine(account.Value, ImportChange.Update, ["no row covers it any more"], [], revision, null),
            _ => new ImportLine(account.Value, ImportChange.None, [], [], revision, null),
        };
    }

    private static Resolution Resolve(AccountId account, ImmutableArray<Scope> path, ImmutableDictionary<string, RowImage> rows, StackDefaults defaults) =>
        Resolver.Resolve(account, Rows(path, rows), defaults);

    private static ImmutableArray<RowImage> Rows(ImmutableArray<Scope> path, ImmutableDictionary<string, RowImage> rows) =>
        [.. path.Select(scope => rows.GetValueOrDefault(scope.Key)).OfType<RowImage>()];

    private static ImmutableArray<string> Keys(Resolution.Desired desired) => desired.Parameter.FromKeys;

    /// <param name="foreign">What the account has beside <paramref name="before"/> and <paramref name="after"/> takes over.</param>
    private static ImmutableArray<string> Describe(
        DesiredBudgets before,
        IEnumerable<ActualBudget> foreign,
        DesiredBudgets after,
        Core.Planning.Plan plan,
        DateTimeOffset today)
    {
        var there = foreign.Select(budget => new DesiredBudget(budget.Settings, budget.Notifications, []));
        return
        [
            .. AccountChangeDescription.Of(
                new DesiredBudgets([.. BudgetsAsOf.OnDay(before, today).Budgets, .. there]), BudgetsAsOf.OnDay(after, today), plan.Changes),
            .. LimitDescription.Between(before, after, today),
        ];
    }

    /// <summary>
    /// What the planner would do with an account that is as its rows say now, and has beside that what was seen of the names that are new to it.
    /// </summary>
    private static Core.Planning.Plan PlanOf(AccountId account, DesiredBudgets before, DesiredBudgets after, DateTimeOffset today, AccountLook look)
    {
        var asRowsSay = Actual(BudgetsAsOf.OnDay(before, today));
        return Planner.Plan(
            BudgetsAsOf.OnDay(after, today),
            asRowsSay with { Budgets = [.. asRowsSay.Budgets, .. look.Foreign(account, before)], ReadAt = look.Seen.GetValueOrDefault(account)?.ReadAt });
    }

    private static ActualBudgets Actual(DesiredBudgets desired) => new([.. desired.Budgets.Select(budget => new ActualBudget(
        budget.Settings,
        budget.Notifications,
        [.. budget.Actions.Select((action, index) => new ActualAction($"action-{index + 1}", action, Locked: false))],
        Managed: true)
    {
        Tags = budget.ResourceTags ?? default,
    })]);
}
