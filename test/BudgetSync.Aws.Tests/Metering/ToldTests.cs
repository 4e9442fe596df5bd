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

    /// <summary>The hub may have no means to deny an account's models: it hears of it once, and with each hour's report.</summary>
    [Fact]
    public async Task A_cap_that_the_hub_does_not_carry_out_is_told_once_and_not_with_every_batch()
    {
        await using var world = await MeteredWorld.CreateAsync();
        await world.AskAsync("""{"Default":{"Limit":100},"AccountCap":{"Limit":1,"Window":"DAILY","Warn":70,"Critical":90,"Grace":"0m","Mode":"ARMED"}}""");
        await world.SpendAsync("DataScience", 2);

        var first = await world.TellAsync();
        Assert.Equal((true, true), (first.Changed, first.Report.DenyAccount));
        for (var batch = 0; batch < 3; batch++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.SpendAsync("DataScience", 0.1m);
            var settled = await world.TellAsync();
            Assert.Equal((false, true), (settled.Changed, settled.Report.DenyAccount));
        }

        // What ends it is told again.
        await world.AskAsync("""{"Default":{"Limit":100}}""");
        var over = await world.TellAsync();
        Assert.Equal((true, false), (over.Changed, over.Report.DenyAccount));
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
