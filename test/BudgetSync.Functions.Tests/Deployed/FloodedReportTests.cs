using BudgetSync.Core.Restrictions;
using static BudgetSync.Functions.Tests.Deployed.ForgedReports;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Reports that no Apply made, as in <see cref="ForgedReportTests"/>, and a great many of them.</summary>
public sealed class FloodedReportTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Deny = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";

    /// <summary>Each question is a look, with its calls.</summary>
    [Fact]
    public async Task A_flood_of_events_has_the_account_asked_so_often_and_no_more()
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        var before = (await ResponseAttackTests.LedgerAsync(organization, Spoke)).Count;
        var asked = 0;
        organization.Cloud.Faults.OnCalls(call =>
        {
            if (call is { Service: "lambda", Operation: "Invoke", Caller.AccountId: Spoke }) asked++;
            return null;
        });
        for (var second = 0; second < 30 * 60; second += 20)
        {
            await SayAsync(organization, id, second % 40 == 0 ? "less was spent" : "the spoke does not restrict");
            await organization.PassAsync(TimeSpan.FromSeconds(20));
        }

        Assert.InRange(asked, 1, 6);
        Assert.InRange((await ResponseAttackTests.LedgerAsync(organization, Spoke)).Count - before, 0, 8);
        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
    }

    /// <summary>Five a minute say that something was done, and the true report is one of those that are not taken: the function itself is asked.</summary>
    [Fact]
    public async Task What_was_really_done_stands_in_the_ledger_however_many_reports_are_made_up()
    {
        await using var organization = await ResponseAttackTests.OverAsync(Deny);
        await organization.PassAsync(TimeSpan.FromMinutes(5));
        var id = Assert.Single((await RowAsync(organization)).Restrictions).Id;
        for (var number = 0; number < 500; number++)
        {
            await SayAsync(organization, id, "something was done");
            await organization.PassAsync(TimeSpan.FromSeconds(12));
        }

        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
        var entries = (await ResponseAttackTests.LedgerAsync(organization, Spoke)).Where(entry => entry.What == LedgerEntry.Held).ToList();
        Assert.InRange(entries.Count, 1, 12);
        Assert.All(entries, entry => Assert.Contains(entry.Facts, fact => fact.EndsWith("was without DenyNew", StringComparison.Ordinal)));
    }
}
