using BudgetSync.Aws.Tables;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;
using static BudgetSync.Functions.Tests.Deployed.FeatureTeam;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What people ask of models reaches a spoke whose account's rows are wrong, as what is lifted of restrictions does.</summary>
public sealed class WrongRowsModelTests
{
    private const string Armed = """{"Default":{"Mode":"ARMED","Grace":"0m"} }""";

    private const string Spoke = DeployedOrganization.Spoke;

    /// <summary>
    /// With Respond, whose round is of a quarter of an hour, and with Reconcile alone, whose is of an hour: that takes there what a person asked for, too,
    /// where his tool could not ask it at once.
    /// </summary>
    [Theory]
    [InlineData("a person", true)]
    [InlineData("a person", false)]
    [InlineData("a snooze", true)]
    [InlineData("a snooze", false)]
    public async Task Who_is_restored_or_snoozed_is_given_back_although_the_rows_are_wrong(string by, bool isCapped)
    {
        await using var team = await DeployAsync(Armed, isCapped: isCapped, templates: Templates.WithAiAlone);
        await team.SpendAsync(Alice, 1.10m);
        Assert.False(team.MayCall(Alice));

        await WriteWrongAsync(team, snoozed: by == "a snooze");
        if (by == "a person") await RestoreAsync(team.Organization);
        await team.PassAsync(TimeSpan.FromMinutes(isCapped && by == "a snooze" ? 25 : 70));

        Assert.True(team.MayCall(Alice));
        Assert.Equal("Rejected", await team.Organization.StateAsync(Spoke));
        Assert.Equal("", (await ForgedReports.RowAsync(team.Organization)).AiNotCarried);
        // What the rows say of models stays: others are suspended as before, but for the snooze.
        await team.SpendAsync(Bob, 1.10m);
        Assert.Equal(by == "a snooze", team.MayCall(Bob));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_kill_switch_holds_suspensions_back_although_the_rows_are_wrong(bool isCapped)
    {
        await using var team = await DeployAsync(Armed, isCapped: isCapped, templates: Templates.WithAiAlone);
        await team.SpendAsync(Alice, 1.10m);
        await WriteWrongAsync(team, snoozed: false);
        var round = TimeSpan.FromMinutes(isCapped ? 25 : 70);

        await MeteringSpoke.SwitchAsync(team.Organization, "false");
        await team.PassAsync(round);
        await team.SpendAsync(Bob, 1.10m);
        Assert.Equal((false, true), (team.MayCall(Alice), team.MayCall(Bob)));

        await MeteringSpoke.SwitchAsync(team.Organization, "true");
        await team.PassAsync(round);
        Assert.Equal((false, false), (team.MayCall(Alice), team.MayCall(Bob)));
        Assert.Equal("Rejected", await team.Organization.StateAsync(Spoke));
    }

    /// <summary>The hub writes into its own newest version, by AWS's record of who wrote each: without the right to see it nothing is written.</summary>
    [Fact]
    public async Task Without_the_right_to_see_who_wrote_the_parameter_it_says_that_nothing_reaches_the_spoke()
    {
        var sees = Assert.Single(
            GrantedAction.Of("spoke", Templates.WithAiAlone.Spoke), action => action is { Resource: "SpokeRole", Statement: "SeeWhoWroteTheParameter" });
        await using var organization = await MeteringSpoke.BudgetedAsync(sees.RemovedFrom(Templates.WithAiAlone));
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":"twelve","Ai":{{Armed}} }""");
        await organization.PassAsync(TimeSpan.FromMinutes(1));

        await MeteringSpoke.SwitchAsync(organization, "false");
        await organization.PassAsync(TimeSpan.FromMinutes(70));

        Assert.StartsWith(
            "the rows of the account are wrong, and its parameter cannot be amended: ssm:GetParameterHistory answered AccessDenied",
            (await ForgedReports.RowAsync(organization)).AiNotCarried, StringComparison.Ordinal);
    }

    /// <summary>Its budget's amount is no number.</summary>
    private static async Task WriteWrongAsync(FeatureTeam team, bool snoozed)
    {
        var snooze = snoozed ? """ "Snooze":{"Until":"2026-12-31","Why":"load test"}, """ : "";
        await team.Organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":"twelve",{{snooze}}"Ai":{{Armed}} }""");
        await team.Organization.RunAsync();
        Assert.Equal("Rejected", await team.Organization.StateAsync(Spoke));
    }

    /// <summary>As <c>budgetsync ai restore</c> does, with nothing that takes it there at once.</summary>
    private static async Task RestoreAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var status = new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest);
        var now = organization.Clock.GetUtcNow();
        var request = new AiRequest(AiSubject.Parse(Alice)!, AiRequestKind.Restore, now, "arn:aws:iam::999999999999:user/jane", "a slip"); // It is one.
        var (before, after) = await status.StepAsync(Spoke, row => StatusChange.AiAsked(row!, request, now), CancellationToken.None); // It has told.
        Assert.NotEqual(before, after);
    }
}
