using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// What the accounts spend: from when one does, AWS computes its budgets a few times a day, and alerts. Half of the worlds have it, by chances of their own.
/// </summary>
internal sealed class SpendEdits(SimulatedWorld world, Random random)
{
    private readonly bool spends = random.Next(2) == 0;

    /// <summary>One account begins to spend, or spends otherwise from now on; or a person lets one look at its budgets.</summary>
    public void Make()
    {
        if (!spends || random.Next(4) != 0) return;
        var accounts = world.Cloud.Organizations.AccountIds;
        var account = accounts[random.Next(accounts.Count)];
        if (random.Next(3) == 0) AskForLook(world, account);
        else Begin(account);
    }

    /// <summary>A person's look, as the schedule asks for one. Its report comes by the function's destination.</summary>
    public static void AskForLook(SimulatedWorld world, string account)
    {
        if (!world.HasStack(account)) return;
        world.Manual.Try(world.Cloud.Lambda, account, "Invoke", new JsonObject
        {
            ["FunctionName"] = "BudgetSync-Apply",
            ["InvocationType"] = "Event",
            ["Payload"] = """{"look":true}""",
        });
    }

    private void Begin(string account)
    {
        var today = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime);
        var behaviours = Enum.GetValues<SpendBehaviour>();
        // Rows ask for 1 to some thousands a month: some accounts stay far below, some exceed theirs within a day.
        var daily = (decimal)Math.Pow(10, random.Next(0, 4)) * random.Next(1, 10) / 10;
        var model = new SpendModel(behaviours[random.Next(behaviours.Length)], daily, today.AddDays(-random.Next(0, 90)))
        {
            Seed = random.Next(),
            Turn = today.AddDays(random.Next(-5, 5)),
            FirstOfMonth = random.Next(3) * daily,
            MonthlyCredit = random.Next(4) == 0 ? daily : 0,
        };
        try
        {
            world.Cloud.Costs.SetSpend(account, model);
            world.Journal.Write($"{account} spends {model.DailyAmount} a day, {model.Behaviour}");
        }
        catch (AwsException refused)
        {
            world.Journal.Write($"{account} does not spend: {refused.Code}");
        }
    }
}
