using System.Text;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>When restrictions begin and end at the edges: of days, of room, of what the ledger and the spoke say.</summary>
public sealed class ResponseEdgeTests
{
    private const string Watch = """[{"At":"Over","Do":"DENY_NEW"}]""";

    private const string Confirm = """[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}]""";

    private const string Armed = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Whoever keeps something attached in an account would else keep everything else from it.</summary>
    [Fact]
    public void What_is_still_being_given_back_takes_no_place_of_what_begins()
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""", 1050);
        account.Decide();
        var planned = Assert.Single(account.Row.Restrictions);
        var revoked = Enumerable.Range(0, 10).Select(
            number => planned with { Id = $"r-00000000000{number}", Budget = "other", State = new RestrictionState.Revoked(account.Now, "it is over") });
        account.Row = account.Row with { Restrictions = [.. revoked] };

        account.Decide();

        Assert.Equal(planned.Id, Assert.Single(account.Row.Restrictions, restriction => restriction.State is RestrictionState.Planned).Id);
    }

    /// <summary>It would end in the moment in which it begins, and begin in the moment after.</summary>
    [Theory]
    [InlineData(Watch)]
    [InlineData(Confirm)]
    [InlineData(Armed)]
    public void What_was_to_hold_until_a_day_that_is_over_is_not_found(string rule)
    {
        var account = new Spending(rule.Replace("}]", ",\"Until\":\"2026-11-11\"}]", StringComparison.Ordinal), 1050);

        for (var round = 0; round < 20; round++) account.After(Hour).Decide();

        Assert.Empty(account.Ledger);
        Assert.Empty(account.Row.Restrictions);
    }

    [Fact]
    public void What_holds_until_a_day_ends_once_when_the_day_is_over()
    {
        var account = new Spending(Armed.Replace("}]", ",\"Until\":\"2026-11-12\"}]", StringComparison.Ordinal), 1050);
        for (var round = 0; round < 100; round++)
        {
            account.After(Hour).Decide();
            if (account.Only.State is RestrictionState.Revoked) account.Reported();
        }

        Assert.Equal(["Planned", "InForce", "Revoked", "Lifted"], account.Ledger.Select(entry => entry.What));
        Assert.Equal("Lifted", account.Only.State.Name);
    }

    [Fact]
    public void A_state_that_was_told_under_another_limit_begins_nothing()
    {
        var account = new Spending(Armed, 130);
        account.Spent(130, memory => memory with { Limit = 100, State = SpendState.Critical });

        Assert.Equal("", account.Decided());
    }

    [Fact]
    public void An_approval_is_good_for_the_day_that_it_was_asked_for_within()
    {
        var late = new Spending(Confirm, 1050);
        late.Decide();
        late.After(Hour).Decide();
        var before = late.Wait(TimeSpan.FromHours(30)).Row;
        Assert.Same(before, StatusChange.Approved(before, late.Only.Id, Spending.Jane, late.Now));

        var held = new Spending(Confirm, 1050);
        held.Decide();
        held.After(Hour).Decide();
        held.Armed = false;
        held.Approve().Decide();
        held.After(TimeSpan.FromHours(25)).Decide();
        held.Armed = true;

        Assert.Equal("Cancelled", held.After(Hour).Decided());
        Assert.Contains(
            $"{Spending.Jane} approved it, and it was held back until its time was over: responses are stopped",
            held.Ledger[^1].Text,
            StringComparison.Ordinal);
    }

    /// <summary>Each for itself would have room; what has none is held back and does not block the account's budgets.</summary>
    [Fact]
    public void What_begins_first_takes_the_room_of_what_would_begin_next()
    {
        var names = string.Join(',', Enumerable.Range(10, RestrictionLimits.Names).Select(number => $"\"{number}{new string('x', 60)}\""));
        var rules = string.Join(',', new[] { "Over", "101", "102", "103" }.Select(
            at => $$"""{"At":"{{at}}","Do":"DENY_NEW","Mode":"ARMED","Except":{"Roles":[{{names}}],"Users":[{{names}}] } }"""));
        var account = new Spending($"[{rules}]", 1050);
        account.Decide();
        account.After(Hour).Decide();

        var (inForce, held) = (account.Row.Travelling, account.Row.Restrictions.Where(one => one.HeldBack.Length > 0).ToList());

        Assert.Equal(4, account.Row.Restrictions.Length);
        Assert.Equal(4, inForce.Length + held.Count);
        Assert.NotEmpty(inForce);
        Assert.All(held, one => Assert.Contains("no room", one.HeldBack, StringComparison.Ordinal));
        var facts = AccountFacts.Of(
            account.Account, account.Row, [Rows.Given.Row(account.RowText, account.Account)], Rows.Given.Defaults with { PolicyLists = null });
        var document = ParameterDocument.Format(facts.Desired!, inForce, facts.TravellingAi); // Not null: the row is right.
        Assert.InRange(Encoding.UTF8.GetByteCount(document), 1, AwsLimits.ParameterBytes);
    }

    [Fact]
    public void The_entry_of_a_beginning_waits_for_the_ledger_however_much_comes_after_it()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour).Decide();
        var begun = account.Ledger.Single(entry => entry.What == "InForce");
        var row = account.Row with { Unrecorded = [begun] };

        for (var report = 0; report < 300; report++)
        {
            var entry = new LedgerEntry(account.Now.AddMinutes(report), begun.Restriction, LedgerEntry.Done, "done");
            row = StatusChange.Responded(row, row.Restrictions, [], [entry]);
        }

        Assert.Equal((100, begun), (row.Unrecorded.Length, row.Unrecorded[0]));
        Assert.Empty(row.Travelling);
    }
}
