using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>One account in trouble, or whose owner makes some, silences no other.</summary>
public sealed class TroubledAccountTests
{
    [Fact]
    public async Task An_account_whose_ledger_refuses_it_costs_only_itself()
    {
        await using var world = await NotifyWorld.CreateAsync();
        string[] accounts = [.. Enumerable.Range(1, 12).Select(number => $"2222222222{number:00}")];
        foreach (var account in accounts) await world.SpendAsync(SpendState.Critical, account);
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutItem" && call.Input.ToJsonString().Contains(accounts[3], StringComparison.Ordinal)
            ? new Fault.Refusal(new AwsException("ValidationException", "Item size has exceeded the maximum allowed size"))
            : null);

        await Assert.ThrowsAsync<AwsFaultException>(world.SweepAsync);

        foreach (var account in accounts.Where(account => account != accounts[3])) Assert.Contains($"finops Opened Critical {account}", world.Told);
    }

    /// <summary>A period that ends on the first day there is has no month before it: no report can say so, a table that somebody wrote into can.</summary>
    [Fact]
    public async Task An_account_whose_status_brings_out_a_bug_costs_only_itself()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Critical, World.Beta);
        await world.SpendAsync(SpendState.Critical);
        await world.World.Status.StepAsync(
            World.Alpha,
            row => row! with
            {
                ItemVersion = row.ItemVersion + 1,
                Spend = [row.Spend[0] with { Memory = row.Spend[0].Memory with { Period = new BudgetPeriod(DateOnly.MinValue, DateOnly.MinValue) } }],
            },
            CancellationToken.None);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(world.SweepAsync);

        Assert.Contains($"finops Opened Critical {World.Beta}", world.Told);
    }

    /// <summary>The message for all that the mass brake holds back is of no account, and a partition key is never empty.</summary>
    [Fact]
    public async Task What_was_told_of_all_accounts_together_is_kept()
    {
        await using var world = await NotifyWorld.CreateAsync();
        var alert = new Alert(
            AlertKind.Restriction, AlertSeverity.Critical, AlertPhase.Opened, "", "", "2026-03", "Held back", "12 are held back", World.Start);

        await world.Ledger.AppendAsync(new ToldAlert(World.Start, NotifyWorld.Finops, Counted: false, alert), CancellationToken.None);
        await world.Ledger.AppendAsync(
            new ToldAlert(World.Start, NotifyWorld.Finops, Counted: false, alert with { Account = World.Alpha, Budget = new string('é', 600) }),
            CancellationToken.None);
    }
}
