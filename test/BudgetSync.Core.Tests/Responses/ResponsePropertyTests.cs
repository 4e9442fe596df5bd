using System.Globalization;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>What must hold whatever rows say, is spent, people do and spokes report, in whatever order.</summary>
public sealed class ResponsePropertyTests
{
    private const int Steps = 12;

    private static readonly string[] Kinds = ["NOTIFY", "DENY_NEW", "DENY_AI", "STOP_ALL", "STOP_IDLE", "QUARANTINE"];

    [Fact]
    public void Nothing_begins_that_may_not() => Property.ForAllSeeds(random =>
    {
        var account = new Spending(Rules(random), 0, random.Next(8) == 0 ? "999999999999" : "111122223333");
        for (var step = 0; step < Steps; step++)
        {
            var before = account.Row;
            var doubtful = Happen(account, random);
            var known = account.Row.Restrictions.ToDictionary(restriction => restriction.Id, StringComparer.Ordinal);
            account.Decide();
            foreach (var restriction in account.Row.Restrictions.Where(restriction => restriction.State.IsDesired))
            {
                if (known.GetValueOrDefault(restriction.Id) is { State.IsDesired: true }) continue;
                Assert.True(account.Armed, "Nothing begins while responses are stopped.");
                Assert.False(doubtful, "Nothing begins on amounts that cannot be trusted.");
                Assert.NotEqual("999999999999", account.Account.Value);
                Assert.NotEqual(ResponseMode.WATCH, restriction.Rule.Mode);
                Assert.NotEqual(RestrictionKind.NOTIFY, restriction.Rule.Do);
                if (restriction.Rule.Mode == ResponseMode.CONFIRM) Assert.Equal(Spending.Jane, restriction.ApprovedBy);
                if (restriction.Rule.Mode == ResponseMode.ARMED) Assert.True(account.Sweeps || restriction.ApprovedBy is not null);
            }

            Assert.True(account.Row.ItemVersion >= before.ItemVersion);
        }
    });

    [Fact]
    public void Every_change_of_a_restriction_leaves_an_entry_and_what_travels_has_one_that_says_so() => Property.ForAllSeeds(random =>
    {
        var account = new Spending(Rules(random));
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var step = 0; step < Steps; step++)
        {
            Happen(account, random);
            account.Decide();
            foreach (var restriction in account.Row.Restrictions)
            {
                if (states.GetValueOrDefault(restriction.Id) != restriction.State.Name)
                    Assert.Contains(account.Ledger, entry => entry.Restriction == restriction.Id && entry.What == restriction.State.Name);
                states[restriction.Id] = restriction.State.Name;
            }

            Assert.All(account.Row.Travelling, desired =>
                Assert.Contains(account.Ledger, entry => entry.Restriction == desired.Id && entry.What == nameof(RestrictionState.InForce)));
            Assert.InRange(account.Row.Travelling.Length, 0, 10);
        }
    });

    [Fact]
    public void Deciding_twice_is_deciding_once() => Property.ForAllSeeds(random =>
    {
        var account = new Spending(Rules(random));
        for (var step = 0; step < Steps; step++)
        {
            Happen(account, random);
            account.Decide();
            var once = account.Row;
            account.Decide();
            Assert.Equal(once.Restrictions, account.Row.Restrictions);
        }
    });

    /// <returns>Whether the amounts cannot be trusted now.</returns>
    private static bool Happen(Spending account, Random random)
    {
        account.Armed = random.Next(6) > 0;
        account.Sweeps = random.Next(2) == 0;
        account.Wait(TimeSpan.FromMinutes(random.Next(1, 600)));
        var waiting = account.Row.Restrictions.Where(restriction => !restriction.State.IsEnded).Select(restriction => restriction.Id).ToList();
        var id = waiting.Count == 0 ? "r-000000000000" : waiting[random.Next(waiting.Count)];
        switch (random.Next(7))
        {
            case 0:
                account.Respond(Rules(random));
                break;
            case 1:
                account.Row = Core.Status.StatusChange.Approved(account.Row, id, Spending.Jane, account.Now);
                break;
            case 2 when random.Next(3) == 0:
                account.Row = Core.Status.StatusChange.LiftAsked(account.Row, id, Spending.Jane, "a slip", account.Now);
                break;
            case 3:
                var outcome = (RestrictionOutcome)random.Next(3);
                var report = new ReportedRestriction(id, outcome) { Reasons = outcome == RestrictionOutcome.Failed ? ["no"] : [] };
                account.Spent(account.Row.Budgets[0].ActualSpend ?? 0).Reported(report);
                break;
        }

        var doubtful = random.Next(4) == 0;
        account.Spent(random.Next(0, 3000), memory => doubtful ? memory with { Freshness = new Freshness.Held(account.Now, "UpdateBudget") } : memory);
        return doubtful;
    }

    private static string Rules(Random random)
    {
        var rules = Enumerable.Range(0, random.Next(0, 4)).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"At":"{{random.Next(80, 200) + (number * 200)}}","Do":"{{Kinds[random.Next(Kinds.Length)]}}","Mode":"{{(ResponseMode)random.Next(3)}}",
            "Grace":"{{random.Next(60, 200)}}m","Until":"{{(random.Next(2) == 0 ? "PERIOD" : "MANUAL")}}"}
            """));
        return $"[{string.Join(',', rules)}]";
    }
}
