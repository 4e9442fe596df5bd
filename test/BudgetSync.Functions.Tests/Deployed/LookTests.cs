using BudgetSync.Aws.Tables;
using BudgetSync.Core.Spend.History;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Looks in a deployed organization, and what may be lost on their way: after the next look everything is right.</summary>
public sealed class LookTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Budget = "SpokeAccountBudget";
    private static readonly TimeSpan Period = TimeSpan.FromHours(4);
    private static readonly AwsException Busy = new("ThrottlingException", "Rate exceeded");

    [Fact]
    public async Task An_alert_makes_the_spoke_look_at_once_and_the_hub_tells_it()
    {
        await using var organization = await DeployedAsync();
        var before = organization.Clock.GetUtcNow();

        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 85);
        await organization.SettleAsync();

        Assert.Equal("85", await ActualAsync(organization));
        Assert.InRange(organization.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(["BudgetSync Spend State Changed", "BudgetSync Threshold Crossed"], Told(organization));
    }

    [Fact]
    public async Task A_lost_alert_costs_a_period_of_looks_at_most()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Faults.OnMessages(_ => new DeliveryFault.Loss());

        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 85);
        await organization.SettleAsync();
        Assert.Empty(Told(organization));
        await organization.PassAsync(Period);

        Assert.Equal("85", await ActualAsync(organization));
        Assert.Equal(["BudgetSync Spend State Changed", "BudgetSync Threshold Crossed"], Told(organization));
    }

    [Fact]
    public async Task A_lost_look_is_made_up_for_by_the_next_and_the_account_is_not_called_failed()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Faults.OnMessages(_ => new DeliveryFault.Loss());
        organization.Cloud.Faults.OnCalls(call => call.Operation == "DescribeBudgets" ? new Fault.Refusal(Busy) : null);
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 85);
        await organization.PassAsync(Period);
        Assert.Equal("Applied", await organization.StateAsync(Spoke));

        organization.Cloud.Faults.Reset();
        await organization.PassAsync(Period);

        Assert.Equal("85", await ActualAsync(organization));
    }

    [Theory]
    [InlineData("PutItem", false)]
    [InlineData("PutItem", true)]
    [InlineData("PutEvents", false)]
    [InlineData("PutEvents", true)]
    public async Task A_Collect_that_dies_anywhere_loses_no_event_and_no_day(string operation, bool afterEffect)
    {
        await using var organization = await DeployedAsync();
        var died = 0;
        organization.Cloud.Faults.OnCalls(call =>
            call.Operation == operation && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Collect", StringComparison.Ordinal)
            && Interlocked.Increment(ref died) <= 2
                ? new Fault.Crash(afterEffect)
                : null);

        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 85);
        await organization.SettleAsync();

        Assert.True(died > 2);
        Assert.Equal("85", await ActualAsync(organization));
        Assert.Equal(["BudgetSync Spend State Changed", "BudgetSync Threshold Crossed"], Told(organization).Distinct());
        Assert.Equal(85m, (await HistoryAsync(organization))[^1].Actual);
    }

    [Fact]
    public async Task Doubled_events_and_messages_write_no_day_twice_and_tell_nothing_twice()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Faults.OnMessages(_ => new DeliveryFault.Duplicate());
        organization.Cloud.Faults.OnDeliveries(_ => new DeliveryFault.Duplicate());

        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 85);
        await organization.PassAsync(TimeSpan.FromDays(2));

        var days = (await HistoryAsync(organization)).Select(item => item.Key.Day).ToList();
        Assert.Equal(days.Distinct(), days);
        Assert.Equal(3, days.Count);
        Assert.Equal(["BudgetSync Spend State Changed", "BudgetSync Threshold Crossed"], Told(organization));
    }

    [Fact]
    public async Task A_month_that_nobody_saw_is_filled_in_from_what_AWS_remembers()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 40);
        // From here to the end of the month no look and no report arrives.
        organization.Cloud.Faults.OnDeliveries(_ => new DeliveryFault.Loss());
        organization.Cloud.Faults.OnMessages(_ => new DeliveryFault.Loss());
        await organization.PassAsync(TimeSpan.FromDays(28));
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 130);
        await organization.PassAsync(TimeSpan.FromDays(5));
        organization.Cloud.Faults.Reset();

        await organization.PassAsync(TimeSpan.FromDays(7));

        var march = Assert.Single(await HistoryAsync(organization), item => item.Key.Day == new DateOnly(2026, 3, 31));
        Assert.Equal((130m, 100m, HistorySource.BackFill, false), (march.Actual, march.Limit, march.Source, march.Estimated));
    }

    private static async Task<DeployedOrganization> DeployedAsync()
    {
        var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Thresholds":"80"}""");
        Assert.Equal("Applied", await organization.StateAsync(Spoke));
        // Time stands still while this cloud works: a look of the same instant would be the apply's over again.
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        organization.Cloud.Calls.Clear();
        return organization;
    }

    private static async Task<string?> ActualAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var item = (await clients.Dynamo.GetItemAsync("BudgetSync-Status", new() { ["AccountId"] = new() { S = Spoke } })).Item;
        return item["Budgets"].L[0].M.GetValueOrDefault("ActualSpend")?.N;
    }

    private static async Task<IReadOnlyList<HistoryItem>> HistoryAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var caller = new BudgetSync.Aws.Calls.AwsCaller(organization.Clock, new Random(1), new BudgetSync.Aws.Logging.JsonLog(null, organization.Clock));
        return await new HistoryTable(clients.Dynamo, "BudgetSync-History", caller).ReadAsync(Spoke, CancellationToken.None);
    }

    /// <summary>The detail-types of events about money that the bus took.</summary>
    private static List<string> Told(DeployedOrganization organization) =>
    [
        .. organization.Cloud.Calls.Calls.Where(call => call.Call.Operation == "PutEvents" && call.ErrorCode is null)
            .SelectMany(call => call.Call.Input["Entries"]!.AsArray())
            .Select(entry => entry!["DetailType"]!.ToString())
            .Where(kind => kind.StartsWith("BudgetSync ", StringComparison.Ordinal) && kind != "BudgetSync Spoke Deployed")
            .Order(StringComparer.Ordinal),
    ];
}
