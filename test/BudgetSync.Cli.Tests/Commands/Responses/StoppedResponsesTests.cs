using System.Text.Json.Nodes;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>Wherever restrictions or models are looked at, one sees that the kill switch is thrown, since when and by whom.</summary>
public sealed class StoppedResponsesTests
{
    private const string Root = "arn:aws:iam::999999999999:root";

    private const string Said = $"Responses are stopped since 2026-11-12 12:00 UTC, by {Root}: none begins until 'budgetsync arm' lets them begin again";

    [Theory]
    [InlineData("restrictions")]
    [InlineData("restrictions", RestrictionBed.Account)]
    [InlineData("ai", "status")]
    [InlineData("ai", "check")]
    [InlineData("ai", "check", RestrictionBed.Account)]
    [InlineData("status")]
    [InlineData("status", RestrictionBed.Account)]
    public async Task That_responses_are_stopped_is_said_until_they_are_armed(params string[] look)
    {
        await using var bed = await BedAsync();

        await bed.RunAsync("stop-all");
        var (stopped, script) = (await bed.RunAsync(400, look), await bed.RunAsync([.. look, "--json"]));
        await bed.RunAsync("arm");
        var armed = await bed.RunAsync(400, look);

        Assert.Contains(Said, stopped.Out, StringComparison.Ordinal);
        Assert.Contains(Root, script.Out, StringComparison.Ordinal);
        Assert.Contains("2026-11-12", script.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Responses are stopped", armed.Out + armed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("restrictions")]
    [InlineData("ai status")]
    public async Task Each_object_of_an_array_has_it_as_JSON(string look)
    {
        await using var bed = await BedAsync();
        await bed.RunAsync("stop-all");

        var run = await bed.RunAsync([.. look.Split(' '), "--json"]);

        Assert.Equal("""{"since":"2026-11-12T12:00:00Z","by":"arn:aws:iam::999999999999:root"}""", Assert.Single(run.JsonArray)!["stopped"]!.ToJsonString());
        Assert.Contains("Responses are stopped since", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_of_the_status_has_it_as_JSON_and_says_null_where_responses_may_begin()
    {
        await using var bed = await BedAsync();
        var before = JsonNode.Parse((await bed.RunAsync("status", "--json")).Out)!["summary"]!.AsObject();
        await bed.RunAsync("stop-all");

        var after = JsonNode.Parse((await bed.RunAsync("status", "--json")).Out)!["summary"]!["stopped"]!;

        Assert.True(before.ContainsKey("stopped"));
        Assert.Null(before["stopped"]);
        Assert.Equal(Root, (string?)after["by"]);
    }

    /// <summary>Who throws the switch once more changes neither since when nor by whom; what he typed that is not "true" counts as thrown.</summary>
    [Fact]
    public async Task It_is_stopped_since_the_first_version_after_it_was_last_armed()
    {
        await using var bed = await BedAsync();
        await bed.RunAsync("stop-all");
        Assert.IsType<VirtualClock>(bed.Cloud.Time).Advance(TimeSpan.FromHours(3));
        await bed.Clients.OwnSystems.PutParameterAsync(new PutParameterRequest { Name = "/BudgetSync/Armed", Value = "no", Type = "String", Overwrite = true });

        Assert.Contains(Said, (await bed.RunAsync(400, ["restrictions"])).Out, StringComparison.Ordinal);
    }

    /// <summary>Without the history, which another permission reads, it is still said that they are stopped.</summary>
    [Fact]
    public async Task Who_may_not_read_the_history_is_told_that_they_are_stopped()
    {
        await using var bed = await BedAsync();
        await bed.RunAsync("stop-all");
        bed.Cloud.Faults.OnCalls(call => call.Operation == "GetParameterHistory"
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "User is not authorized to perform: ssm:GetParameterHistory"))
            : null);

        var run = await bed.RunAsync(400, ["restrictions"]);

        Assert.Contains("Responses are stopped: none begins until 'budgetsync arm'", run.Out, StringComparison.Ordinal);
    }

    private static async Task<RestrictionBed> BedAsync()
    {
        var bed = await RestrictionBed.CreateAtAsync(RestrictionBed.Now);
        bed.Cloud.Organizations.AddAccount(RestrictionBed.Account, "Team A");
        await bed.Status.StepAsync(
            RestrictionBed.Account,
            row => StatusChange.Metered(row, RestrictionBed.Account, new AiReport(RestrictionBed.Now), RestrictionBed.Now) with
            {
                Meters = true,
                Restrictions = [RestrictionBed.Of(new RestrictionState.Planned(RestrictionBed.Now.AddHours(1)))],
            },
            CancellationToken.None);
        return bed;
    }
}
