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

    /// <summary>IAM said no, or cannot be asked: nothing of it begins, so it keeps nobody from beginning; what may have begun does.</summary>
    [Theory]
    [InlineData("refused")]
    [InlineData("unread")]
    [InlineData("by others")]
    public void What_cannot_begin_takes_no_place(string why)
    {
        var account = Refused(isSure: why == "refused");
        foreach (var name in Gone)
        {
            if (why == "unread") account.Has(name, new AiAccess.Unread("denied"));
            if (why == "by others") account.Forget(name).Has(name, new AiAccess.Policy(true));
        }

        account.After(FiveMinutes).Look(carryOut: false);
        var fresh = Enumerable.Range(0, 12).Select(number => $"user/new{number:d2}").ToList();
        foreach (var name in fresh) account.Has(name, new AiAccess.Policy(false)).Spent(name, 2);
        account.Look(carryOut: false);

        var plan = account.After(FiveMinutes).Look(carryOut: false);

        Assert.Equal(fresh[..AiBrake.PerHour], Begun(plan).Where(fresh.Contains));
        Assert.Empty(Begun(plan).Except(fresh));
        Assert.Equal("more than 10 suspensions would begin within an hour", account.Record(fresh[^1]).HeldBack);
        Assert.Equal("", account.Record(fresh[0]).HeldBack);
    }

    /// <summary>It is tried again where others leave a place, and never more than ten.</summary>
    [Fact]
    public void What_IAM_refused_is_tried_again_in_the_places_that_are_left()
    {
        var account = Refused(isSure: true);
        account.Has("user/alice", new AiAccess.Policy(false)).Spent("user/alice", 2).Look(carryOut: false);

        var begun = Begun(account.After(FiveMinutes).Look(carryOut: false)).ToList();

        Assert.Contains("user/alice", begun);
        Assert.Equal(AiBrake.PerHour, begun.Count);
        Assert.Equal("more than 10 suspensions would begin within an hour", account.Record(Gone[^1]).HeldBack);
    }

    /// <summary>The keys of its user are Inactive, and only the policy was refused: that has begun.</summary>
    [Fact]
    public void Half_of_a_suspension_holds_its_place()
    {
        var account = new AiAccount();
        foreach (var name in Enumerable.Range(0, 10).Select(number => $"BedrockAPIKey-{number}"))
        {
            account.Has(name, new AiAccess.Keys([new AiKey($"{name}k", true)])).Spent(name, 2);
            account.Refusals[name] = ["LimitExceeded"];
            account.SureRefusals.Add(name);
        }

        account.Look(carryOut: false);
        account.After(FiveMinutes).Look(carryOut: false);
        foreach (var name in account.Access.Keys.ToList()) account.Has(name, new AiAccess.Keys([new AiKey($"{name}k", false)]));
        account.Has("user/alice", new AiAccess.Policy(false)).Spent("user/alice", 5).Look(carryOut: false);

        Assert.DoesNotContain("user/alice", Begun(account.After(FiveMinutes).Look(carryOut: false)));
    }

    [Fact]
    public void What_IAM_refused_does_not_begin_once_the_kill_switch_is_thrown()
    {
        var account = Refused();
        Assert.NotEmpty(Begun(account.After(FiveMinutes).Look(carryOut: false)));

        account.Policy = account.Policy with { Stopped = true };
        Assert.Empty(Begun(account.After(FiveMinutes).Look(carryOut: false)));
    }

    private static readonly string[] Gone = [.. Enumerable.Range(0, 10).Select(number => $"user/gone{number}")];

    /// <summary>Ten users over their limit, whose suspension IAM refuses.</summary>
    /// <param name="isSure">It said no; else it did not answer.</param>
    private static AiAccount Refused(bool isSure = false)
    {
        var account = new AiAccount();
        foreach (var name in Gone)
        {
            account.Has(name, new AiAccess.Policy(false)).Spent(name, 2);
            account.Refusals[name] = ["NoSuchEntity: The user cannot be found."];
            if (isSure) account.SureRefusals.Add(name);
        }

        account.Look(carryOut: false);
        account.After(FiveMinutes).Look(carryOut: false);
        return account;
    }

    private static IEnumerable<string> Begun(AiPlan plan) => plan.Steps.OfType<AiStep.SetPolicy>().Select(step => step.Principal.Name);
}
