using BudgetSync.LocalAws.Iam;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>What has changed is told until it was told, and as it stands: a person's commands go by it.</summary>
public sealed class ToldTests
{
    private const string Account = MeteredWorld.Account;
    private const string Role = "role/DataScience";
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""";
    private const string Armed = """{"Default":{"Limit":1,"Window":"30d","Warn":70,"Critical":90,"Grace":"5m","Mode":"ARMED","Shared":true}}""";

    /// <summary>The bus refuses the report, or the function is killed before it sends it: only what was told is kept as told.</summary>
    [Fact]
    public async Task A_change_that_was_not_told_is_told_by_the_next_run_of_any_instance_and_then_no_more()
    {
        await using var world = await CreateAsync();
        Assert.True((await world.TellAsync()).Changed);
        Assert.False((await world.Budgets().SettleAsync(default))!.Value.Changed);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Suspended", await world.StateAsync(Role));

        var (first, again) = ((await world.Budgets().SettleAsync(default))!.Value, await world.TellAsync());

        Assert.Equal((true, true), (first.Changed, again.Changed));
        Assert.Equal("Suspended", Assert.Single(again.Report.Lines).State.Name);
        Assert.False((await world.Budgets().SettleAsync(default))!.Value.Changed);
    }

    /// <summary>Another run writes in between, at each write of this one: what is told is what the table says in the end.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_report_says_what_is_kept_also_where_another_run_has_decided(int at)
    {
        await using var world = await CreateAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var (writes, isOther) = (0, false);
        world.Cloud.Faults.OnCalls(call =>
        {
            if (isOther || call.Operation != "PutItem" || ++writes != at) return null;
            isOther = true;
            world.Budgets(2).SettleAsync(default).GetAwaiter().GetResult();
            return null;
        });

        var settled = (await world.Budgets().SettleAsync(default))!.Value;

        Assert.True(isOther);
        Assert.Equal(await world.StateAsync(Role), Assert.Single(settled.Report.Lines).State.Name);
        Assert.True(settled.Changed);
    }

    private static async Task<MeteredWorld> CreateAsync()
    {
        var world = await MeteredWorld.CreateAsync();
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("DataScience", PolicyDocument.Parse(Trust)));
        await world.AskAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        return world;
    }
}
