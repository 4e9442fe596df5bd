using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Checks;

/// <summary>What is true after every account has looked once more, without faults: the status table and the events say of the money what AWS says.</summary>
internal sealed class LookChecks(SimulatedWorld world)
{
    private static readonly TimeSpan FallsAfter = TimeSpan.FromHours(8);

    /// <summary>Lets every account look, and waits for what comes of it.</summary>
    /// <returns>When: a moment later than all that was before, for two looks of one moment are one.</returns>
    public DateTimeOffset Look()
    {
        world.Driver.Advance(TimeSpan.FromMinutes(1));
        world.Driver.Settle();
        var from = world.Clock.GetUtcNow();
        world.Journal.Write("every account looks");
        foreach (var account in world.Cloud.Organizations.AccountIds) SpendEdits.AskForLook(world, account);
        world.Driver.Settle();
        return from;
    }

    /// <returns>Everything that is not so; empty where all is well.</returns>
    public IReadOnlyList<string> Problems(DateTimeOffset lookedFrom)
    {
        var statuses = SimulatedWorld.Done(world.Status.ScanAsync(CancellationToken.None));
        return
        [
            .. from status in statuses
               where status.State == AccountState.Applied && world.HasStack(status.Key)
               from problem in OfAccount(status, lookedFrom)
               select $"{status.Key}: {problem}",
        ];
    }

    private IEnumerable<string> OfAccount(StatusRow status, DateTimeOffset lookedFrom)
    {
        if (!status.Untold.IsEmpty) yield return $"{status.Untold.Length} events about money were not told";
        var budgets = world.Manual.Ask(world.Cloud.Budgets, status.Key, "DescribeBudgets", new JsonObject { ["AccountId"] = status.Key })["Budgets"];
        var found = (budgets as JsonArray ?? []).ToDictionary(budget => budget!["BudgetName"]!.ToString(), StringComparer.Ordinal); // Every budget has a name.
        foreach (var told in status.Budgets.Where(told => !told.Missing))
        {
            if (status.Spend.FirstOrDefault(one => one.BudgetName == told.Name) is not { } standing || !found.TryGetValue(told.Name, out var budget))
                yield return $"nothing is known of the money of \"{told.Name}\"";
            else foreach (var problem in OfBudget(status.Key, told, standing, budget!, lookedFrom)) yield return $"\"{told.Name}\": {problem}";
        }
    }

    private IEnumerable<string> OfBudget(string account, ReportedBudget told, SpendStanding standing, JsonNode budget, DateTimeOffset lookedFrom)
    {
        var memory = standing.Memory;
        if (!(memory.LastLookAt >= lookedFrom)) yield return $"the last look is of {memory.LastLookAt}, before {lookedFrom}";
        if (memory.State != SpendState.Unknown && !world.StatusEdited.Contains(account) && !world.Told.Of(account, told.Name).Contains(memory.State.ToString()))
            yield return $"the state is {memory.State}, and listeners were told {string.Join(" or ", world.Told.Of(account, told.Name))}";
        var (actual, forecast) = (Amount(budget["CalculatedSpend"]?["ActualSpend"]), Amount(budget["CalculatedSpend"]?["ForecastedSpend"]));
        // AWS forgets the amounts of a budget that is written; until it has computed them anew, ours are of before.
        if (memory.Freshness is not Freshness.Current) yield break;
        if (Rounded(told.ActualSpend) != Rounded(actual?.Amount)) yield return $"{told.ActualSpend} is told as spent, and AWS says {actual?.Amount}";
        var now = SpendBounds.Default.StateOf(Amount(budget["BudgetLimit"]), actual, forecast);
        if (now == SpendState.Unknown) yield break;
        if (told.SpendState < now) yield return $"the state is {told.SpendState}, and AWS's amounts are {now}";
        // Our own forecast may say more where AWS has none. A state falls when looks of eight hours have found less.
        if (forecast is null || told.SpendState <= now) yield break;
        if (memory.Falling.IsEmpty || memory.LastLookAt - memory.Falling[0].Since >= FallsAfter)
            yield return $"the state is {told.SpendState} still, and AWS's amounts are {now} since {memory.Falling.Items.FirstOrDefault().Since}";
    }

    private static SpendAmount? Amount(JsonNode? spend) => spend is null
        ? null
        : new SpendAmount(decimal.Parse(spend["Amount"]!.ToString(), CultureInfo.InvariantCulture), spend["Unit"]!.ToString()); // AWS's shape has both.

    private static decimal? Rounded(decimal? amount) => amount is { } known ? Math.Round(known, 2) : null;
}
