using System.Text.Json.Nodes;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Tests.Commands.Responses;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>What people did about models and the kill switch, and what was told of suspensions, is in the ledger.</summary>
public sealed class ModelLedgerTests
{
    private const string Root = "arn:aws:iam::999999999999:root";

    private const string Alice = "user/alice";

    private const string Key = "BedrockAPIKey-7f3a";

    [Fact]
    public async Task What_a_person_did_is_there_with_who_and_why()
    {
        await using var bed = await BedAsync();

        await bed.RunAsync("ai", "approve", RestrictionBed.Account, Alice, "--because", "enough");
        await bed.RunAsync("ai", "restore", RestrictionBed.Account, Key, "--because", "a slip");
        await bed.RunAsync("stop-all", "--because", "a wrong limit");
        await bed.RunAsync("arm");
        var json = JsonNode.Parse((await bed.RunAsync("ledger", RestrictionBed.Account, "--json")).Out)!.AsArray();

        Assert.Equal(
            [
                $"111122223333 ModelsApproved {Alice}: the suspension may begin: enough",
                $"111122223333 ModelsRestored {Key}: models are given back for the rest of the window: a slip",
                "organization ResponsesArmed responses may begin again",
                "organization ResponsesStopped responses are stopped: a wrong limit",
            ],
            json.Select(entry => $"{entry!["accountId"]} {entry["what"]} {entry["text"]}").Order(StringComparer.Ordinal));
        Assert.All(json, entry => Assert.Equal(Root, (string?)entry!["by"]));
        Assert.Equal([Alice, Key], json.Select(entry => (string?)entry!["budget"]).OfType<string>().Order(StringComparer.Ordinal).Reverse());
        Assert.Contains("ModelsApproved", (await bed.RunAsync("ledger")).Out, StringComparison.Ordinal);
    }

    /// <summary>At one moment too: the budget is part of an entry's key.</summary>
    [Fact]
    public async Task Two_that_are_approved_at_one_moment_have_an_entry_each()
    {
        await using var bed = await BedAsync();
        await bed.Ledger.RecordAsync(RestrictionBed.Account, Entry(Alice), CancellationToken.None);
        await bed.Ledger.RecordAsync(RestrictionBed.Account, Entry("user/bob"), CancellationToken.None);
        await bed.Ledger.RecordAsync(RestrictionBed.Account, Entry("user/bob"), CancellationToken.None);

        Assert.Equal([Alice, "user/bob"], (await bed.Ledger.EntriesAsync(RestrictionBed.Account, CancellationToken.None)).Select(entry => entry.Subject));

        static LedgerEntry Entry(string subject) => new(RestrictionBed.Now, "", LedgerEntry.ModelsApproved, "") { Subject = subject };
    }

    [Fact]
    public async Task Of_what_was_not_asked_for_there_is_no_entry()
    {
        await using var bed = await BedAsync();

        var run = await bed.RunAsync("ai", "restore", RestrictionBed.Account, Alice, "--because", "why not");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Empty(await bed.EntriesAsync());
    }

    [Theory]
    [InlineData("ai", "approve", RestrictionBed.Account, Alice, "--because", "enough")]
    [InlineData("stop-all")]
    [InlineData("arm")]
    public async Task What_is_wanted_is_done_and_the_gap_told_where_the_ledger_refuses_the_caller(params string[] command)
    {
        await using var bed = await BedAsync();
        bed.Cloud.Faults.OnCalls(call => call.Operation == "PutItem" && call.Input["TableName"]?.ToString() == "BudgetSync-Ledger"
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "User is not authorized to perform: dynamodb:PutItem"))
            : null);

        var run = await bed.RunAsync(command);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("has no entry in the ledger", run.Error, StringComparison.Ordinal);
        Assert.Empty(await bed.EntriesAsync());
    }

    /// <summary>The entry comes first: where the tool dies, or the status moved meanwhile, the ledger has no less than the status.</summary>
    [Fact]
    public async Task Nothing_is_asked_for_without_an_entry_and_an_entry_of_nothing_is_followed_by_one_that_says_so()
    {
        await using var bed = await BedAsync();
        var writes = 0;
        bed.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation is not ("PutItem" or "UpdateItem") || call.Input["TableName"]?.ToString() != "BudgetSync-Status") return null;
            writes++;
            return new Fault.Refusal(new AwsException("AccessDeniedException", "User is not authorized to perform: dynamodb:UpdateItem"));
        });

        var run = await bed.RunAsync("ai", "approve", RestrictionBed.Account, Alice, "--because", "enough");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.NotEqual(0, writes);
        Assert.Equal([$"ModelsApproved {Root}", $"ModelsLeft {Root}"], (await bed.EntriesAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_channels_were_told_of_suspensions_and_their_ends_is_shown_once_for_all_channels()
    {
        await using var bed = await BedAsync();
        await TellAsync(bed, AlertPhase.Opened, "Suspended", $"{Alice} of {RestrictionBed.Account} has used 2 of 1 USD.", 0, "finops", "teams");
        await TellAsync(bed, AlertPhase.Reminder, "Suspended", "still", 1, "finops");
        await TellAsync(bed, AlertPhase.Opened, "Warned", "other", 2, "finops");
        await TellAsync(bed, AlertPhase.Resolved, "Suspended", $"{Alice} of {RestrictionBed.Account} is restored: a new window.", 3, "finops", "teams");

        var json = JsonNode.Parse((await bed.RunAsync("ledger", RestrictionBed.Account, "--json")).Out)!.AsArray();

        Assert.Equal(["ModelsSuspendedTold", "ModelsRestoredTold"], json.Select(entry => (string?)entry!["what"]));
        Assert.All(json, entry => Assert.Equal((Alice, "told: finops, teams"), ((string?)entry!["budget"], (string?)entry["facts"]!.AsArray()[^1])));
        Assert.Contains("is restored: a new window", (await bed.RunAsync(200, ["ledger"])).Out, StringComparison.Ordinal);
    }

    private static async Task TellAsync(RestrictionBed bed, AlertPhase phase, string level, string text, int minutes, params string[] channels)
    {
        var at = RestrictionBed.Now.AddMinutes(minutes);
        var alert = new Alert(AlertKind.Ai, AlertSeverity.Critical, phase, RestrictionBed.Account, Alice, "2026-11-01 00:00 UTC", level, text, at);
        foreach (var channel in channels) await bed.Ledger.AppendAsync(new ToldAlert(at, channel, Counted: false, alert), CancellationToken.None);
    }

    private static async Task<RestrictionBed> BedAsync()
    {
        var bed = await RestrictionBed.CreateAsync();
        await bed.Clients.OwnSystems.PutParameterAsync(new PutParameterRequest
        {
            Name = "/BudgetSync/Stack",
            Type = "String",
            Value = """
                {"BudgetName":"SpokeAccountBudget","EmailRecipient":"finops@example.com","Channels":"","Respond":"true","ControlPolicies":"true","Ai":"true"}
                """,
        });
        var report = new AiReport(RestrictionBed.Now.AddMinutes(-5)).With(
            [Line(Alice, new AiState.Exceeded(), ResponseMode.CONFIRM), Line(Key, new AiState.Suspended(RestrictionBed.Now), ResponseMode.ARMED)]);
        await bed.Status.StepAsync(
            RestrictionBed.Account,
            row => StatusChange.Metered(row, RestrictionBed.Account, report, RestrictionBed.Now) with { Meters = true },
            CancellationToken.None);
        return bed;
    }

    private static AiLine Line(string subject, AiState state, ResponseMode mode) =>
        new(AiSubject.Parse(subject)!, AiWindow.ThirtyDays.Of(RestrictionBed.Now), 2, 1, mode, state); // They are subjects.
}
