using BudgetSync.Core.Alerts;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Responses;

public sealed class MassBrakeTests
{
    private const string Armed = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";

    [Theory]
    [InlineData(100, 10)]
    [InlineData(500, 10)]
    [InlineData(10_000, 200)]
    public void Ten_or_one_for_fifty_accounts_may_begin_within_an_hour(int accounts, int most)
    {
        Assert.False(new MassBrake(most, accounts).IsOn);
        Assert.True(new MassBrake(most + 1, accounts).IsOn);
    }

    [Fact]
    public void Ten_thousand_accounts_over_their_limit_within_an_hour_are_not_restricted_and_one_message_says_so()
    {
        // A wrong default row: they are found minute by minute, and the sweep comes round in between.
        var accounts = Enumerable.Range(0, 10_000).Select(number => new Spending(Armed, 1050, $"{222_200_000_000 + number}")).ToList();
        var found = 0;
        for (var minute = 0; minute < 150; minute += 15)
        {
            if (found < accounts.Count)
            {
                foreach (var account in accounts.Skip(found).Take(2500)) Look(account, minute);
                found += 2500;
            }

            var rows = accounts.Select(account => account.Row).ToList();
            var now = Spending.Noon.AddMinutes(minute);
            var brake = MassBrake.Of(rows, now);
            foreach (var account in accounts.Where(account => !account.Row.Restrictions.IsEmpty)) Sweep(account, minute, brake);
        }

        Assert.All(accounts, account => Assert.IsType<RestrictionState.Planned>(account.Only.State));
        var held = accounts.Select(account => account.Row).ToList();
        var message = Assert.Single(RestrictionAlerts.OfBrake(held, restriction => restriction.HeldBack.Length > 0, Spending.Noon));
        Assert.StartsWith("10000 restrictions would begin within an hour, and at most 200 do by themselves", message.Text, StringComparison.Ordinal);
        // Of none apart: that is the one message.
        Assert.All(held, row => Assert.Empty(RestrictionAlerts.Of(row, null, Spending.Noon)));
        Assert.All(accounts, account => Assert.Equal(0, Told(account)));
    }

    /// <summary>Found between two rounds: the next one, which counts it, has it told, once.</summary>
    [Fact]
    public void A_plan_that_is_not_one_of_too_many_is_told_when_a_round_has_counted_it()
    {
        var account = new Spending(Armed, 1050) { Sweeps = false };
        account.Decide();
        Assert.Empty(RestrictionAlerts.Of(account.Row, null, account.Now));
        account.Sweeps = true;
        account.After(TimeSpan.FromMinutes(15)).Decide();

        Assert.Contains("is planned for", Assert.Single(RestrictionAlerts.Of(account.Row, null, account.Now)).Text, StringComparison.Ordinal);
        Assert.Equal(1, Told(account));
        account.After(TimeSpan.FromMinutes(15)).Decide();
        Assert.Equal(1, Told(account));

        // What was told stays told when too many come after it.
        account.Brake = new MassBrake(11, 10);
        account.After(TimeSpan.FromMinutes(15)).Decide();
        Assert.True(account.Only.IsBraked);
        Assert.Single(RestrictionAlerts.Of(account.Row, null, account.Now));
    }

    [Fact]
    public void A_batch_is_what_the_brake_holds_back_and_nothing_that_is_held_back_for_another_reason()
    {
        var (braked, doubtful) = (new Spending(Armed, 1050), new Spending(Armed, 1050, "222222222222") { Armed = false });
        foreach (var account in new[] { braked, doubtful })
        {
            account.Brake = new MassBrake(11, 100);
            account.Decide();
            account.After(TimeSpan.FromHours(1)).Decide();
        }

        Assert.Equal(braked.Only.Id, Assert.Single(MassBrake.Batch([braked.Only, doubtful.Only], braked.Now)).Id);
        Assert.NotEmpty(doubtful.Only.HeldBack);
    }

    // The first is due when the last is found: what is only about to be due counts too.
    [Fact]
    public void Twelve_accounts_that_pass_their_limits_one_by_one_in_an_hour_are_not_restricted()
    {
        var accounts = Enumerable.Range(0, 12).Select(number => new Spending(Armed, 1050, $"{222_200_000_000 + number}")).ToList();
        for (var minute = 0; minute < 240; minute += 5)
        {
            if (minute / 5 < accounts.Count) Look(accounts[minute / 5], minute);
            var brake = MassBrake.Of([.. accounts.Select(account => account.Row)], Spending.Noon.AddMinutes(minute));
            foreach (var account in accounts.Where(account => !account.Row.Restrictions.IsEmpty)) Sweep(account, minute, brake);
        }

        Assert.All(accounts, account => Assert.IsType<RestrictionState.Planned>(account.Only.State));
    }

    [Fact]
    public void What_a_person_lets_begin_begins_and_does_not_count()
    {
        var accounts = Many(11);
        foreach (var account in accounts) account.Row = StatusChange.Released(account.Row, account.Only.Id, Spending.Jane, account.Now);
        var brake = MassBrake.Of([.. accounts.Select(account => account.Row)], accounts[0].Now);

        Assert.Equal(0, brake.Due);
        foreach (var account in accounts)
        {
            account.Brake = brake;
            Assert.Equal("InForce", account.Decided());
            Assert.Contains(account.Ledger, entry => entry is { What: LedgerEntry.Released, By: Spending.Jane });
        }
    }

    /// <summary>One of the eleven is found a quarter of an hour after the others: it is not due yet when the brake is on.</summary>
    [Fact]
    public void A_batch_that_is_held_back_stays_so_when_some_drop_out_until_a_person_lets_it_begin_or_its_reason_is_gone()
    {
        var accounts = Many(11);
        accounts[10] = new Spending(Armed, 1050, "222200000010").Wait(TimeSpan.FromMinutes(15)).Spent(1050);
        accounts[10].Decide();
        var brake = MassBrake.Of([.. accounts.Select(account => account.Row)], accounts[0].Now);
        Assert.True(brake.IsOn);
        foreach (var account in accounts) Sweep(account, 60, brake);
        foreach (var account in accounts.Take(8)) account.Respond("[]").Decide();

        var rest = accounts.Skip(8).ToList();
        for (var minute = 75; minute < 180; minute += 15)
        {
            brake = MassBrake.Of([.. accounts.Select(account => account.Row)], Spending.Noon.AddMinutes(minute));
            Assert.False(brake.IsOn);
            foreach (var account in rest)
            {
                account.Wait(Spending.Noon.AddMinutes(minute) - account.Now).Spent(1050);
                Sweep(account, minute, brake);
            }
        }

        Assert.All(rest, account => Assert.IsType<RestrictionState.Planned>(account.Only.State));
        Assert.Equal(3, MassBrake.Batch(rest.Select(account => account.Only), rest[0].Now).Length);
        rest[0].Row = StatusChange.Released(rest[0].Row, rest[0].Only.Id, Spending.Jane, rest[0].Now);
        rest[1].Spent(10);
        foreach (var account in rest) account.Decide();
        Assert.Equal(["InForce", "Cancelled", "Planned"], rest.Select(account => account.Only.State.Name));
    }

    [Fact]
    public void What_began_within_the_hour_counts_and_what_began_before_does_not()
    {
        var accounts = Many(9);
        foreach (var account in accounts) account.Decide();
        var late = new Spending(Armed, 1050, "222233334444");
        StatusRow[] rows = [.. accounts.Select(account => account.Row), late.Row];

        Assert.Equal(9, MassBrake.Of(rows, accounts[0].Now.AddMinutes(59)).Due);
        Assert.Equal(0, MassBrake.Of(rows, accounts[0].Now.AddHours(1)).Due);
    }

    [Fact]
    public void What_cannot_begin_because_its_spoke_does_not_restrict_does_not_hold_back_the_others()
    {
        var accounts = Many(11);
        foreach (var account in accounts) account.Row = account.Row with { Restricts = false };

        Assert.Equal(0, MassBrake.Of([.. accounts.Select(account => account.Row)], accounts[0].Now).Due);
    }

    private static List<Spending> Many(int count)
    {
        var accounts = Enumerable.Range(0, count).Select(number => new Spending(Armed, 1050, $"{222_200_000_000 + number}")).ToList();
        foreach (var account in accounts)
        {
            account.Decide();
            account.After(TimeSpan.FromHours(1));
        }

        return accounts;
    }

    /// <summary>Events that have its plan told, and are no change of its state.</summary>
    private static int Told(Spending account) =>
        account.Row.Untold.Count(one => one.Detail.Contains("\"before\":\"Planned\",\"after\":\"Planned\"", StringComparison.Ordinal));

    private static void Look(Spending account, int minute)
    {
        account.Wait(Spending.Noon.AddMinutes(minute) - account.Now).Spent(1050);
        account.Sweeps = false;
        account.Decide();
    }

    private static void Sweep(Spending account, int minute, MassBrake brake)
    {
        account.Wait(Spending.Noon.AddMinutes(minute) - account.Now);
        (account.Sweeps, account.Brake) = (true, brake);
        account.Decide();
    }
}
