using System.Collections.Frozen;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Restrictions;

/// <summary>What is said of a restriction that could not be carried out is true of it, and the way out leads out.</summary>
public sealed class FailedTextTests
{
    private static readonly AccountId Account = AccountId.Parse("111122223333");

    /// <summary>A policy of the organization is attached or not: a quarantine without one once was told as "in force in part".</summary>
    [Theory]
    [InlineData(RestrictionKind.QUARANTINE, false, "QUARANTINE at Over is not in force: why")]
    [InlineData(RestrictionKind.DENY_NEW, true, "DENY_NEW at Over is not in force: why")]
    [InlineData(RestrictionKind.DENY_NEW, false, "DENY_NEW at Over is not, or only in part, in force: why")]
    [InlineData(RestrictionKind.STOP_ALL, false, "STOP_ALL at Over is not, or only in part, in force: why")]
    public void What_failed_is_not_said_to_be_in_force(RestrictionKind kind, bool binding, string text)
    {
        var rule = new ResponseRule(new ResponseTrigger.State(TriggerState.Over), kind) { Binding = binding };
        var failed = new Restriction("r-0123456789ab", "budget", rule, new RestrictionState.Failed(DateTimeOffset.UnixEpoch, ["why"]));

        Assert.Equal(text, new RestrictionChange("", failed).Text);
    }

    /// <summary>No spoke does QUARANTINE, and its row has no Binding that could be taken away.</summary>
    [Theory]
    [InlineData(RestrictionKind.QUARANTINE, "")]
    [InlineData(RestrictionKind.DENY_NEW, ", or take Binding from the row: then the account's spoke does it")]
    [InlineData(RestrictionKind.DENY_AI, ", or take Binding from the row: then the account's spoke does it")]
    public void Where_the_organization_has_no_policy_the_setting_is_named(RestrictionKind kind, string or)
    {
        var control = new DesiredControl(Account, "r-0123456789ab", kind);
        var plan = ControlPlan.Of([control], FrozenDictionary<RestrictionKind, IReadOnlySet<AccountId>>.Empty, null, null);

        Assert.Equal(
            $"the management stack has no policy of the organization for {kind}; deploy it with controlPolicies=true{or}", Assert.Single(plan.Refused).Value);
    }
}
