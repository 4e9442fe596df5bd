using System.Text.Json.Nodes;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>What a person sees of restrictions and decides about them.</summary>
public sealed class RestrictionCommandTests
{
    private const string Root = "arn:aws:iam::999999999999:root";

    private static readonly RestrictionState Waiting = new RestrictionState.AwaitingApproval(RestrictionBed.Now.AddHours(20));

    [Fact]
    public async Task What_is_restricted_or_about_to_be_is_shown_with_its_reason()
    {
        await using var bed = await RestrictionBed.CreateAsync(
            RestrictionBed.Of(Waiting),
            RestrictionBed.Of(new RestrictionState.Planned(RestrictionBed.Now), id: "r-0123456789ac") with { HeldBack = "the budget is missing" });

        var told = await bed.RunAsync("restrictions");
        var json = JsonNode.Parse((await bed.RunAsync("restrictions", RestrictionBed.Account, "--json")).Out)!.AsArray();

        Assert.Equal(ExitCode.Done, told.ExitCode);
        Assert.Matches(
            @"(?m)^111122223333 +r-0123456789ab +DENY_NEW at Over +CONFIRM +AwaitingApproval +until 2026-11-13T08:00:00Z +team-a is Over: 1,050",
            told.Out);
        Assert.Matches(@"(?m)r-0123456789ac .*held back: the budget is missing", told.Out);
        Assert.Equal(("AwaitingApproval", "DENY_NEW"), ((string?)json[0]!["state"], (string?)json[0]!["response"]!["Do"]));
        Assert.Contains("999999999999 has no restriction.", (await bed.RunAsync("restrictions", "999999999999")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_bound_and_who_is_bound_yet_is_shown_with_the_reason()
    {
        await using var bed = await RestrictionBed.CreateAsync(
            RestrictionBed.Of(new RestrictionState.InForce(RestrictionBed.Now)) with { Remarks = ["the role ghost is not in the account"] },
            RestrictionBed.Of(new RestrictionState.Revoked(RestrictionBed.Now, "a slip"), id: "r-0123456789ac") with { Remarks = ["role/x is bound yet"] },
            RestrictionBed.Of(new RestrictionState.Failed(RestrictionBed.Now, ["nobody is bound"]), id: "r-0123456789ad"));

        var told = await bed.RunAsync("restrictions");
        var json = JsonNode.Parse((await bed.RunAsync("restrictions", "--json")).Out)!.AsArray();

        Assert.Matches(@"(?m)r-0123456789ab .*; the role ghost is not in the account", told.Out);
        Assert.Matches(@"(?m)r-0123456789ac .*a slip; role/x is bound yet", told.Out);
        Assert.Equal(
            ["the role ghost is not in the account", "role/x is bound yet", "nobody is bound"],
            json.Select(one => (string?)Assert.Single(one!["reasons"]!.AsArray())));
    }

    [Fact]
    public async Task An_approval_is_written_with_the_callers_ARN_and_once()
    {
        await using var bed = await RestrictionBed.CreateAsync(RestrictionBed.Of(Waiting));

        var run = await bed.RunAsync("approve", RestrictionBed.Account, RestrictionBed.Id);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("the next round of BudgetSync-Respond takes it up", run.Error, StringComparison.Ordinal);
        Assert.Equal([$"Approved {Root}"], await bed.EntriesAsync());
        var again = await bed.RunAsync("approve", RestrictionBed.Account, RestrictionBed.Id);
        Assert.Equal(ExitCode.Failed, again.ExitCode);
        Assert.Contains("does not wait for approval (any more)", again.Error, StringComparison.Ordinal);
        Assert.Single(await bed.EntriesAsync());
    }

    [Fact]
    public async Task What_is_taken_back_stays_so_and_the_ledger_says_by_whom_and_why()
    {
        await using var bed = await RestrictionBed.CreateAsync(RestrictionBed.Of(new RestrictionState.InForce(RestrictionBed.Now)));

        var run = await bed.RunAsync("lift", RestrictionBed.Account, RestrictionBed.Id, "--because", "it stops the release");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.IsType<RestrictionState.Revoked>(await bed.StateAsync());
        Assert.True((await bed.Status.ReadAsync(RestrictionBed.Account, CancellationToken.None))!.Restrictions[0].IsFinal); // The bed wrote it.
        Assert.Equal([$"LiftAsked {Root}", "Revoked"], await bed.EntriesAsync());
        var told = await bed.RunAsync("ledger", RestrictionBed.Account);
        Assert.Matches(@"(?m)^2026-11-12T12:00:00Z +111122223333 +r-0123456789ab +LiftAsked +DENY_NEW at Over was taken back: it stops the release", told.Out);
        var json = JsonNode.Parse((await bed.RunAsync("ledger", "--json")).Out)!.AsArray();
        Assert.Equal([Root, null], json.Select(entry => (string?)entry!["by"]));
    }

    /// <summary>The longest reason, in letters of three bytes.</summary>
    [Fact]
    public async Task The_longest_reason_stands_whole_in_the_status_and_in_the_ledger()
    {
        await using var bed = await RestrictionBed.CreateAsync(RestrictionBed.Of(new RestrictionState.InForce(RestrictionBed.Now)));
        var reason = new string('語', 1_000);

        var run = await bed.RunAsync("lift", RestrictionBed.Account, RestrictionBed.Id, "--because", reason);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.EndsWith($"took it back: {reason}", Assert.IsType<RestrictionState.Revoked>(await bed.StateAsync()).Why, StringComparison.Ordinal);
        var ledger = JsonNode.Parse((await bed.RunAsync("ledger", "--json")).Out)!.AsArray();
        Assert.Contains(ledger, entry => entry!.AsObject().Any(member => $"{member.Value}".EndsWith($"was taken back: {reason}", StringComparison.Ordinal)));
    }

    /// <summary>A script's variable that is empty keeps nobody from stopping everything.</summary>
    [Fact]
    public async Task The_kill_switch_is_a_parameter_and_is_put_back()
    {
        await using var bed = await RestrictionBed.CreateAsync();

        Assert.Equal(ExitCode.Done, (await bed.RunAsync("stop-all", "--because", "")).ExitCode);
        Assert.Equal("false", await ArmedAsync(bed));
        Assert.Equal(ExitCode.Done, (await bed.RunAsync("arm")).ExitCode);
        Assert.Equal("true", await ArmedAsync(bed));
    }

    [Theory]
    [InlineData("stop-all", "false")]
    [InlineData("arm", "true")]
    public async Task The_kill_switch_asks_for_a_round_where_a_spoke_meters_models(string command, string armed)
    {
        await using var bed = await RestrictionBed.CreateAsync();
        // Written by the bed.
        await bed.Status.StepAsync(RestrictionBed.Account, row => row! with { Meters = true, ItemVersion = row.ItemVersion + 1 }, default);

        var run = await bed.RunAsync(command);

        Assert.Equal((ExitCode.Done, armed), (run.ExitCode, await ArmedAsync(bed)));
        // There is no such function in this bed.
        Assert.Contains("the next round of BudgetSync-Respond takes it up", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_the_mass_brake_holds_back_is_shown_and_let_begin()
    {
        var held = RestrictionBed.Of(new RestrictionState.Planned(RestrictionBed.Now), """{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}""") with
        {
            HeldBack = new MassBrake(312, 1000).Why,
        };
        await using var bed = await RestrictionBed.CreateAsync(held);

        var asked = await bed.RunAsync("arm", "--this-batch");
        Assert.Equal(ExitCode.Usage, asked.ExitCode);
        Assert.Contains("r-0123456789ab", asked.Out, StringComparison.Ordinal);
        var run = await bed.RunAsync("arm", "--this-batch", "--yes");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(Root, (await bed.Status.ReadAsync(RestrictionBed.Account, CancellationToken.None))!.Restrictions[0].ReleasedBy); // As above.
        Assert.Equal([$"Released {Root}"], await bed.EntriesAsync());
    }

    /// <summary>Somebody lifts one of a batch while the question stands: the others begin, and the count is of those.</summary>
    [Fact]
    public async Task What_is_not_planned_any_more_keeps_nothing_of_its_batch_back()
    {
        const string other = "r-00000000000b";
        await using var bed = await RestrictionBed.CreateAsync(Held(RestrictionBed.Id), Held(other));
        var scan = new JsonObject { ["TableName"] = "BudgetSync-Status" };
        var read = await bed.Cloud.Gateway.InvokeAsync(
            bed.Cloud.DynamoDb, new AwsCall("dynamodb", "Scan", Caller.Root("999999999999"), "us-east-1", scan), CancellationToken.None);
        Assert.Equal(ExitCode.Done, (await bed.RunAsync("lift", RestrictionBed.Account, other, "--because", "a slip")).ExitCode);
        bed.Cloud.Faults.OnCalls(call => call.Operation == "Scan" ? new Fault.StaleAnswer((JsonObject)read.DeepClone()) : null);

        var run = await bed.RunAsync("arm", "--this-batch", "--yes");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.EndsWith("\n1 restriction may begin, with the next round of BudgetSync-Respond.\n", run.Out, StringComparison.Ordinal);
        Assert.Contains($"{other} of {RestrictionBed.Account} is not planned any more, and is left as it is.", run.Error, StringComparison.Ordinal);
        var restrictions = (await bed.Status.ReadAsync(RestrictionBed.Account, CancellationToken.None))!.Restrictions; // As above.
        Assert.Equal([RestrictionBed.Id], restrictions.Where(one => one.ReleasedBy == Root).Select(one => one.Id));
    }

    [Fact]
    public async Task No_batch_begins_while_responses_are_stopped()
    {
        await using var bed = await RestrictionBed.CreateAsync(Held(RestrictionBed.Id));
        await bed.RunAsync("stop-all");

        var run = await bed.RunAsync("arm", "--this-batch", "--yes");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("responses are stopped (budgetsync stop-all), so no batch begins", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Null((await bed.Status.ReadAsync(RestrictionBed.Account, CancellationToken.None))!.Restrictions[0].ReleasedBy); // As above.
        Assert.Empty(await bed.EntriesAsync());
    }

    private static Restriction Held(string id) =>
        RestrictionBed.Of(new RestrictionState.Planned(RestrictionBed.Now), """{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}""", id) with
        {
            HeldBack = new MassBrake(312, 1000).Why,
        };

    [Fact]
    public async Task A_snooze_is_an_edit_of_the_accounts_row()
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await bed.Clients.Dynamo.PutItemAsync(
            "BudgetSync-Budgets",
            new() { ["AccountId"] = new() { S = RestrictionBed.Account }, ["BudgetValue"] = new() { N = "1000" } });
        var folder = Directory.CreateTempSubdirectory("budgetsync-test-");
        try
        {
            var run = await bed.RunAsync(
                "snooze",
                RestrictionBed.Account,
                "--until",
                "2026-11-30",
                "--because",
                "load test",
                "--yes",
                "--undo-file",
                Path.Combine(folder.FullName, "undo"));

            Assert.True(run.ExitCode == ExitCode.Done, run.Error);
            var item = (await bed.Clients.Dynamo.GetItemAsync("BudgetSync-Budgets", new() { ["AccountId"] = new() { S = RestrictionBed.Account } })).Item;
            Assert.Equal(("2026-11-30", "load test"), (item["Snooze"].M["Until"].S, item["Snooze"].M["Why"].S));
            Assert.Equal("1000", item["BudgetValue"].N);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Contains("say why", (await bed.RunAsync("snooze", RestrictionBed.Account, "--until", "2026-11-30")).Error, StringComparison.Ordinal);
        Assert.Contains("is no day", (await bed.RunAsync("snooze", RestrictionBed.Account, "--until", "soon")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_id_of_a_restriction_is_refused_by_the_command_line()
    {
        var run = await Tool.RunAsync("approve", RestrictionBed.Account, "r-1");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("\"r-1\" is no id of a restriction", run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> ArmedAsync(RestrictionBed bed) =>
        (await bed.Clients.OwnSystems.GetParameterAsync(new GetParameterRequest { Name = "/BudgetSync/Armed" })).Parameter.Value;
}
