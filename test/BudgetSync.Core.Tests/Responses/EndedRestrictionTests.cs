using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>
/// A budget's period may be years long, and each edit of whom a response binds ends one restriction and begins another: the status has the newest of those
/// that have ended, and the ledger has all.
/// </summary>
public sealed class EndedRestrictionTests
{
    [Fact]
    public void Of_many_that_ended_in_one_period_the_newest_are_kept()
    {
        var account = new Spending(Deny(0), 1050);
        for (var edit = 0; edit <= 60; edit++)
        {
            account.Respond(Deny(edit)).Wait(TimeSpan.FromMinutes(1)).Spent(1050).Decide();
            account.Decide();
            Assert.InRange(account.Row.Restrictions.Length, 1, RestrictionLimits.EndedOfBudget + 2);
        }

        var kept = account.Row.Restrictions.Where(one => one.State.IsEnded).Select(one => Assert.Single(one.Rule.Binds.Roles)).ToList();
        Assert.Equal(Enumerable.Range(50, RestrictionLimits.EndedOfBudget).Select(edit => $"role{edit}").Order(), kept.Order());
        Assert.Equal(60, account.Ledger.Count(entry => entry.What == "Cancelled"));
    }

    /// <summary>It would begin anew in the period that a person has decided it for.</summary>
    [Fact]
    public void What_a_person_took_back_is_kept_while_its_row_asks_for_it()
    {
        var account = new Spending(Deny(0), 1050);
        account.Decide();
        account.Lift().Decide();
        var id = account.Only.Id;
        for (var edit = 1; edit <= 60; edit++)
        {
            account.Respond($"[{Deny(0)[1..^1]},{Deny(edit, 90)[1..^1]}]").Wait(TimeSpan.FromMinutes(1)).Spent(1050).Decide();
            account.Decide();
        }

        Assert.True(Assert.Single(account.Row.Restrictions, one => one.Id == id).State is RestrictionState.Cancelled);
        Assert.InRange(account.Row.Restrictions.Length, 1, RestrictionLimits.EndedOfBudget + 3);
    }

    /// <summary>Two budgets with ten responses each.</summary>
    [Fact]
    public void What_has_no_place_beside_ten_others_is_in_the_ledger_once_and_planned_when_there_is_room()
    {
        var all = Enumerable.Range(0, 10).Select(number => Deny(number, 50 + number)[1..^1]).ToList();
        var account = new Spending("[]", 1050) { RowText = Two(all) };
        for (var round = 0; round < 3; round++) Second(account.Wait(TimeSpan.FromMinutes(15)).Spent(1050)).Decide();

        Assert.Equal((10, 10), (account.Row.Restrictions.Length, account.Row.LeftOut.Count));
        var entries = account.Ledger.Where(entry => entry.What == LedgerEntry.HeldBack).ToList();
        Assert.Equal([.. account.Row.LeftOut], entries.ConvertAll(entry => entry.Restriction).Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Contains("is not planned: the account has 10 restrictions already", entry.Text, StringComparison.Ordinal));

        account.RowText = Two(all.Take(5));
        Second(account).Decide();
        Second(account).Decide();
        Assert.Equal((10, 0), (account.Row.Restrictions.Count(one => !one.State.IsEnded), account.Row.LeftOut.Count));
    }

    private static string Two(IEnumerable<string> responses) => $$"""
        {"AccountId":"111122223333","Responses":[{{string.Join(',', responses)}}],
         "Budgets":[{"BudgetName":"SpokeAccountBudget","BudgetValue":1000},{"BudgetName":"zzz","BudgetValue":1000}]}
        """;

    private static Spending Second(Spending account)
    {
        account.Row = account.Row with
        {
            Spend = [account.Row.Spend[0], account.Row.Spend[0] with { BudgetName = "zzz" }],
            Budgets = [account.Row.Budgets[0], account.Row.Budgets[0] with { Name = "zzz" }],
        };
        return account;
    }

    private static string Deny(int number, int at = 100) => $$"""[{"At":"{{at}}","Do":"DENY_NEW","Mode":"ARMED","Roles":["role{{number}}"]}]""";
}
