using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Respond;
using BudgetSync.Core.Alerts;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>The ledger says of the kill switch what happened, and an emergency waits for nothing that is not the switch.</summary>
public sealed class KillSwitchLedgerTests
{
    private const string Root = "arn:aws:iam::999999999999:root";

    [Fact]
    public async Task Arm_leaves_its_entry_before_the_switch_and_one_more_where_that_is_refused()
    {
        await using var bed = await BedAsync();
        await bed.RunAsync("stop-all");
        Refuse(bed, "PutParameter");

        var run = await bed.RunAsync("arm", "--because", "mended");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("PutParameter", run.Error, StringComparison.Ordinal);
        var entries = await EntriesAsync(bed);
        Assert.Equal(["ResponsesStopped", "ResponsesArmed", "ResponsesLeft"], entries.Select(entry => entry.What));
        const string left = "responses stay stopped, because the switch was not set: ssm:PutParameter answered AccessDenied";
        Assert.StartsWith(left, entries[2].Text, StringComparison.Ordinal);
        Assert.All(entries, entry => Assert.Equal(Root, entry.By));
    }

    [Fact]
    public async Task Where_nobody_knows_whether_the_switch_was_set_the_ledger_says_so()
    {
        await using var bed = await BedAsync();
        await bed.RunAsync("stop-all");
        bed.Cloud.Faults.OnCalls(call => call.Operation is "PutParameter" or "GetParameter" && $"{call.Input["Name"]}" == ArmedSwitch.ParameterName
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "no"))
            : null);

        Assert.Equal(ExitCode.Failed, (await bed.RunAsync("arm")).ExitCode);

        Assert.StartsWith("whether responses may begin is not known", (await EntriesAsync(bed))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_all_that_the_switch_refuses_stopped_nothing_and_has_no_entry()
    {
        await using var bed = await BedAsync();
        Refuse(bed, "PutParameter");

        var run = await bed.RunAsync("stop-all");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Empty(await EntriesAsync(bed));
    }

    /// <summary>Asked a first time for the account, and a second time for the person.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stop_all_stops_although_AWS_does_not_say_who_asks(int refusedFrom)
    {
        await using var bed = await BedAsync();
        var asked = 0;
        bed.Cloud.Faults.OnCalls(call => call.Operation == "GetCallerIdentity" && ++asked >= refusedFrom
            ? new Fault.Refusal(new AwsException("AccessDenied", "the endpoint's policy does not allow it", 403))
            : null);

        var run = await bed.RunAsync("stop-all", "--because", "a wrong limit");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal("false", (await bed.Clients.OwnSystems.GetParameterAsync(new GetParameterRequest { Name = ArmedSwitch.ParameterName })).Parameter.Value);
        Assert.Contains("No response begins any more", run.Out, StringComparison.Ordinal);
        Assert.Contains("unknown", run.Error, StringComparison.Ordinal);
        Assert.Contains("ssm:GetParameterHistory", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var entry = Assert.Single(await EntriesAsync(bed));
        Assert.Equal(("ResponsesStopped", "unknown", "responses are stopped: a wrong limit"), (entry.What, entry.By, entry.Text));
    }

    /// <summary>Who arms has said so, and waits: nothing is urgent.</summary>
    [Fact]
    public async Task Arm_does_nothing_where_AWS_does_not_say_who_asks()
    {
        await using var bed = await BedAsync();
        await bed.RunAsync("stop-all");
        Refuse(bed, "GetCallerIdentity");

        Assert.Equal(ExitCode.Failed, (await bed.RunAsync("arm")).ExitCode);

        Assert.Equal(["ResponsesStopped"], (await EntriesAsync(bed)).Select(entry => entry.What));
    }

    [Fact]
    public async Task Nothing_is_said_to_be_stopped_where_nothing_answers()
    {
        await using var bed = await BedAsync();
        bed.Cloud.Faults.OnCalls(call => call.Operation is "GetCallerIdentity" or "PutParameter"
            ? new Fault.Refusal(new AwsException("AccessDenied", "no", 403))
            : null);

        var run = await bed.RunAsync("stop-all");

        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains("Nothing is stopped", run.Error, StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync(bed));
    }

    private static void Refuse(RestrictionBed bed, string operation) => bed.Cloud.Faults.OnCalls(
        call => call.Operation == operation ? new Fault.Refusal(new AwsException("AccessDeniedException", "no")) : null);

    private static async Task<List<Core.Restrictions.LedgerEntry>> EntriesAsync(RestrictionBed bed) =>
        [.. await bed.Ledger.EntriesAsync(RestrictionAlerts.EveryAccount, CancellationToken.None)];

    private static async Task<RestrictionBed> BedAsync()
    {
        var bed = await RestrictionBed.CreateAsync();
        await bed.Clients.OwnSystems.PutParameterAsync(new PutParameterRequest
        {
            Name = "/BudgetSync/Stack",
            Type = "String",
            Value = """{"BudgetName":"SpokeAccountBudget","EmailRecipient":"finops@example.com","Channels":"","Respond":"true"}""",
        });
        return bed;
    }
}
