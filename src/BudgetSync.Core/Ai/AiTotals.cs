using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>Adds sums of days up to what each budget of a policy has used of the window that is now.</summary>
public static class AiTotals
{
    /// <summary>One for each subject that used anything in its window, in order of key.</summary>
    /// <param name="days">From the day of <see cref="Since"/> on.</param>
    /// <param name="minutes">The last ones, as many as <see cref="MinutesBack"/> says.</param>
    /// <remarks>
    /// Money is by the hour, so exact for every window; calls and tokens are by the day: a window of 5 hours has those of the days it touches.
    /// </remarks>
    public static ImmutableArray<AiTotal> Of(AiPolicy policy, IReadOnlyList<AiDaySum> days, IReadOnlyList<AiMinuteSum> minutes, DateTimeOffset now)
    {
        var used = new Dictionary<string, (AiSubject Subject, List<AiDaySum> Days)>(StringComparer.Ordinal);
        foreach (var day in days)
        {
            foreach (var subject in policy.SubjectsOf(day.Principal, day.Model))
            {
                if (!used.TryGetValue(subject.Key, out var known)) used[subject.Key] = known = (subject, []);
                known.Days.Add(day);
            }
        }

        return
        [
            .. used.Values.OrderBy(one => one.Subject.Key, StringComparer.Ordinal)
                .Select(one => Of(policy, one.Subject, one.Days, minutes, now))
                .OfType<AiTotal>(),
        ];
    }

    /// <summary>The first day that any budget of a policy looks at.</summary>
    public static DateOnly Since(AiPolicy policy, DateTimeOffset now) =>
        DateOnly.FromDateTime(Budgets(policy).Min(budget => budget.Window.Of(now).Start).UtcDateTime);

    /// <summary>How many minutes the rates of a policy look back; 0 where it has none.</summary>
    public static int MinutesBack(AiPolicy policy) => Budgets(policy).Max(budget => budget.Rate is { } rate ? rate.Minutes + AiDecision.LateMinutes : 0);

    private static IEnumerable<AiBudget> Budgets(AiPolicy policy) =>
        policy.Principals.Values.Concat(policy.Models.Values).Concat(policy.Pools.Values.Select(pool => pool.Budget)).Append(policy.Default)
            .Concat(policy.AccountCap is { } cap ? [cap] : []);

    private static AiTotal? Of(AiPolicy policy, AiSubject subject, List<AiDaySum> days, IReadOnlyList<AiMinuteSum> minutes, DateTimeOffset now)
    {
        if (policy.BudgetOf(subject) is not { } budget) return null;
        var period = budget.Window.Of(now);
        var inside = days.Where(day => day.Touches(period)).ToList();
        if (inside.Count == 0) return null;
        var most = inside.GroupBy(day => $"{day.Model.Id} in {day.Region}").Select(group => (Name: group.Key, Cost: group.Sum(day => day.In(period))))
            .OrderByDescending(one => one.Cost).ThenBy(one => one.Name, StringComparer.Ordinal).First();
        return new AiTotal(subject, period, inside.Sum(day => day.In(period)) * policy.Paid)
        {
            Calls = inside.Sum(day => day.Calls),
            Tokens = inside.Aggregate(default(TokenCount), (sum, day) => sum + day.Tokens),
            UnpricedCalls = inside.Sum(day => day.UnpricedCalls),
            UncountedCalls = inside.Sum(day => day.UncountedCalls),
            Mostly = most.Cost > 0 ? most.Name : "",
            Minutes = budget.Rate is null ? [] : Minutes(policy, subject, minutes),
        };
    }

    private static EquatableArray<AiMinute> Minutes(AiPolicy policy, AiSubject subject, IReadOnlyList<AiMinuteSum> minutes) =>
    [
        .. minutes.Where(one => policy.SubjectsOf(one.Principal, NoModel).Any(of => of.Key == subject.Key))
            .GroupBy(one => one.Minute.Start)
            .OrderBy(group => group.Key)
            .Select(group => new AiMinute(group.Key, group.Sum(one => one.Minute.Calls), group.Sum(one => one.Minute.Tokens))),
    ];

    /// <summary>Minutes are counted by principal: a model's budget only tells, and has none.</summary>
    private static readonly BedrockModel NoModel = new("", ModelKind.Unknown);
}
