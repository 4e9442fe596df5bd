using Amazon.DynamoDBv2.Model;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Cli.Tests.Commands.Responses;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>Where a snooze, or a hub without the organization's policies, keeps a suspension from beginning, that is said and no approval taken.</summary>
public sealed class SuspensionBoundsTests
{
    private const string Alice = "user/alice";

    private const string Capless =
        "the organization's policies for responses are off in this deployment; its setting controlPolicies turns them on (cdk/README.md)";

    [Theory]
    [InlineData(RestrictionBed.Account)]
    [InlineData("default")]
    public async Task What_a_snooze_keeps_from_being_suspended_does_not_ask_for_an_approval_and_takes_none(string row)
    {
        await using var bed = await BedAsync(controls: true, Line(Alice, new AiState.Exceeded()));
        await SnoozeAsync(bed, row, "2026-12-10");
        var snoozed = $"snoozed through 2026-12-10 by the row {row}";

        var status = await bed.RunAsync(400, ["ai", "status"]);
        var json = (await bed.RunAsync("ai", "status", "--json")).JsonArray[0]!;
        var check = await bed.RunAsync(400, ["ai", "check", RestrictionBed.Account]);
        var approve = await bed.RunAsync("ai", "approve", RestrictionBed.Account, Alice, "--because", "enough");

        Assert.Contains(snoozed, status.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("waits for a person", status.Out, StringComparison.Ordinal);
        Assert.Equal(("2026-12-10", row), ((string?)json["snoozedThrough"], (string?)json["snoozedBy"]));
        Assert.Matches($"Yellow +rows +{snoozed}: no suspension begins", check.Out);
        Assert.Equal(ExitCode.Failed, approve.ExitCode);
        Assert.Contains($"nothing would come of an approval now: {snoozed}. Nothing was written.", approve.Error, StringComparison.Ordinal);
        Assert.Empty((await bed.Status.ReadAsync(RestrictionBed.Account, CancellationToken.None))!.AiRequests); // The bed wrote it.
    }

    [Fact]
    public async Task A_snooze_that_is_over_keeps_nothing_back()
    {
        await using var bed = await BedAsync(controls: true, Line(Alice, new AiState.Exceeded()));
        await SnoozeAsync(bed, RestrictionBed.Account, "2026-11-11");

        Assert.Contains("waits for a person: budgetsync ai approve", (await bed.RunAsync(400, ["ai", "status"])).Out, StringComparison.Ordinal);
        var approve = await bed.RunAsync("ai", "approve", RestrictionBed.Account, Alice, "--because", "enough");
        Assert.Equal(ExitCode.Done, approve.ExitCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cap_that_the_organization_does_not_carry_out_is_said_to_only_tell(bool controls)
    {
        await using var bed = await BedAsync(controls, Line("account", new AiState.Grace(RestrictionBed.Now.AddMinutes(4), [])));
        await bed.Clients.Dynamo.PutItemAsync(
            "BudgetSync-Budgets",
            new()
            {
                ["AccountId"] = new() { S = RestrictionBed.Account },
                ["BudgetValue"] = new() { N = "1" },
                ["Ai"] = new() { M = new() { ["AccountCap"] = new() { M = new() { ["Limit"] = new() { N = "15" }, ["Mode"] = new() { S = "ARMED" } } } } },
            });

        var status = await bed.RunAsync(400, ["ai", "status"]);
        var check = await bed.RunAsync(400, ["ai", "check", RestrictionBed.Account]);
        var plan = await bed.RunAsync(
            400, ["rows", "set", RestrictionBed.Account, "--attribute", """Ai={"AccountCap":{"Limit":9,"Mode":"ARMED"}}"""]);

        Assert.Equal(!controls, status.Out.Contains($"the cap only tells: {Capless}", StringComparison.Ordinal));
        Assert.Equal(controls, status.Out.Contains("from 2026-11-12 12:04 UTC", StringComparison.Ordinal));
        Assert.Equal(!controls, check.Out.Contains($"says ARMED, and only tells: {Capless}", StringComparison.Ordinal));
        Assert.Equal(!controls, plan.Out.Contains($"Ai.AccountCap only tells, and nobody is suspended for it: {Capless}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task How_old_the_amounts_are_is_said()
    {
        await using var bed = await BedAsync(controls: true, Line(Alice, new AiState.Active()));

        Assert.Contains("As of 2026-11-12 11:55 UTC, as the spoke last told", (await bed.RunAsync("ai", "status")).Out, StringComparison.Ordinal);
        Assert.EndsWith(",2026-11-12T11:55:00Z", (await bed.RunAsync("ai", "status", "--csv")).Out.TrimEnd(), StringComparison.Ordinal);
    }

    private static Task<PutItemResponse> SnoozeAsync(RestrictionBed bed, string row, string until) => bed.Clients.Dynamo.PutItemAsync(
        "BudgetSync-Budgets",
        new Dictionary<string, AttributeValue>
        {
            ["AccountId"] = new() { S = row },
            ["BudgetValue"] = new() { N = "1" },
            ["Snooze"] = new() { M = new() { ["Until"] = new() { S = until }, ["Why"] = new() { S = "a test" } } },
        });

    private static async Task<RestrictionBed> BedAsync(bool controls, params AiLine[] lines)
    {
        var bed = await RestrictionBed.CreateAsync();
        await bed.Clients.OwnSystems.PutParameterAsync(new PutParameterRequest
        {
            Name = "/BudgetSync/Stack",
            Type = "String",
            Value = $$"""
                {"BudgetName":"SpokeAccountBudget","EmailRecipient":"finops@example.com","Respond":"true","ControlPolicies":"{{(controls ? "true" : "false")}}",
                 "Ai":"true"}
                """,
        });
        var report = new AiReport(RestrictionBed.Now.AddMinutes(-5)).With(lines);
        await bed.Status.StepAsync(
            RestrictionBed.Account,
            row => StatusChange.Metered(row, RestrictionBed.Account, report, RestrictionBed.Now) with { Meters = true },
            CancellationToken.None);
        return bed;
    }

    private static AiLine Line(string subject, AiState state) => new(
        AiSubject.Parse(subject)!, // It is one.
        AiWindow.ThirtyDays.Of(RestrictionBed.Now),
        2,
        1,
        ResponseMode.CONFIRM,
        state);
}
