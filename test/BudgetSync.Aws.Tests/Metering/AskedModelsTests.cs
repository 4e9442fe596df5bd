using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>What the hub asks of models counts, whoever else may write the account's parameter, or delete it.</summary>
public sealed class AskedModelsTests
{
    private const string Account = MeteredWorld.Account;
    private const string Role = "role/DataScience";
    private const string Armed = """{"Default":{"Limit":1,"Window":"DAILY","Grace":"5m","Mode":"ARMED","Shared":true}}""";
    private const string Free = """{"Default":{"Limit":1000,"Window":"DAILY"}}""";
    private const string Kept = """{"Default":{"Limit":1000},"Requests":[{"Subject":"role/DataScience","At":"2026-11-29T10:30:00Z","Kind":"Restore"}]}""";

    private static readonly Caller Developer = Caller.Root(Account);

    [Theory]
    [InlineData(Free)]
    [InlineData(Kept)]
    [InlineData("[]")]
    public async Task Who_may_write_the_parameter_frees_nobody(string written)
    {
        await using var world = await SuspendedAsync();

        await world.AskAsync(written, Developer);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("Suspended", true), (await world.StateAsync(Role), IsBound(world)));
        Assert.Contains("was written by", System.Text.Encoding.UTF8.GetString(world.Output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_write_the_parameter_suspends_nobody()
    {
        await using var world = await WorldAsync(Free);
        await world.SpendAsync("DataScience", 2);

        await world.AskAsync(Armed, Developer);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        await world.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(("", false), (await world.StateAsync(Role), IsBound(world)));
    }

    [Fact]
    public async Task A_hundred_versions_of_somebody_else_free_nobody_and_begin_nothing_until_the_hub_writes_again()
    {
        await using var world = await SuspendedAsync();
        for (var version = 0; version < 100; version++) await world.AskAsync(Free, Developer);

        Assert.Null(await world.Budgets().SettleAsync(default));
        Assert.True(IsBound(world));

        await world.AskAsync(Free);
        await world.PassAsync(TimeSpan.Zero);
        Assert.False(IsBound(world));
    }

    [Fact]
    public async Task Who_deletes_the_parameter_frees_nobody_and_starts_no_grace_anew()
    {
        await using var suspended = await SuspendedAsync();
        await suspended.DeleteParameterAsync();
        await suspended.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(("Suspended", true), (await suspended.StateAsync(Role), IsBound(suspended)));

        await using var warned = await WorldAsync(Armed);
        await warned.SpendAsync("DataScience", 2);
        await warned.DeleteParameterAsync();
        await warned.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Grace", await warned.StateAsync(Role));
        await warned.AskAsync(Armed);
        await warned.PassAsync(TimeSpan.Zero);
        Assert.Equal(("Suspended", true), (await warned.StateAsync(Role), IsBound(warned)));
    }

    /// <summary>An instance knows what it read, so not even the time until the hub writes again is won.</summary>
    [Fact]
    public async Task An_instance_that_read_the_parameter_goes_on_by_it_when_it_is_deleted_and_asks_once_who_wrote_a_version()
    {
        await using var world = await WorldAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        var budgets = world.Budgets();
        await budgets.SettleAsync(default);
        var asked = world.Cloud.Calls.Count("ssm", "GetParameterHistory");
        await budgets.SettleAsync(default);
        Assert.Equal(asked, world.Cloud.Calls.Count("ssm", "GetParameterHistory"));

        await world.DeleteParameterAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await budgets.SettleAsync(default);

        Assert.True(IsBound(world));
        // Its versions are counted from the first again, so the number alone says nothing.
        await world.AskAsync(Free, Developer);
        await budgets.SettleAsync(default);
        Assert.True(IsBound(world));
    }

    [Fact]
    public async Task Where_nothing_is_in_force_a_missing_parameter_says_nothing_and_what_is_spent_is_told()
    {
        await using var world = await WorldAsync(Free);
        await world.DeleteParameterAsync();

        await world.SpendAsync("DataScience", 2);

        Assert.Equal(2m, Assert.Single((await world.Budgets().SettleAsync(default))!.Value.Report.Lines).Spent);
    }

    private static async Task<MeteredWorld> SuspendedAsync()
    {
        var world = await WorldAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.True(IsBound(world));
        return world;
    }

    private static async Task<MeteredWorld> WorldAsync(string ai)
    {
        var world = await MeteredWorld.CreateAsync();
        const string trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}""";
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("DataScience", PolicyDocument.Parse(trust)));
        await world.AskAsync(ai);
        return world;
    }

    private static bool IsBound(MeteredWorld world) =>
        !world.Cloud.Iam.FindRole(Account, "DataScience")!.Definition.ManagedPolicyArns.IsEmpty; // Put above.
}
