using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>What IAM refuses neither keeps a place of the brake for ever, nor begins under a kill switch that was thrown meanwhile.</summary>
public sealed class AiBrakeTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void Ten_that_IAM_has_refused_for_an_hour_keep_no_place_from_others()
    {
        var account = Refused();
        account.Has("user/alice", new AiAccess.Policy(false)).Spent("user/alice", 5).Look(carryOut: false);
        Assert.DoesNotContain("user/alice", Begun(account.After(FiveMinutes).Look(carryOut: false)));

        Assert.Contains("user/alice", Begun(account.After(TimeSpan.FromHours(1)).Look(carryOut: false)));
    }

    [Fact]
    public void What_IAM_refused_does_not_begin_once_the_kill_switch_is_thrown()
    {
        var account = Refused();
        Assert.NotEmpty(Begun(account.After(FiveMinutes).Look(carryOut: false)));

        account.Policy = account.Policy with { Stopped = true };
        Assert.Empty(Begun(account.After(FiveMinutes).Look(carryOut: false)));
    }

    /// <summary>Ten users over their limit, whose suspension IAM refuses.</summary>
    private static AiAccount Refused()
    {
        var account = new AiAccount();
        foreach (var name in Enumerable.Range(0, 10).Select(number => $"user/gone{number}"))
        {
            account.Has(name, new AiAccess.Policy(false)).Spent(name, 2);
            account.Refusals[name] = ["NoSuchEntity: The user cannot be found."];
        }

        account.Look(carryOut: false);
        account.After(FiveMinutes).Look(carryOut: false);
        return account;
    }

    private static IEnumerable<string> Begun(AiPlan plan) => plan.Steps.OfType<AiStep.SetPolicy>().Select(step => step.Principal.Name);
}
