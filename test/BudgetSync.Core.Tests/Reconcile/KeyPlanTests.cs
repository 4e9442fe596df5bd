using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Reconcile;

/// <summary>Rows whose key is no account: what is wrong with them is kept under the key, as long as it is wrong.</summary>
public sealed class KeyPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private const string Wrong = "BudgetValue: -1 is too small";

    [Fact]
    public void A_wrong_row_is_refused_once()
    {
        var refusal = Assert.IsType<KeyDecision.Refuse>(Decide(Wrong, null));
        Assert.Equal(Wrong, Assert.Single(refusal.Problems));
        var status = refusal.After(null, "default", null, Now);
        Assert.Equal(AccountState.Rejected, status.State);
        Assert.IsType<KeyDecision.Leave>(Decide(Wrong, status));
        Assert.IsType<KeyDecision.Refuse>(Decide("another", status));
    }

    [Fact]
    public void A_row_that_was_put_right_or_is_gone_is_forgotten()
    {
        var status = Assert.IsType<KeyDecision.Refuse>(Decide(Wrong, null)).After(null, "default", null, Now);
        Assert.Equal(status, Assert.IsType<KeyDecision.Forget>(Decide(null, status)).Status);
        Assert.IsType<KeyDecision.Leave>(Decide(null, null));
    }

    private static KeyDecision Decide(string? problem, StatusRow? status) =>
        KeyPlan.Decide("default", problem is null ? [] : [problem], status, null, Now);
}
