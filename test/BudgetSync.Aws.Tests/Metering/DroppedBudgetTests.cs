using BudgetSync.LocalAws.Iam;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>A pool or cap that no row has any more is no budget: the report names it as long as something of it is in force, and no longer.</summary>
public sealed class DroppedBudgetTests
{
    private const string Role = "role/DataScience";

    private const string Pool = """{"Members":["role/*"],"Limit":1,"Window":"DAILY","Grace":"0m","Mode":"ARMED"}""";

    private const string Default = """{"Limit":100,"Window":"DAILY","Mode":"WATCH","Shared":true}""";

    [Fact]
    public async Task What_was_only_counted_is_gone_with_the_row()
    {
        await using var world = await CreateAsync();

        await world.SpendAsync("DataScience", 0.2m);
        Assert.Equal(["account", "pool/research", Role], await SubjectsAsync(world));
        await world.AskAsync($$"""{"Default":{{Default}}}""");

        Assert.Equal([Role], await SubjectsAsync(world));
    }

    [Fact]
    public async Task What_had_suspended_somebody_is_gone_when_that_is_given_back()
    {
        await using var world = await CreateAsync();
        await world.SpendAsync("DataScience", 2);
        Assert.Equal("Suspended", await world.StateAsync("pool/research"));

        await world.AskAsync($$"""{"Default":{{Default}}}""");
        for (var look = 0; look < 3; look++) await world.Budgets().SettleAsync(default);

        Assert.Equal([Role], await SubjectsAsync(world));
        Assert.Equal("Active", await world.StateAsync(Role));
    }

    private static async Task<MeteredWorld> CreateAsync()
    {
        var world = await MeteredWorld.CreateAsync();
        var trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        world.Cloud.Iam.PutRole(MeteredWorld.Account, new RoleDefinition("DataScience", PolicyDocument.Parse(trust)));
        await world.AskAsync($$$"""{"Default":{{{Default}}},"Pools":{"research":{{{Pool}}} },"AccountCap":{"Limit":50}}""");
        return world;
    }

    private static async Task<IEnumerable<string>> SubjectsAsync(MeteredWorld world) =>
        // Not null: the hub has written the parameter.
        [.. (await world.Budgets().SettleAsync(default))!.Value.Report.Lines.Select(line => line.Subject.Key).Order(StringComparer.Ordinal)];
}
