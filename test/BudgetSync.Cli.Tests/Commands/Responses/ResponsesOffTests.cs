using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>What a person hears who asks a deployment without responses for something of them.</summary>
public sealed class ResponsesOffTests
{
    private const string Off = "responses are off in this deployment; its setting respond turns them on (cdk/README.md).";

    [Theory]
    [InlineData("approve", RestrictionBed.Account, RestrictionBed.Id)]
    [InlineData("lift", RestrictionBed.Account, RestrictionBed.Id, "--because", "a slip")]
    public async Task A_decision_on_a_restriction_is_refused_and_nothing_is_written(params string[] command)
    {
        await using var bed = await BedAsync(responds: false);
        var before = await bed.StateAsync();

        var run = await bed.RunAsync(command);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"{Off} Nothing was written.", run.Error, StringComparison.Ordinal);
        Assert.Equal((before, 0), (await bed.StateAsync(), (await bed.EntriesAsync()).Count()));
    }

    [Theory]
    [InlineData("stop-all")]
    [InlineData("arm")]
    public async Task The_switch_is_set_and_it_is_said_that_nothing_begins_either_way(string command)
    {
        await using var bed = await BedAsync(responds: false);

        var run = await bed.RunAsync(command);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains($"Nothing begins either way: {Off}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_asks_for_a_response_is_written_and_it_is_said_where_nothing_comes_of_it(bool responds)
    {
        await using var bed = await BedAsync(responds);
        await bed.PutRowAsync(RestrictionBed.Account, "1000");
        var folder = Directory.CreateTempSubdirectory("budgetsync-test-");
        try
        {
            var run = await bed.RunAsync(
                "rows",
                "set",
                RestrictionBed.Account,
                "--attribute",
                """Responses=[{"At":"Over","Do":"NOTIFY"}]""",
                "--yes",
                "--undo-file",
                Path.Combine(folder.FullName, "undo"));

            Assert.True(run.ExitCode == ExitCode.Done, run.Error);
            Assert.Equal(!responds, run.Out.Contains($"What rows say by Responses is not carried out: {Off}", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The cap of an account's models is carried out by responses alone.</summary>
    [Theory]
    [InlineData("WATCH", false)]
    [InlineData("ARMED", true)]
    public async Task A_cap_of_models_in_earnest_is_said_to_only_tell(string mode, bool said)
    {
        await using var bed = await BedAsync(responds: false, models: true);
        await bed.PutRowAsync(RestrictionBed.Account, "1000");

        var run = await bed.RunAsync(
            "rows", "set", RestrictionBed.Account, "--attribute", $$$"""Ai={"AccountCap":{"Limit":9,"Mode":"{{{mode}}}"}}""");

        Assert.Equal(said, run.Out.Contains($"Ai.AccountCap only tells, and nobody is suspended for it: {Off}", StringComparison.Ordinal));
        Assert.DoesNotContain("What rows say by Ai is not carried out", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snooze_that_is_over_is_refused_with_what_ends_one()
    {
        await using var bed = await BedAsync(responds: true);

        var run = await bed.RunAsync("snooze", RestrictionBed.Account, "--until", "2026-11-11", "--because", "a slip", "--yes");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--until 2026-11-11 is over (in UTC it is 2026-11-12)", run.Error, StringComparison.Ordinal);
        Assert.Contains($"budgetsync rows set {RestrictionBed.Account} --unset Snooze", run.Error, StringComparison.Ordinal);
    }

    private static async Task<RestrictionBed> BedAsync(bool responds, bool models = false)
    {
        var bed = await RestrictionBed.CreateAsync(RestrictionBed.Of(new RestrictionState.AwaitingApproval(RestrictionBed.Now.AddDays(1))));
        await bed.Clients.OwnSystems.PutParameterAsync(new PutParameterRequest
        {
            Name = "/BudgetSync/Stack",
            Type = "String",
            Value = $$"""{"BudgetName":"SpokeAccountBudget","EmailRecipient":"finops@example.com"{{Said("Respond", responds)}}{{Said("Ai", models)}}}""",
        });
        return bed;
    }

    private static string Said(string setting, bool on) => on ? $",\"{setting}\":\"true\"" : "";
}
