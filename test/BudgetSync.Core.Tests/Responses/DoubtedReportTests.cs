using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>What becomes of a status by an event that would free the account, and by what its spoke answers to that.</summary>
public sealed class DoubtedReportTests
{
    private const string Armed = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";

    [Fact]
    public void An_event_that_says_that_the_spoke_restricts_no_more_has_it_asked_and_takes_nothing_out_of_the_parameter()
    {
        var account = InForce();
        var report = new Report { Outcome = ReportOutcome.Applied, Budgets = account.Row.Budgets, At = account.Now };

        var row = StatusChange.Reported(account.Row, account.Account.Value, report, SpendBounds.Default, account.Now);
        Assert.Equal("InForce", Assert.Single(row.Restrictions).State.Name);
        Assert.Single(row.Travelling);
        Assert.True(row.IsToBeAsked);
        Assert.Equal(
            (SpendEvent.ReportDoubted, $$"""{"accountId":"{{account.Account}}"}"""),
            row.Untold.Where(untold => untold.Kind == SpendEvent.ReportDoubted).Select(untold => (untold.Kind, untold.Detail)).Single());

        var asked = StatusChange.SpokeAnswered(row, report with { Outcome = ReportOutcome.Looked }, account.Now);
        var failed = Assert.IsType<RestrictionState.Failed>(Assert.Single(asked.Restrictions).State);
        Assert.Contains("does not restrict any more", Assert.Single(failed.Reasons), StringComparison.Ordinal);
        Assert.Empty(asked.Travelling);
        Assert.False(asked.IsToBeAsked);
    }

    [Fact]
    public void A_spoke_that_cannot_tell_what_is_in_force_leaves_all_as_it_is()
    {
        var row = InForce().Row with { IsToBeAsked = true };
        var report = new Report { Outcome = ReportOutcome.Looked, Reasons = ["ssm refused"], At = Spending.Noon };

        Assert.Equal(row.Restrictions, StatusChange.SpokeAnswered(row, report, Spending.Noon).Restrictions);
        Assert.True(StatusChange.SpokeAnswered(row, report, Spending.Noon).IsToBeAsked);
    }

    /// <summary>That it is gone must have been said, and AWS must agree.</summary>
    [Fact]
    public void A_spoke_whose_stack_was_deleted_and_that_AWS_does_not_find_has_failed()
    {
        var account = InForce();
        Assert.Equal(account.Row.Restrictions, StatusChange.SpokeGone(account.Row, SpokeAbsence.OfRole, account.Now).Restrictions);
        var report = new Report { Outcome = ReportOutcome.Pending, StackDeleted = true, At = account.Now };

        var told = StatusChange.Reported(account.Row, account.Account.Value, report, SpendBounds.Default, account.Now);
        Assert.Equal("InForce", Assert.Single(told.Restrictions).State.Name);

        var gone = StatusChange.SpokeGone(told, SpokeAbsence.OfRole, account.Now);
        Assert.IsType<RestrictionState.Failed>(Assert.Single(gone.Restrictions).State);
        Assert.False(gone.Restricts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_being_given_back_is_lifted_when_the_spoke_itself_does_not_name_it_any_more(bool named)
    {
        var account = InForce().Lift();
        EquatableArray<ReportedRestriction> lifted = named ? [new ReportedRestriction(account.Only.Id, RestrictionOutcome.Lifted)] : [];
        var report = new Report { Outcome = ReportOutcome.Applied, Budgets = account.Row.Budgets, Restrictions = lifted, At = account.Now };

        var told = StatusChange.Reported(account.Row, account.Account.Value, report, SpendBounds.Default, account.Now);
        Assert.Equal(("Revoked", true), (Assert.Single(told.Restrictions).State.Name, told.IsToBeAsked));

        var answered = StatusChange.SpokeAnswered(told, report with { Outcome = ReportOutcome.Looked }, account.Now);
        Assert.Equal(("Lifted", false), (Assert.Single(answered.Restrictions).State.Name, answered.IsToBeAsked));
    }

    /// <summary>What models are denied for is given back by a parameter that says nothing of them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_event_that_says_that_the_spoke_meters_no_more_has_it_asked_and_takes_nothing_out_of_the_parameter(bool deleted)
    {
        var account = new Spending("[]");
        var row = account.Row with { Meters = true };
        var report = new Report { Outcome = ReportOutcome.Applied, Budgets = row.Budgets, Restrictions = [], StackDeleted = deleted, At = account.Now };

        var told = StatusChange.Reported(row, account.Account.Value, report, SpendBounds.Default, account.Now);
        Assert.Equal((true, true), (told.Meters, told.IsToBeAsked));

        var looked = report with { Outcome = ReportOutcome.Looked, StackDeleted = false };
        Assert.True(StatusChange.SpokeAnswered(told, looked with { Meters = true }, account.Now).Meters);
        Assert.False(StatusChange.SpokeAnswered(told, looked, account.Now).Meters);
        Assert.Equal(!deleted, StatusChange.SpokeGone(told, SpokeAbsence.OfRole, account.Now).Meters);
        // A spoke that may not be asked is there.
        Assert.True(StatusChange.SpokeGone(told, SpokeAbsence.OfFunction, account.Now).Meters);
    }

    /// <summary>That it ends was decided; nobody is there who could say that it has.</summary>
    [Fact]
    public void What_is_being_given_back_where_nobody_can_be_asked_counts_as_given_back_when_an_event_says_so()
    {
        var account = InForce().Lift();
        Assert.Equal("Revoked", Assert.Single(StatusChange.SpokeGone(account.Row, SpokeAbsence.OfRole, account.Now).Restrictions).State.Name);
        var report = new Report { Outcome = ReportOutcome.Applied, Budgets = account.Row.Budgets, Restrictions = [], At = account.Now };

        var told = StatusChange.Reported(account.Row, account.Account.Value, report, SpendBounds.Default, account.Now);

        Assert.Equal("Lifted", Assert.Single(StatusChange.SpokeGone(told, SpokeAbsence.OfRole, account.Now).Restrictions).State.Name);
        var asked = InForce().Row with { IsToBeAsked = true };
        Assert.Equal("InForce", Assert.Single(StatusChange.SpokeGone(asked, SpokeAbsence.OfRole, account.Now).Restrictions).State.Name);
    }

    private static Spending InForce()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        Assert.Equal("InForce", account.Only.State.Name);
        return account;
    }
}
