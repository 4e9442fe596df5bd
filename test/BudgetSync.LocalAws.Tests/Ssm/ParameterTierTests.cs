using BudgetSync.LocalAws.Ssm;

namespace BudgetSync.LocalAws.Tests.Ssm;

public sealed class ParameterTierTests
{
    private readonly SsmTestBed bed = new();

    [Fact]
    public async Task A_standard_value_has_at_most_4096_bytes()
    {
        await bed.PutAsync("/a", new string('x', 4096));

        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", $"{{'Name':'/b','Type':'String','Value':'{new string('x', 4095)}ä'}}"));
    }

    [Fact]
    public async Task An_advanced_value_has_at_most_8192_bytes()
    {
        var put = await bed.CallAsync("PutParameter", $"{{'Name':'/a','Type':'String','Tier':'Advanced','Value':'{new string('x', 8192)}'}}");

        Assert.Equal("Advanced", put["Tier"]!.GetValue<string>());
        Assert.Equal(
            "ValidationException",
            await bed.RefusedAsync("PutParameter", $"{{'Name':'/b','Type':'String','Tier':'Advanced','Value':'{new string('x', 8193)}'}}"));
    }

    [Theory]
    [InlineData(4096, "Standard")]
    [InlineData(4097, "Advanced")]
    public async Task Intelligent_tiering_takes_the_advanced_tier_only_for_values_that_need_it(int bytes, string tier)
    {
        var put = await bed.CallAsync("PutParameter", $"{{'Name':'/a','Type':'String','Tier':'Intelligent-Tiering','Value':'{new string('x', bytes)}'}}");

        Assert.Equal(tier, put["Tier"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_advanced_parameter_stays_advanced_and_a_put_must_not_ask_for_less()
    {
        await bed.CallAsync("PutParameter", "{'Name':'/a','Type':'String','Tier':'Advanced','Value':'v'}");

        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Value':'w','Overwrite':true,'Tier':'Standard'}"));
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Value':'w','Overwrite':true}"));
        foreach (var tier in new[] { "Intelligent-Tiering", "Advanced" })
            Assert.Equal(
                "Advanced",
                (await bed.CallAsync("PutParameter", $"{{'Name':'/a','Value':'w','Overwrite':true,'Tier':'{tier}'}}"))["Tier"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_put_without_a_tier_has_the_default_one()
    {
        var other = new SsmTestBed(new SsmOptions { DefaultTier = "Intelligent-Tiering" });
        await other.PutAsync("/a", new string('x', 5000));

        Assert.Equal("Advanced", (await other.OverwriteAsync("/a", "w"))["Tier"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_account_has_a_limit_of_standard_parameters()
    {
        var limited = new SsmTestBed(new SsmOptions { MaximumStandardParameters = 1 });
        await limited.PutAsync("/a");

        Assert.Equal("ParameterLimitExceeded", await limited.RefusedAsync("PutParameter", "{'Name':'/b','Type':'String','Value':'v'}"));
        await limited.OverwriteAsync("/a", "w");
        await limited.CallAsync("PutParameter", "{'Name':'/c','Type':'String','Tier':'Advanced','Value':'v'}");
    }
}
