using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Responses;

/// <summary>
/// The cap of an account's models as a response: the spoke meters, waits for its grace or a person, and asks; the organization denies the account's models by
/// its policy, with the brake, the switch and the ledger of every response.
/// </summary>
public static class AiCap
{
    /// <summary>A report tells at least once a day.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(26);

    /// <summary>What acts by itself waits its hour here too, so that many at once are noticed.</summary>
    public static ResponseRule Rule { get; } = new(new ResponseTrigger.Percent(100, Forecasted: false), RestrictionKind.DENY_AI)
    {
        Mode = ResponseMode.ARMED,
        Binding = true,
        Budget = AiPolicy.CapBudget,
    };

    /// <summary>True where rows ask for it in earnest: a spoke alone restricts nothing.</summary>
    public static bool IsIn(AiPolicy? policy) => policy?.AccountCap is { Mode: not ResponseMode.WATCH };

    /// <summary>What the spoke's last report means for it; null where no row asks for it.</summary>
    internal static TriggerResult? Of(AccountFacts facts, DateTimeOffset now)
    {
        if (!IsIn(facts.Ai) || facts.Ai?.AccountCap is not { } cap) return null;
        var window = cap.Window.Of(now);
        var report = facts.Row.Ai;
        var line = report?.Lines.FirstOrDefault(line => line.Subject is AiSubject.Account);
        var doubt = report is null ? "the spoke has told nothing of its models"
            : now - report.At > Late ? $"the spoke last told of its models at {UtcText.Minutes(report.At)}"
            : null;
        var fact = line is null ? $"{AiPolicy.CapBudget} has no line in the spoke's report" : $"{AiPolicy.CapBudget} is {line.State.Name}: {AiText.Used(line)}";
        // Whole days, as those of a budget are; the spoke says when a shorter window ends.
        var period = new BudgetPeriod(DayOf(window.Start), DayOf(window.End.AddTicks(-1)).AddDays(1));
        return new TriggerResult(Rule, AiPolicy.CapBudget, period, report is { DenyAccount: true }, doubt, fact);
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
