using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>An account with one budget of 1,000 USD, its rows, and what happens to it one step after the other.</summary>
internal sealed class Spending
{
    public const string Jane = "arn:aws:iam::999999999999:user/jane";

    public static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    public static readonly BudgetPeriod November = new(new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1));

    private RowImage row = null!; // Set with the text, which the constructor sets.

    public Spending(string responses, decimal actual = 0, string account = "111122223333")
    {
        Account = AccountId.Parse(account);
        Respond(responses);
        Spent(actual);
    }

    public AccountId Account { get; }

    public string RowText
    {
        get;
        set
        {
            field = value;
            row = Given.Row(value, Account);
        }
    } = "";

    public DateTimeOffset Now { get; private set; } = Noon;

    public bool Armed { get; set; } = true;

    /// <summary>Whether the round looks at all accounts, as the sweep does, or at this one.</summary>
    public bool Sweeps { get; set; } = true;

    public MassBrake? Brake { get; set; }

    public AccountProtection Protection { get; set; } = new AccountProtection.None(Noon);

    /// <summary>What the spoke answers; the truth as it was reported, unless a test says otherwise.</summary>
    public SpokeWord Word
    {
        get => field ?? new SpokeWord.Said(new Report { Outcome = ReportOutcome.Looked, Budgets = [.. Row.Budgets.Select(Truth)], At = Now }, Row.Ai);
        set;
    }

    /// <summary>What AWS has forgotten is a zero in the answer.</summary>
    private ReportedBudget Truth(ReportedBudget budget) =>
        Row.Spend.Any(standing => standing.BudgetName == budget.Name && standing.Memory.Freshness is Freshness.Held)
            ? budget with { ActualSpend = 0, ForecastedSpend = null, UpdatedAt = Now }
            : budget;

    public StatusRow Row { get; set; } = new() { Key = "111122223333", State = AccountState.Applied, FirstSeenAt = Noon, Restricts = true };

    public List<LedgerEntry> Ledger { get; } = [];

    public AccountFacts Facts => AccountFacts.Of(Account, Row, [row], Given.Defaults with { PolicyLists = null }) with { Protection = Protection };

    public Restriction Only => Assert.Single(Row.Restrictions);

    /// <summary>The row asks for this from now on.</summary>
    public Spending Respond(string responses, string more = "")
    {
        RowText = $$"""{"AccountId":"{{Account}}","BudgetValue":1000,"Responses":{{responses}}{{more}}}""";
        return this;
    }

    /// <summary>A look found this.</summary>
    public Spending Spent(decimal actual, Func<SpendMemory, SpendMemory>? memory = null, Func<ReportedBudget, ReportedBudget>? budget = null)
    {
        var period = BudgetPeriod.Of(TimeUnit.MONTHLY, DateOnly.FromDateTime(Now.UtcDateTime));
        var state = SpendBounds.Default.StateOf(new SpendAmount(1000, "USD"), new SpendAmount(actual, "USD"), null);
        var known = new SpendMemory { State = state, Period = period, Limit = 1000, Actual = actual, AmountsAt = Now, LastLookAt = Now };
        var reported = new ReportedBudget("SpokeAccountBudget", 1000, "USD", actual, null, state) { AsOf = Now, Period = period };
        Row = Row with
        {
            Key = Account.Value,
            Spend = [new SpendStanding("SpokeAccountBudget", memory?.Invoke(known) ?? known)],
            Budgets = [budget?.Invoke(reported) ?? reported],
        };
        return this;
    }

    /// <summary>Time passes, with a look at its end: what was spent stays.</summary>
    public Spending After(TimeSpan time)
    {
        Now += time;
        return Spent(Row.Budgets[0].ActualSpend ?? 0);
    }

    public Spending Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>Responses are decided, written down and recorded.</summary>
    public ResponseDecision Decide()
    {
        var facts = Facts;
        var brake = Sweeps ? Brake ?? MassBrake.Of([Row], Now) : null;
        var decision = ResponsePlan.Decide(facts, new ResponseContext(Now, Armed, brake));
        if (decision.AsksSpoke) decision = ResponsePlan.Decide(facts with { Word = Word }, new ResponseContext(Now, Armed, brake));
        Row = StatusChange.Responded(Row, decision.Restrictions, [.. decision.Changes, .. decision.Weighed], decision.Entries, null, decision.LeftOut);
        Ledger.AddRange(Row.Unrecorded);
        Row = StatusChange.Recorded(Row, [.. Row.Unrecorded]);
        return decision;
    }

    /// <summary>As <see cref="Decide"/>, for what comes of it.</summary>
    public string Decided()
    {
        Decide();
        return string.Join(", ", Row.Restrictions.Select(restriction => restriction.State.Name));
    }

    /// <inheritdoc cref="Decided()"/>
    public Spending Decided(out string states)
    {
        states = Decided();
        return this;
    }

    public Spending Approve(string by = Jane)
    {
        Row = StatusChange.Approved(Row, Only.Id, by, Now);
        return this;
    }

    public Spending Lift()
    {
        Row = StatusChange.LiftAsked(Row, Only.Id, Jane, "a slip", Now);
        return this;
    }

    /// <summary>The spoke reports after an apply, and says the same when it is asked for that.</summary>
    public Spending Reported(params ReportedRestriction[] restrictions)
    {
        var report = new Report
        {
            Account = Account,
            Outcome = ReportOutcome.Applied,
            Budgets = Row.Budgets,
            Restrictions = EquatableArray.Create<ReportedRestriction>(restrictions),
            At = Now,
        };
        Row = StatusChange.Reported(Row, Account.Value, report, SpendBounds.Default, Now);
        if (Row.IsToBeAsked) Row = StatusChange.SpokeAnswered(Row, report with { Outcome = ReportOutcome.Looked }, Now);
        return this;
    }
}
