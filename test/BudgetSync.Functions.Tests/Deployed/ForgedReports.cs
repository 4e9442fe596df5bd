using BudgetSync.Aws.Tables;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Reports that no Apply made, each of which would free its account if it were believed.</summary>
internal static class ForgedReports
{
    private const string Spoke = DeployedOrganization.Spoke;

    public static TheoryData<string> Sayings { get; } =
    [
        "less was spent", "nothing was spent", "it is not known what was spent", "less was spent, eight hours ago and now",
        "less was spent, in a period of its own", "the period is over", "the limit is higher", "the currency is another", "the budget is missing",
        "there is no budget", "there was no budget, and it is a new one", "the spoke does not restrict", "the stack was deleted", "given back",
        "nothing is in force",
    ];

    public static async Task SayAsync(DeployedOrganization organization, string id, string said)
    {
        foreach (var report in await ReportsAsync(organization, id, said))
            await ResponseAttackTests.ReportAsync(organization, Spoke, ReportJson.Format(report));
    }

    public static async Task<StatusRow> RowAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        return (await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None))!; // It has one.
    }

    private static async Task<IReadOnlyList<Report>> ReportsAsync(DeployedOrganization organization, string id, string said)
    {
        var row = await RowAsync(organization);
        var now = organization.Clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var applied = new Report
        {
            Outcome = ReportOutcome.Applied,
            Revision = row.DesiredRevision,
            ParameterVersion = row.ParameterVersion,
            Budgets = row.Budgets,
            Restrictions = [new ReportedRestriction(id, RestrictionOutcome.InForce)],
            IsCanonical = true,
            At = now,
        };
        var looked = applied with { Outcome = ReportOutcome.Looked };
        var less = new ReportedBudget("SpokeAccountBudget", row.Budgets.Items.FirstOrDefault()?.Limit ?? 100, "USD", 10, null, SpendState.Under)
        {
            AsOf = now,
            Period = BudgetPeriod.Of(TimeUnit.MONTHLY, today),
        };
        return said switch
        {
            "less was spent" => [looked with { Budgets = [less] }],
            "nothing was spent" => [looked with { Budgets = [less with { ActualSpend = 0 }] }],
            "it is not known what was spent" => [looked with { Budgets = [less with { ActualSpend = null }] }],
            "less was spent, eight hours ago and now" =>
            [
                looked with { Budgets = [less with { AsOf = now.AddHours(-8) }], At = now.AddHours(-8) }, applied with { Budgets = [less] },
            ],
            "less was spent, in a period of its own" => [looked with { Budgets = [less with { Period = new BudgetPeriod(today, today.AddDays(1)) }] }],
            "the period is over" => [looked with { Budgets = [less with { Period = new BudgetPeriod(today.AddDays(-2), today) }] }],
            "the limit is higher" => [applied with { Budgets = [less with { ActualSpend = 130, Limit = 5000 }] }],
            "the currency is another" => [applied with { Budgets = [less with { Unit = "JPY" }] }],
            "the budget is missing" => [applied with { Budgets = [less with { Missing = true }] }],
            "there is no budget" => [applied with { Budgets = [] }],
            "there was no budget, and it is a new one" => [applied with { Budgets = [], At = now.AddSeconds(-1) }, applied with { Budgets = [less] }],
            "the spoke does not restrict" => [applied with { Restrictions = null }],
            "the stack was deleted" => [applied with { Restrictions = null, StackDeleted = true }],
            "given back" => [applied with { Restrictions = [new ReportedRestriction(id, RestrictionOutcome.Lifted)] }],
            "something was done" =>
            [
                applied with
                {
                    Restrictions =
                    [
                        new ReportedRestriction(id, RestrictionOutcome.InForce)
                        {
                            Did = [new RestrictedResource($"arn:aws:iam::{Spoke}:role/{now.Ticks}", "free")],
                        },
                    ],
                },
            ],
            "nothing is in force" => [applied with { Restrictions = [] }],
            _ => throw new ArgumentException(said, nameof(said)),
        };
    }
}
