using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Metering;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>A stack that goes leaves nobody suspended, also whom a run that is under way was about to suspend.</summary>
public sealed class StackGoesTests
{
    private const string Account = MeteredWorld.Account;
    private const string Arn = $"arn:aws:iam::{Account}:policy/BudgetSync/{ModelSuspension.Policy}";
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""";
    private const string Armed = """{"Default":{"Limit":1,"Window":"DAILY","Warn":70,"Critical":90,"Grace":"5m","Mode":"ARMED","Shared":true}}""";

    [Fact]
    public async Task Who_is_due_after_it_was_given_back_is_not_suspended()
    {
        await using var world = await DueAsync();

        await world.Budgets().ReleaseAsync(default);
        await world.Budgets().SettleAsync(default);

        Assert.False(IsBound(world));
        // A stack that stays after all goes on.
        await world.PassAsync(TimeSpan.FromMinutes(16));
        Assert.True(IsBound(world));
    }

    /// <summary>The run has written what it is about to take, and is before its call of IAM, when the stack goes.</summary>
    [Fact]
    public async Task A_run_that_is_under_way_suspends_nobody()
    {
        await using var world = await DueAsync();
        var gone = false;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (gone || call.Operation != "PutItem") return null;
            gone = true;
            world.Budgets().ReleaseAsync(default).GetAwaiter().GetResult();
            return null;
        });

        await world.Budgets().SettleAsync(default);

        Assert.True(gone);
        Assert.False(IsBound(world));
    }

    /// <summary>A call that IAM was sent before the stack went takes effect seconds later.</summary>
    [Fact]
    public async Task What_takes_effect_seconds_later_is_given_back_too()
    {
        await using var world = await DueAsync();
        var late = world.Clock.GetUtcNow().AddSeconds(12);
        var done = false;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (!done && call.Operation == "ListEntitiesForPolicy" && world.Clock.GetUtcNow() >= late) Attach();
            return null;
        });

        await world.Budgets().ReleaseAsync(default);
        if (!done) Attach();

        Assert.False(IsBound(world));

        void Attach()
        {
            done = true;
            world.Identities.AttachRolePolicyAsync(new() { RoleName = "DataScience", PolicyArn = Arn }).GetAwaiter().GetResult();
        }
    }

    /// <summary>The stack's deletion says who is left, instead of leaving him.</summary>
    [Fact]
    public async Task What_cannot_be_given_back_fails_the_deletion_by_name_within_its_time()
    {
        await using var world = await DueAsync();
        await world.Budgets().SettleAsync(default);
        var before = world.Clock.GetUtcNow();
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "ListEntitiesForPolicy")
                world.Identities.AttachRolePolicyAsync(new() { RoleName = "DataScience", PolicyArn = Arn }).GetAwaiter().GetResult();
            return null;
        });

        var left = await Assert.ThrowsAsync<AwsFaultException>(() => world.Budgets().ReleaseAsync(default));

        Assert.Contains("role/DataScience; delete the stack again", left.Message, StringComparison.Ordinal);
        Assert.InRange(world.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(200));
    }

    /// <summary>A run takes it again before each look but the last of the usual ones, which finds nothing: one more look says whether that is so.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_last_look_that_is_the_first_to_find_nothing_is_followed_by_one_more(bool isTakenAgain)
    {
        await using var world = await DueAsync();
        var looks = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "ListEntitiesForPolicy") return null;
            looks++;
            if (looks <= Limits.ReleaseWaits.Length || (isTakenAgain && looks == Limits.ReleaseWaits.Length + 2))
                world.Identities.AttachRolePolicyAsync(new() { RoleName = "DataScience", PolicyArn = Arn }).GetAwaiter().GetResult();
            return null;
        });

        var release = world.Budgets().ReleaseAsync(default);

        if (isTakenAgain) await Assert.ThrowsAsync<AwsFaultException>(() => release);
        else await release;
        Assert.Equal(Limits.ReleaseWaits.Length + 2, looks);
        Assert.False(IsBound(world));
    }

    private static async Task<MeteredWorld> DueAsync()
    {
        var world = await MeteredWorld.CreateAsync();
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("DataScience", PolicyDocument.Parse(Trust)));
        await world.AskAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        return world;
    }

    private static bool IsBound(MeteredWorld world) => world.Cloud.Iam.FindRole(Account, "DataScience")!.Definition.ManagedPolicyArns.Any();
}
