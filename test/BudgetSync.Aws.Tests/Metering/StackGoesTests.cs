using BudgetSync.LocalAws.Iam;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>A stack that goes leaves nobody suspended, also whom a run that is under way was about to suspend.</summary>
public sealed class StackGoesTests
{
    private const string Account = MeteredWorld.Account;
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
