using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Responses;

/// <summary>
/// Whether a restriction ends because the spending is below its trigger. Amounts come as events, and whoever may put events on the account's bus can make one
/// up. So it ends by the most that is known of the period, under the limit that the rows ask for, or by what the spoke itself answers; by an event never.
/// </summary>
/// <param name="Why">Why it stays; "" where it does not.</param>
internal sealed record FallCheck(FallVerdict Verdict, string Why)
{
    private static readonly FallCheck Confirmed = new(FallVerdict.Confirmed, "");

    /// <param name="known">The most that is known of the period of <paramref name="finding"/>; null where nothing is.</param>
    public static FallCheck Of(TriggerResult finding, KnownSpend? known, AccountFacts facts, SpendBounds bounds, DateTimeOffset now)
    {
        if (facts.Word is SpokeWord.NotNeeded) return Confirmed;
        var isOfModels = ReferenceEquals(finding.Rule, AiCap.Rule);
        if (!isOfModels && finding.Limit is { } limit && IsBelow(finding, known, limit, bounds)) return Confirmed;
        // AWS computes it anew: nobody knows more than what is known.
        if (finding.Doubt is not null) return new(FallVerdict.Refuted, "");
        var isOfPace = finding.Rule.At is ResponseTrigger.Runway && !(finding.Limit is { } most && Lasts(finding, known, most, bounds));
        return facts.Word switch
        {
            SpokeWord.NotAsked when isOfPace && KnownPace.IsTooEarly(known, now) => OfPace(known),
            SpokeWord.NotAsked => new(FallVerdict.Unasked, ""),
            SpokeWord.Silent(var why) => Doubted(why),
            SpokeWord.Said(var report, var models) when isOfModels =>
                models is { DenyAccount: false } || !report.Meters ? Confirmed : Doubted("its Meter does not say so"),
            SpokeWord.Said(var report, _) when report.Revision != facts.Row.DesiredRevision => Doubted("its parameter is not what BudgetSync last asked for"),
            SpokeWord.Said(var report, _) when report.Budgets.Any(budget => budget.Name == finding.Budget && budget.IsAltered) =>
                Doubted("it finds that the budget counts something else than its row asks for"),
            SpokeWord.Said when isOfPace && known is null or { IsPaceAnswered: false } => OfPace(known),
            SpokeWord.Said(var report, _) => Answered(
                finding,
                known,
                facts.Row.Budgets.FirstOrDefault(budget => budget.Name == finding.Budget),
                report.Budgets.FirstOrDefault(budget => budget.Name == finding.Budget),
                bounds),
            _ => throw new InvalidOperationException($"{facts.Word.GetType()} is no case of SpokeWord."),
        };
    }

    /// <summary>What is known of the period after what the status says and the spoke has answered.</summary>
    /// <param name="before">What was known so far.</param>
    /// <param name="finding">Null where no report tells of the budget.</param>
    public static KnownSpend? Known(KnownSpend? before, TriggerResult? finding, AccountFacts facts, SpendBounds bounds, DateTimeOffset now)
    {
        if (finding?.Told is not { } told) return before;
        var earlier = before is not null && before.PeriodStart == told.PeriodStart && before.Unit == told.Unit ? before : null;
        var answer = AnswerOf(facts, finding, told);
        var known = answer ?? (earlier is null ? told : earlier with
        {
            Actual = Math.Max(earlier.Actual, told.Actual),
            Forecast = earlier.Forecast is { } one && told.Forecast is { } other ? Math.Max(one, other) : earlier.Forecast ?? told.Forecast,
        });
        if (finding.Rule.At is ResponseTrigger.Runway) known = KnownPace.Of(known, earlier, finding.BurnPerDay, answer is not null, now);
        var explains = (finding.Limit ?? finding.LimitOfAws) is { } limit && TriggerCheck.MayHold(finding.Rule.At, known, limit, bounds);
        return known with { IsPartial = !explains && (finding is { Doubt: null, Holds: true } || earlier?.IsPartial is not false) };
    }

    /// <summary>
    /// A zero is none: AWS shows it until it has computed what was written, however much was spent. Nor is what a budget says that a person made narrower in
    /// AWS, or by a parameter that is not the hub's.
    /// </summary>
    private static KnownSpend? AnswerOf(AccountFacts facts, TriggerResult finding, KnownSpend told) =>
        facts.Word is SpokeWord.Said(var report, _)
            && report.Revision == facts.Row.DesiredRevision
            && report.Budgets.FirstOrDefault(budget => budget.Name == finding.Budget) is { Missing: false, IsAltered: false } answered
            && answered.ActualSpend is { } actual and not 0
            && answered.Unit == told.Unit
            && answered.Period == finding.Period
            ? new KnownSpend(told.PeriodStart, told.Unit, actual, answered.ForecastedSpend)
            : null;

    private static FallCheck Answered(TriggerResult finding, KnownSpend? known, ReportedBudget? told, ReportedBudget? answered, SpendBounds bounds)
    {
        if (answered is null or { Missing: true }) return Doubted("it does not find the budget");
        if (told is null || told.Limit != answered.Limit || told.Unit != answered.Unit || told.Period != answered.Period)
            return Doubted("it finds another limit or period");
        if (answered.ActualSpend is null || (answered.ActualSpend is 0 && known is { Actual: > 0 }))
        {
            return answered.Limit is { } asked && IsBelow(finding, known, asked, bounds)
                ? Confirmed
                : Doubted("AWS shows no spend, as while it computes the budget anew"
                    + (known is null ? "" : $", and {AmountText.Of(known.Actual, known.Unit)} are known of the period"));
        }

        if ((told.ActualSpend, told.ForecastedSpend) == (answered.ActualSpend, answered.ForecastedSpend)
            && (finding.Rule.At is not ResponseTrigger.Runway || ((finding.Limit ?? answered.Limit) is { } of && Lasts(finding, known, of, bounds))))
            return Confirmed;
        // Known is what was answered.
        if (answered.Limit is { } limit && IsBelow(finding, known, limit, bounds)) return Confirmed;
        var holds = answered.Limit is { } most && known is not null && TriggerCheck.Holds(finding.Rule.At, known, most, bounds);
        return new(holds ? FallVerdict.Refuted : FallVerdict.Doubted, "it finds other amounts");
    }

    private static bool IsBelow(TriggerResult finding, KnownSpend? known, decimal limit, SpendBounds bounds) =>
        known is { IsPartial: false } && !TriggerCheck.MayHold(finding.Rule.At, known, limit, bounds);

    /// <summary>
    /// At the fastest pace that is known the money lasts. Where the state was worse than amounts explain, that is not all there is to know, and the rest is the
    /// spoke's to confirm, as it is of every other trigger.
    /// </summary>
    private static bool Lasts(TriggerResult finding, KnownSpend? known, decimal limit, SpendBounds bounds) =>
        known is { BurnPerDay: not null } && !TriggerCheck.MayHold(finding.Rule.At, known, limit, bounds);

    /// <summary>Until two answers a day apart have said how fast money goes, events alone say it.</summary>
    private static FallCheck OfPace(KnownSpend? known) => known is { IsPaceAnswered: true }
        ? new(FallVerdict.Refuted, "")
        : Doubted("how fast money goes is known by what it answers a day apart" + (known?.AnsweredAt is { } at ? $", first on {AmountText.Of(at)}" : ""));

    private static FallCheck Doubted(string why) => new(FallVerdict.Doubted, why);
}
