using BudgetSync.Aws.Respond;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>An account whose rows are wrong is freed by all that frees any other, and is restricted by nothing new.</summary>
public sealed class WrongRowsTests
{
    internal const string Responses = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";

    private const string Spoke = DeployedOrganization.Spoke;
    private const string Jane = "arn:aws:iam::999999999999:user/jane";

    [Theory]
    [InlineData("a person")]
    [InlineData("a snooze")]
    [InlineData("the end of the period")]
    public async Task What_is_lifted_is_given_back_although_the_rows_are_wrong(string by)
    {
        await using var organization = await ResponseTests.DeployedAsync(Responses);
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(2));
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        await WriteWrongAsync(organization, snoozed: by == "a snooze");
        if (by == "a person") await LiftAsync(organization, id);
        await organization.PassAsync(by == "the end of the period" ? TimeSpan.FromDays(31) : TimeSpan.FromMinutes(15));

        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Equal("Rejected", await organization.StateAsync(Spoke));
        Assert.Equal(by != "the end of the period", (await RowAsync(organization)).Restrictions.Any(one => one.State is RestrictionState.Lifted));
        Assert.DoesNotContain((await RowAsync(organization)).Restrictions, one => one.State is RestrictionState.Revoked);
        // The bill goes on, and nothing new begins while the rows are wrong.
        await organization.PassAsync(TimeSpan.FromDays(1));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
    }

    /// <summary>Its budget's amount is no number.</summary>
    internal static Task WriteWrongAsync(DeployedOrganization organization, bool snoozed) => organization.PutRowAsync(
        $$"""{"AccountId":"{{Spoke}}","BudgetValue":"twelve","Responses":{{Responses}}"""
            + (snoozed ? ""","Snooze":{"Until":"2026-12-31","Why":"load test"}}""" : "}"));

    private static async Task LiftAsync(DeployedOrganization organization, string id)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var status = new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest);
        var ledger = new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", organization.CallerOfTest);
        var (_, after) = await status.StepAsync(
            Spoke, row => StatusChange.LiftAsked(row!, id, Jane, "a slip", organization.Clock.GetUtcNow()), CancellationToken.None); // It has a status.
        await new LedgerRecorder(status, ledger).RecordAsync(after, CancellationToken.None);
    }

    private static async Task<StatusRow> RowAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        return (await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None))!; // As above.
    }
}
