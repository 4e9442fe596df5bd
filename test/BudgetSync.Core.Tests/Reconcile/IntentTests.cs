using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Reconcile;

public sealed class IntentTests
{
    private static readonly AccountId Account = AccountId.Parse("111122223333");
    private static readonly Scope Own = new Scope.Account(Account);
    private static readonly Scope Ou = new Scope.OrganizationalUnit("ou-ab12-11111111");
    private static readonly Scope Default = new Scope.Default();
    private static readonly ImmutableArray<Scope> Path = [Own, Ou, Default];
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string None = ParameterDocument.Revision(ParameterDocument.Format(DesiredBudgets.None));

    [Fact]
    public void Rows_that_resolve_are_kept()
    {
        var keep = Assert.IsType<Intent.Keep>(Intent.Of(Desired(Own), Path, Rows(Own), null));
        Assert.Equal(("revision", (RowDeletion?)null), (keep.Parameter.Revision, keep.Parameter.DeletedRow));
        Assert.Equal("111122223333", Assert.Single(keep.Parameter.FromKeys));
    }

    [Fact]
    public void What_models_may_cost_travels_only_to_a_spoke_that_said_that_it_meters_them()
    {
        var policy = new Core.Ai.AiPolicy { DiscountPercent = 5 };
        var desired = Desired(Own) with { Ai = policy };
        var plain = new StatusRow { Key = Account.Value, State = AccountState.Applied, FirstSeenAt = Now };

        Assert.Equal("revision", Assert.IsType<Intent.Keep>(Intent.Of(desired, Path, Rows(Own), plain)).Parameter.Revision);
        var keep = Assert.IsType<Intent.Keep>(Intent.Of(desired, Path, Rows(Own), plain with { Meters = true }));
        Assert.Equal(ParameterDocument.Format(desired.Budgets, [], policy), keep.Parameter.Document);
        Assert.Equal(ParameterDocument.Revision(keep.Parameter.Document), keep.Parameter.Revision);
        Assert.Equal("revision", Assert.IsType<Intent.Keep>(Intent.Of(Desired(Own), Path, Rows(Own), plain with { Meters = true })).Parameter.Revision);
    }

    [Fact]
    public void What_a_deletion_would_have_to_know_is_told_before_the_parameter_is_written()
    {
        var keep = Assert.IsType<Intent.Keep>(Intent.Of(Desired(Own), Path, Rows(Own), null));
        Assert.True(keep.MustBegin(null));

        var begun = StatusChange.Begun(null, Account.Value, keep.Parameter, null, Now);
        Assert.False(keep.MustBegin(begun));
        // Whoever dies now has left enough behind: a row that goes is cleared, one that is disabled is released.
        Assert.Equal(None, Assert.IsType<Intent.Keep>(Intent.Of(new Resolution.Uncovered(), Path, [], begun)).Parameter.Revision);
        Assert.IsType<Intent.Release>(Intent.Of(new Resolution.Disabled(), Path, Rows(Own), begun));

        Assert.True(keep.MustBegin(Kept(OnDelete.RETAIN, Own)));
        Assert.True(keep.MustBegin(Kept(OnDelete.REVERT, Default)));
        Assert.True(keep.MustBegin(StatusChange.Released(Kept(OnDelete.REVERT, Own), Account.Value, ["disabled"], null, 2, Now)));
        Assert.False(keep.MustBegin(Kept(OnDelete.REVERT, Own)));
    }

    [Fact]
    public void A_deleted_row_reverts_to_the_inherited_one() =>
        Assert.Equal("revision", Assert.IsType<Intent.Keep>(Intent.Of(Desired(Default), Path, Rows(Default), Kept(OnDelete.REVERT, Own))).Parameter.Revision);

    [Fact]
    public void A_deleted_row_without_an_inherited_one_deletes_what_we_manage_until_a_report_confirms_it()
    {
        var clear = Assert.IsType<Intent.Keep>(Intent.Of(new Resolution.Uncovered(), Path, [], Kept(OnDelete.REVERT, Own)));
        Assert.Equal((None, 0, (RowDeletion?)null), (clear.Parameter.Revision, clear.Parameter.From.Length, clear.Parameter.DeletedRow));

        var cleared = StatusChange.Propagated(Kept(OnDelete.REVERT, Own), Account.Value, clear.Parameter, 2, null, Now);
        Assert.IsType<Intent.Keep>(Intent.Of(new Resolution.Uncovered(), Path, [], cleared));
        var confirmed = StatusChange.Reported(
            cleared,
            Account.Value,
            new Report { Revision = None, ParameterVersion = 2, Outcome = ReportOutcome.Applied, At = Now.AddMinutes(1) },
            SpendBounds.Default,
            Now.AddMinutes(1));
        Assert.IsType<Intent.LeaveAlone>(Intent.Of(new Resolution.Uncovered(), Path, [], confirmed));
    }

    [Fact]
    public void An_account_that_never_had_anything_of_ours_is_left_alone() =>
        Assert.IsType<Intent.LeaveAlone>(Intent.Of(new Resolution.Uncovered(), Path, [], null));

    [Fact]
    public void OnDelete_DELETE_deletes_whatever_is_inherited_and_holds_until_the_account_has_a_row_of_its_own()
    {
        var clear = Assert.IsType<Intent.Keep>(Intent.Of(Desired(Default), Path, Rows(Default), Kept(OnDelete.DELETE, Own)));
        Assert.Equal((None, new RowDeletion(Account.Value, OnDelete.DELETE)), (clear.Parameter.Revision, clear.Parameter.DeletedRow));

        var cleared = StatusChange.Propagated(Kept(OnDelete.DELETE, Own), Account.Value, clear.Parameter, 2, null, Now);
        Assert.Equal(None, Assert.IsType<Intent.Keep>(Intent.Of(Desired(Ou), Path, Rows(Ou, Default), cleared)).Parameter.Revision);
        Assert.Equal("revision", Assert.IsType<Intent.Keep>(Intent.Of(Desired(Own), Path, Rows(Own, Default), cleared)).Parameter.Revision);
    }

    [Fact]
    public void OnDelete_RETAIN_releases_the_account_and_then_leaves_it_alone_until_it_has_a_row_of_its_own()
    {
        var release = Assert.IsType<Intent.Release>(Intent.Of(Desired(Default), Path, Rows(Default), Kept(OnDelete.RETAIN, Own)));
        Assert.Equal(new RowDeletion(Account.Value, OnDelete.RETAIN), release.DeletedRow);
        var retained = StatusChange.Released(Kept(OnDelete.RETAIN, Own), Account.Value, release.Reasons, release.DeletedRow, 2, Now);
        var alone = Assert.IsType<Intent.LeaveAlone>(Intent.Of(Desired(Default), Path, Rows(Default), retained));
        Assert.Same(retained, StatusChange.Uncovered(retained, Account.Value, alone.Reasons, alone.DeletedRow, Now.AddHours(1)));
        Assert.IsType<Intent.Keep>(Intent.Of(Desired(Own), Path, Rows(Own, Default), retained));
    }

    [Fact]
    public void A_retained_account_that_moves_to_where_no_row_applies_keeps_its_budgets()
    {
        var retained = StatusChange.Released(Kept(OnDelete.RETAIN, Ou), Account.Value, ["gone"], new RowDeletion(Ou.Key, OnDelete.RETAIN), 2, Now);
        var alone = Assert.IsType<Intent.LeaveAlone>(Intent.Of(new Resolution.Uncovered(), [Own, Default], [], retained));
        Assert.Equal(OnDelete.RETAIN, alone.DeletedRow?.Kind);
        Assert.Equal("revision", Assert.IsType<Intent.Keep>(Intent.Of(Desired(Default), [Own, Default], Rows(Default), retained)).Parameter.Revision);
    }

    [Fact]
    public void A_disabled_row_releases_an_account_that_was_propagated_to_once_and_after_every_return_again()
    {
        var kept = Kept(OnDelete.REVERT, Own);
        var release = Assert.IsType<Intent.Release>(Intent.Of(new Resolution.Disabled(), Path, Rows(Own), kept));
        var released = StatusChange.Released(kept, Account.Value, release.Reasons, release.DeletedRow, 2, Now);
        Assert.IsType<Intent.LeaveAlone>(Intent.Of(new Resolution.Disabled(), Path, Rows(Own), released));

        var back = Assert.IsType<Intent.Keep>(Intent.Of(Desired(Own), Path, Rows(Own), released));
        var again = StatusChange.Propagated(released, Account.Value, back.Parameter, 3, null, Now.AddHours(1));
        Assert.IsType<Intent.Release>(Intent.Of(new Resolution.Disabled(), Path, Rows(Own), again));
    }

    [Fact]
    public void A_disabled_row_does_not_touch_an_account_that_was_never_propagated_to()
    {
        Assert.IsType<Intent.LeaveAlone>(Intent.Of(new Resolution.Disabled(), Path, Rows(Own), null));
        Assert.IsType<Intent.LeaveAlone>(
            Intent.Of(new Resolution.Disabled(), Path, Rows(Own), StatusChange.Blocked(null, Account.Value, "aaaa", ["no role"], null, Now)));
    }

    [Fact]
    public void A_write_that_may_have_taken_effect_is_released_too()
    {
        var begun = StatusChange.Begun(null, Account.Value, Wanted("aaaa", [Own], OnDelete.REVERT), null, Now);
        Assert.IsType<Intent.Release>(
            Intent.Of(new Resolution.Disabled(), Path, Rows(Own), StatusChange.Retrying(begun, Account.Value, "aaaa", ["timed out"], null, Now)));
        // Found by the simulation (seed 7784): a wrong edit after it does not make it untrue.
        Assert.IsType<Intent.Release>(Intent.Of(new Resolution.Disabled(), Path, Rows(Own), StatusChange.Rejected(begun, Account.Value, ["bad"], null, Now)));
    }

    [Fact]
    public void What_never_began_to_be_written_is_not_released() =>
        Assert.IsType<Intent.LeaveAlone>(
            Intent.Of(new Resolution.Disabled(), Path, Rows(Own), StatusChange.Retrying(null, Account.Value, "aaaa", ["AssumeRole was throttled"], null, Now)));

    // Found by the simulation (seed 5765): once disabled in between, the budgets were nobody's.
    [Fact]
    public void A_deletion_that_was_interrupted_by_a_disabled_row_is_taken_up_when_that_goes_too()
    {
        var clearing = StatusChange.Propagated(Kept(OnDelete.REVERT, Own), Account.Value, Wanted(None, [], OnDelete.REVERT), 2, null, Now);
        Assert.Equal(Account.Value, Assert.Single(clearing.From));
        var released = StatusChange.Released(clearing, Account.Value, ["disabled"], null, 3, Now.AddSeconds(1));

        Assert.Equal(None, Assert.IsType<Intent.Keep>(Intent.Of(new Resolution.Uncovered(), Path, [], released)).Parameter.Revision);
    }

    // Found by the simulation (seeds 745, 7797, 8292 and others).
    [Fact]
    public void A_write_of_ours_that_comes_to_effect_after_the_account_was_let_go_is_taken_back_and_one_of_somebody_else_is_not()
    {
        var released = StatusChange.Released(Kept(OnDelete.REVERT, Own), Account.Value, ["disabled"], null, 2, Now);
        var late = Report(released, "earlier", 3);
        Assert.Equal((AccountState.Pending, Intent.Release.Revision), (late.State, late.DesiredRevision));
        Assert.IsType<Intent.Release>(Intent.Of(new Resolution.Disabled(), Path, Rows(Own), late));

        var typed = Report(released, "typed by hand", 3);
        Assert.Equal(AccountState.Uncovered, typed.State);
        Assert.IsType<Intent.LeaveAlone>(Intent.Of(new Resolution.Disabled(), Path, Rows(Own), typed));

        var cleared = Report(StatusChange.Propagated(Kept(OnDelete.REVERT, Own), Account.Value, Wanted(None, [], OnDelete.REVERT), 2, null, Now), None, 2);
        var uncovered = StatusChange.Uncovered(cleared, Account.Value, ["no row"], null, Now.AddMinutes(2));
        Assert.Equal(None, Assert.IsType<Intent.Keep>(Intent.Of(new Resolution.Uncovered(), Path, [], Report(uncovered, "earlier", 3))).Parameter.Revision);
        Assert.IsType<Intent.LeaveAlone>(Intent.Of(new Resolution.Uncovered(), Path, [], Report(uncovered, "typed by hand", 3)));

        static StatusRow Report(StatusRow row, string revision, long version) => StatusChange.Reported(
            row,
            Account.Value,
            new Report { Revision = revision, ParameterVersion = version, Outcome = ReportOutcome.Applied, At = Now.AddMinutes(1) },
            SpendBounds.Default,
            Now.AddMinutes(1));
    }

    // Found by the simulation (seeds 252 and 5160): a PutParameter that took 14 minutes, whose row went in the meantime, was overtaken before its revision
    // was recorded. What the row had meant is known, unlike where the status row was lost: its budgets go.
    [Fact]
    public void A_write_that_was_overtaken_before_it_was_recorded_is_cleared_like_the_row_that_went()
    {
        var cleared = StatusChange.Propagated(Kept(OnDelete.REVERT, Own), Account.Value, Wanted(None, [], OnDelete.REVERT), 2, null, Now);
        var late = new LastReport("in our handwriting", 3, ReportOutcome.Applied, [], Now) { IsCanonical = true };
        var uncovered = StatusChange.Uncovered(cleared, Account.Value, ["no row"], null, Now) with { From = [], DesiredRevision = null, LastReport = late };

        Assert.Equal(None, Assert.IsType<Intent.Keep>(Intent.Of(new Resolution.Uncovered(), Path, [], uncovered)).Parameter.Revision);
        Assert.IsType<Intent.Release>(Intent.Of(new Resolution.Uncovered(), Path, [], uncovered with { RecentRevisions = [] }));
    }

    [Fact]
    public void A_move_out_of_an_OU_is_no_deletion_of_its_row() =>
        Assert.Equal(
            "revision",
            Assert.IsType<Intent.Keep>(Intent.Of(Desired(Default), [Own, Default], Rows(Default), Kept(OnDelete.DELETE, Ou))).Parameter.Revision);

    [Fact]
    public void A_nearer_row_makes_the_deletion_of_a_farther_one_irrelevant() =>
        Assert.Equal("revision", Assert.IsType<Intent.Keep>(Intent.Of(Desired(Own), Path, Rows(Own), Kept(OnDelete.DELETE, Ou))).Parameter.Revision);

    [Fact]
    public void Wrong_rows_are_refused() =>
        Assert.Equal("bad", Assert.Single(Assert.IsType<Intent.Refuse>(Intent.Of(new Resolution.Rejected(["bad"]), Path, Rows(Own), null)).Reasons));

    private static Resolution.Desired Desired(Scope from) => new(DesiredBudgets.None, Wanted("revision", [from], OnDelete.REVERT));

    private static DesiredParameter Wanted(string revision, EquatableArray<Scope> from, OnDelete onDelete) => new("document", revision, from, onDelete);

    private static ImmutableArray<RowImage> Rows(params Scope[] scopes) =>
        [.. scopes.Select(scope => new RowImage(ImmutableSortedDictionary<string, RowValue>.Empty.Add("AccountId", new RowValue.Text(scope.Key))))];

    private static StatusRow Kept(OnDelete onDelete, Scope from) =>
        StatusChange.Propagated(null, Account.Value, Wanted("earlier", [from], onDelete), 1, null, Now.AddDays(-1));
}
