using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using FsCheck;
using FsCheck.Fluent;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>A pair of desired and actual budgets.</summary>
internal sealed record PlanCase(DesiredBudgets Desired, ActualBudgets Actual);

/// <summary>
/// Generators over a small universe (few names, thresholds, people), so that desired and actual budgets overlap, collide and fill the caps instead of
/// simply being different.
/// </summary>
internal static class PlanCases
{
    public static Arbitrary<PlanCase> All => Arb.From(Pairs(locks: false), Shrink);

    /// <summary>As <see cref="All"/>, some actions being executed by AWS.</summary>
    public static Arbitrary<PlanCase> WithLocks => Arb.From(Pairs(locks: true), Shrink);

    private static readonly string[] Names = ["Alpha", "Beta", "Gamma"];

    private static Gen<T> Pick<T>(params T[] values) => Gen.Elements(values);

    private static Gen<ImmutableArray<T>> Some<T>(IReadOnlyCollection<T> universe, int most) =>
        from count in Gen.OneOf(Gen.Choose(0, Math.Min(2, most)), Gen.Choose(0, most), Gen.Constant(most))
        from shuffled in Gen.Shuffle(universe.ToArray())
        select shuffled.Take(count).ToImmutableArray();

    private static Gen<ImmutableSortedSet<Subscriber>> Subscribers { get; } =
        from emails in Some([.. Enumerable.Range(0, 12).Select(number => new Subscriber(SubscriptionType.EMAIL, $"person{number}@example.com"))], 10)
        from topics in Some(
            [.. Enumerable.Range(0, 2).Select(number => new Subscriber(SubscriptionType.SNS, $"arn:aws:sns:us-east-1:111122223333:topic{number}"))],
            1)
        let all = emails.Concat(topics).ToImmutableSortedSet()
        select all.IsEmpty ? [new Subscriber(SubscriptionType.EMAIL, "person0@example.com")] : all;

    private static Gen<ImmutableArray<Notification>> Notifications { get; } =
        from keys in Some(
            [
                .. from type in Enum.GetValues<NotificationType>()
                   from comparison in new[] { ComparisonOperator.GREATER_THAN, ComparisonOperator.LESS_THAN }
                   from kind in Enum.GetValues<ThresholdType>()
                   from threshold in new[] { 50m, 80m, 90m, 100m, 120.5m }
                   select new NotificationKey(type, comparison, threshold, kind),
            ],
            10)
        from subscribers in Subscribers.ArrayOf(keys.Length)
        select keys.Zip(subscribers, (key, who) => new Notification(key, who)).ToImmutableArray();

    private static Gen<BudgetAmount> Amounts { get; } = Gen.OneOf(
        Pick(100m, 1000m, 1000.50m).Select(BudgetAmount (amount) => new BudgetAmount.Fixed(new SpendAmount(amount, "USD"))),
        from first in Pick(100m, 200m)
        from months in Gen.Choose(1, 4)
        from start in Pick(1, 2)
        select (BudgetAmount)new BudgetAmount.Planned(Enumerable.Range(start, months).ToImmutableSortedDictionary(
            month => new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero), month => new SpendAmount(first + month, "USD"))),
        Pick<BudgetAmount>(
            new BudgetAmount.AutoAdjusted(AutoAdjustType.HISTORICAL, 3),
            new BudgetAmount.AutoAdjusted(AutoAdjustType.HISTORICAL, 6),
            new BudgetAmount.AutoAdjusted(AutoAdjustType.FORECAST, null)));

    private static FilterExpression.Match Match(string key, params string[] options) =>
        new FilterExpression.Match(MatchKind.Tags, key, ["prod", "test"], [.. options]);

    private static Gen<BudgetSettings> Settings(string name) =>
        from type in Pick(BudgetType.COST, BudgetType.COST, BudgetType.USAGE, BudgetType.SAVINGS_PLANS_COVERAGE)
        from unit in Pick(TimeUnit.MONTHLY, TimeUnit.MONTHLY, TimeUnit.QUARTERLY, TimeUnit.DAILY)
        from amount in type is BudgetType.SAVINGS_PLANS_COVERAGE
            ? Gen.Constant<BudgetAmount>(new BudgetAmount.Fixed(new SpendAmount(100, "PERCENTAGE")))
            : Amounts
        from style in Gen.Choose(0, 3)
        from filter in Pick<FilterExpression>(
            Match("Env"),
            Match("Env", "CASE_INSENSITIVE"),
            new FilterExpression.Not(Match("Team")),
            new FilterExpression.And([Match("Env"), Match("Team", "STARTS_WITH")]))
        from metric in Pick<BudgetMetric?>(null, BudgetMetric.AmortizedCost)
        from costTypes in Pick(null, new CostTypes(), new CostTypes { IncludeCredit = false })
        from start in Pick<DateTimeOffset?>(null, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))
        let settings = new BudgetSettings { Name = name, Type = type, TimeUnit = unit, Amount = amount, PeriodStart = start }
        select style switch
        {
            0 => settings,
            1 => settings with { CostTypes = type == BudgetType.COST ? costTypes : null },
            2 => settings with { CostFilters = settings.CostFilters.Items.Add("Region", ["eu-west-1", "eu-central-1"]) },
            _ => settings with { FilterExpression = filter, Metric = metric },
        };

    private static Gen<ImmutableArray<BudgetAction>> Actions { get; } = Some(
        [
            .. from definition in new ActionDefinition[]
               {
                   new ActionDefinition.Iam("arn:aws:iam::111122223333:policy/stop", ["admin"], [], []),
                   new ActionDefinition.Iam("arn:aws:iam::111122223333:policy/stop", ["dev"], [], []),
                   new ActionDefinition.Ssm(ActionSubType.STOP_EC2_INSTANCES, "eu-west-1", ["i-0123456789abcdef0"]),
               }
               from threshold in new[] { 100m, 120m }
               from model in Enum.GetValues<ApprovalModel>()
               select new BudgetAction(
                   NotificationType.ACTUAL,
                   threshold,
                   ThresholdType.PERCENTAGE,
                   definition,
                   "arn:aws:iam::111122223333:role/actions",
                   model,
                   [new Subscriber(SubscriptionType.EMAIL, "person0@example.com")]),
        ],
        4);

    private static Gen<EquatableDictionary<string, string>?> Tags { get; } =
        from said in Pick(true, false)
        from names in Some(["team", "stage", "owner"], 3)
        from value in Pick("a", "b")
        select said ? (EquatableDictionary<string, string>?)names.ToImmutableSortedDictionary(tag => tag, _ => value, StringComparer.Ordinal) : null;

    private static Gen<DesiredBudget> Budget(string name) =>
        from settings in Settings(name)
        from notifications in Notifications
        from actions in settings is { Type: BudgetType.COST or BudgetType.USAGE, TimeUnit: not TimeUnit.DAILY }
            ? Actions
            : Gen.Constant(ImmutableArray<BudgetAction>.Empty)
        from adopt in Pick(true, false)
        from keep in Pick(true, false, false)
        from tags in Tags
        select new DesiredBudget(
            settings,
            [.. notifications.Where(notification => BudgetsModel.Fits(notification.Key, settings))],
            actions)
        { Adopt = adopt, KeepExtraSubscribers = keep, ResourceTags = tags };

    private static Gen<ActualBudget> Actual(string name, bool locks) =>
        from budget in Budget(name)
        from managed in Pick(true, true, false)
        from locked in (locks ? Pick(true, false) : Gen.Constant(false)).ArrayOf(budget.Actions.Length)
        select BudgetsModel.Describe(budget, managed) with
        {
            Actions =
            [
                .. budget.Actions.Zip(locked, (action, isLocked) => (action, isLocked))
                    .Select((pair, number) => new ActualAction($"id-{number}", pair.action, pair.isLocked))
            ],
            ActualSpend = new SpendAmount(12.5m, "USD"),
        };

    /// <summary>Half of the desired budgets are an edit of the actual ones, as most edits are; the rest is unrelated.</summary>
    private static Gen<PlanCase> Pairs(bool locks) =>
        from wanted in Some(Names, Names.Length)
        from present in Some(Names, Names.Length)
        from desired in Gen.CollectToArray(wanted, Budget)
        from actual in Gen.CollectToArray(present, name => Actual(name, locks))
        from same in Pick(true, false).ArrayOf(desired.Length)
        let edited = desired.Zip(
            same,
            (budget, isSame) => isSame && actual.FirstOrDefault(actualBudget => actualBudget.Settings.Name == budget.Settings.Name) is { } a
                ? budget with { Notifications = Edited(a, budget) }
                : budget)
        select new PlanCase(new DesiredBudgets([.. edited.OrderBy(budget => budget.Settings.Name, StringComparer.Ordinal)]), new ActualBudgets([.. actual]));

    private static ImmutableArray<Notification> Edited(ActualBudget actual, DesiredBudget budget) =>
        [
            .. actual.Notifications.Skip(1)
                .Concat(budget.Notifications.Take(1))
                .Where(notification => BudgetsModel.Fits(notification.Key, budget.Settings))
                .DistinctBy(notification => notification.Key)
                .Take(10)
        ];

    private static IEnumerable<PlanCase> Shrink(PlanCase pair) =>
    [
        .. pair.Desired.Budgets.Select(budget => pair with { Desired = new DesiredBudgets(pair.Desired.Budgets.Items.Remove(budget)) }),
        .. pair.Actual.Budgets.Select(budget => pair with { Actual = new ActualBudgets(pair.Actual.Budgets.Items.Remove(budget)) }),
        .. pair.Desired.Budgets.SelectMany(
            budget =>
                budget.Notifications.Select(
                    notification => pair with
                    {
                        Desired = new DesiredBudgets(
                            pair.Desired.Budgets.Items.Replace(budget, budget with { Notifications = budget.Notifications.Items.Remove(notification) }))
                    })),
        .. pair.Actual.Budgets.SelectMany(
            budget =>
                budget.Notifications.Select(
                    notification => pair with
                    {
                        Actual = new ActualBudgets(
                            pair.Actual.Budgets.Items.Replace(budget, budget with { Notifications = budget.Notifications.Items.Remove(notification) }))
                    })),
        .. pair.Desired.Budgets.SelectMany(
            budget =>
                budget.Actions.Select(
                    action => pair with
                    {
                        Desired = new DesiredBudgets(pair.Desired.Budgets.Items.Replace(budget, budget with { Actions = budget.Actions.Items.Remove(action) }))
                    })),
    ];
}
