using BudgetSync.Aws.Tables;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Spend.History;
using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.CostExplorer;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Track deployed from its template: what it keeps, what it costs, and what may go wrong on its way.</summary>
public sealed class TrackTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Other = "222222222222";
    private static readonly DateOnly FirstDay = new(2026, 3, 2);
    private static readonly AwsException Busy = new("ThrottlingException", "Rate exceeded");

    [Fact]
    public async Task Every_account_has_a_history_with_the_months_before_whether_it_has_a_budget_or_not()
    {
        await using var organization = await DeployedAsync();

        await organization.PassAsync(TimeSpan.FromDays(5));

        foreach (var (account, daily) in new[] { (Spoke, 24m), (Other, 48m) })
        {
            var items = await HistoryAsync(organization, account);
            var february = Assert.Single(items, item => item.Key.Day == new DateOnly(2026, 2, 28));
            // 28 days, without the credit of the fifth; its bill is final on 5 March.
            Assert.Equal((28 * daily, false), (february.Actual, february.Estimated));
            Assert.Equal(31 * daily, Assert.Single(items, item => item.Key.Day == new DateOnly(2026, 1, 31)).Actual);
            // No day twice, and none missing since Track came.
            var days = items.Select(item => item.Key.Day).Where(day => day >= FirstDay).ToList();
            Assert.Equal(Enumerable.Range(0, days.Count).Select(number => FirstDay.AddDays(number)), days);
        }
    }

    [Fact]
    public async Task What_a_day_costs_can_be_read_from_the_counter_of_requests()
    {
        await using var organization = await DeployedAsync();
        await organization.PassAsync(TimeSpan.FromDays(3));

        // The first day at noon: months and days, and once the months of before, as far back as Cost Explorer goes (February was asked for with March).
        var requests = organization.Cloud.CostExplorer.Requests;
        Assert.Equal(2 + 12, requests[FirstDay]);
        // After that a month and four days in one page each, twice a day: 4 cents.
        Assert.Equal(4, requests[FirstDay.AddDays(1)]);
        Assert.Equal(0.04m, requests[FirstDay.AddDays(1)] * CostExplorerService.PricePerRequest);
    }

    [Fact]
    public async Task Pages_are_read_to_the_end_and_each_is_counted()
    {
        await using var organization = await DeployedAsync(groupsPerPage: 1);

        await organization.PassAsync(TimeSpan.FromHours(13));

        // Two accounts: two pages of February and March each, and two for each day of the window.
        Assert.Equal(28m * 48, Assert.Single(await HistoryAsync(organization, Other), item => item.Key.Day == new DateOnly(2026, 2, 28)).Actual);
        Assert.Equal(28m * 24, Assert.Single(await HistoryAsync(organization, Spoke), item => item.Key.Day == new DateOnly(2026, 2, 28)).Actual);
        Assert.Equal(2, (await MonthAsync(organization))!.Costs.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_cap_of_a_day_holds_over_every_crash(bool afterEffect)
    {
        await using var organization = await DeployedAsync(most: 7, groupsPerPage: 1);
        // Whatever Track has asked, it dies before it can write it, and Lambda calls it again.
        organization.Cloud.Faults.OnCalls(call => IsTrack(call) && call.Operation == "PutItem" ? new Fault.Crash(afterEffect) : null);

        await organization.PassAsync(TimeSpan.FromDays(2));

        Assert.All(organization.Cloud.CostExplorer.Requests, day => Assert.InRange(day.Value, 1, 7));
    }

    [Fact]
    public async Task A_cap_that_is_too_low_for_the_days_still_tells_what_the_month_has_cost()
    {
        await using var organization = await DeployedAsync(most: 1);

        await organization.PassAsync(TimeSpan.FromHours(13));
        var month = await MonthAsync(organization);

        Assert.Equal([Spoke, Other], month!.Costs.Keys.Select(account => account.Value).Order());
        Assert.Single(await HistoryAsync(organization, Spoke), item => item.Key.Day == FirstDay);
        Assert.Equal(1, organization.Cloud.CostExplorer.Requests[FirstDay]);
    }

    [Theory]
    [InlineData("PutItem", false)]
    [InlineData("PutItem", true)]
    [InlineData("UpdateItem", true)]
    [InlineData("GetCostAndUsage", false)]
    [InlineData("GetCostAndUsage", true)]
    public async Task A_Track_that_dies_anywhere_loses_no_day(string operation, bool afterEffect)
    {
        await using var organization = await DeployedAsync();
        var died = 0;
        organization.Cloud.Faults.OnCalls(
            call => IsTrack(call) && call.Operation == operation && Interlocked.Increment(ref died) <= 2 ? new Fault.Crash(afterEffect) : null);

        await organization.PassAsync(TimeSpan.FromDays(1));

        Assert.True(died > 2);
        var items = await HistoryAsync(organization, Other);
        Assert.Equal(28m * 48, Assert.Single(items, item => item.Key.Day == new DateOnly(2026, 2, 28)).Actual);
        Assert.Equal(items.Select(item => item.Key.Day).Distinct(), items.Select(item => item.Key.Day));
    }

    [Fact]
    public async Task Days_on_which_Track_did_not_run_are_asked_for_by_the_next_run()
    {
        await using var organization = await DeployedAsync();
        await organization.PassAsync(TimeSpan.FromDays(1));
        organization.Cloud.Faults.OnCalls(call => IsTrack(call) && call.Operation == "GetItem" ? new Fault.Refusal(Busy) : null);
        await organization.PassAsync(TimeSpan.FromDays(8));
        organization.Cloud.Faults.Reset();

        await organization.PassAsync(TimeSpan.FromDays(1));

        var days = (await HistoryAsync(organization, Other)).Select(item => item.Key.Day).Where(day => day >= FirstDay).ToList();
        Assert.Equal(Enumerable.Range(0, days.Count).Select(number => FirstDay.AddDays(number)), days);
    }

    [Fact]
    public async Task An_event_that_comes_twice_is_paid_for_once()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Faults.OnDeliveries(_ => new LocalAws.EventBridge.DeliveryFault.Duplicate());

        await organization.PassAsync(TimeSpan.FromDays(2));

        Assert.Equal(4, organization.Cloud.CostExplorer.Requests[FirstDay.AddDays(1)]);
    }

    [Fact]
    public async Task Nothing_is_asked_where_Track_is_not_deployed()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();
        organization.Cloud.Costs.SetSpend(Other, Even(48));

        await organization.PassAsync(TimeSpan.FromDays(2));

        Assert.Empty(organization.Cloud.CostExplorer.Requests);
        Assert.Null(await MonthAsync(organization));
    }

    internal static async Task<DeployedOrganization> DeployedAsync(int most = 200, int groupsPerPage = 1000, Templates? templates = null)
    {
        var organization = new DeployedOrganization(
            templates ?? Templates.AsCommitted, options: options => options with { CostExplorer = new CostExplorerOptions { GroupsPerPage = groupsPerPage } });
        organization.Cloud.Organizations.AddAccount(Other, "without a budget", organization.UncoveredUnit);
        organization.Cloud.Costs.SetSpend(Spoke, Even(24) with { MonthlyCredit = 500 });
        organization.Cloud.Costs.SetSpend(Other, Even(48));
        await organization.DeployAsync();
        await organization.DeployTrackAsync(most);
        return organization;
    }

    private static SpendModel Even(decimal amount) => new(SpendBehaviour.Flat, amount, new(2026, 1, 1)) { Noise = 0, HasWeekdays = false };

    private static bool IsTrack(AwsCall call) => call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Track", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<HistoryItem>> HistoryAsync(DeployedOrganization organization, string account)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var history = new HistoryTable(clients.Dynamo, "BudgetSync-History", organization.CallerOfTest);
        return [.. (await history.ReadAsync(account, CancellationToken.None)).Where(item => item.Key.BudgetName == AllCosts.Name)];
    }

    private static async Task<MonthToDate?> MonthAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var track = new TrackTable(clients.Dynamo, "BudgetSync-History", organization.CallerOfTest);
        return await track.ReadMonthAsync(DateOnly.FromDateTime(organization.Clock.GetUtcNow().UtcDateTime), CancellationToken.None);
    }
}
