using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;

namespace BudgetSync.Simulation.Tests.Metering;

/// <summary>What is true in the end: every delivered call is counted, and who is suspended is who has used a budget up that suspends.</summary>
internal sealed class MeteringEndChecks(MeteredWorld world)
{
    /// <param name="since">When the windows began in which the last rows look: all of them began together.</param>
    public IEnumerable<string> Problems(DateTimeOffset since) =>
        MeteredWorld.Accounts.SelectMany(account => Counted(account).Concat(Suspended(account, since)));

    /// <summary>After the stack is gone: nothing of ours is left, and what was others' is as it was.</summary>
    public IEnumerable<string> LeftBehind(string account)
    {
        foreach (var holding in world.Guard.Of(account).Where(one => one.By == Taker.BudgetSync && world.Guard.IsTaken(one)))
            yield return $"{holding.Name} of {holding.Principal} in {account} is still taken";
        var known = world.Row(account) is { } row ? AiView.Of(row, world.Now)?.Lines : null;
        foreach (var line in known?.Items.Where(line => line.Subject is AiSubject.Principal && line.StateName == "Suspended") ?? [])
            yield return $"{line.Subject} of {account} is called Suspended where nothing is metered any more";
        var logging = world.Cloud.Bedrock.LoggingOf(account)?.ToJsonString();
        if (logging != (account == MeteredWorld.Foreign ? world.TeamLogging : null)) yield return $"the logging of {account} is {logging}";
    }

    private IEnumerable<string> Counted(string account)
    {
        var counted = world.Guard.Counted(account);
        var delivered = world.Calls.All.Where(call => call.Account == account && call.IsDelivered).ToList();
        var (cost, unpriced) = (delivered.Sum(call => call.Cost ?? 0), delivered.Count(call => call.Cost is null));
        var expected = ((long)delivered.Count, cost, (long)unpriced, (long)delivered.Count(call => call.IsUncounted));
        if (counted != expected) yield return $"{counted} are counted in {account}, and {expected} were delivered";
    }

    private IEnumerable<string> Suspended(string account, DateTimeOffset since)
    {
        var said = world.Said[account][^1];
        var isPoolOver = said.Pool is { Mode: "ARMED" } pool && Spent(SaidModels.IsInPool) >= pool.Limit;
        foreach (var principal in MeteredWorld.Principals)
        {
            var budget = said.Of(principal);
            var isRole = principal.StartsWith("role/", StringComparison.Ordinal);
            var due = (!isRole || budget.Shared)
                && ((budget.Mode == "ARMED" && Spent(one => one == principal) >= budget.Limit) || (isRole && isPoolOver && budget.Mode != "CONFIRM"));
            var ways = world.Guard.Of(account).Where(one => one.Principal == principal).ToList();
            var state = world.Guard.StateOf(account, principal);
            if (due && !world.Guard.IsInForce(account, principal)) yield return $"{principal} of {account} is to be suspended and can call; it is {state}";
            if (!due && ways.Exists(way => way.By == Taker.BudgetSync)) yield return $"{principal} of {account} is suspended and is not to be; it is {state}";
            // Whom others suspended wholly is not ours to call Suspended, and of what either did both may be said.
            if (ways.Exists(way => way.By is Taker.Either or Taker.People)) continue;
            if (state is AiState.Suspended != due) yield return $"{principal} of {account} is called {state}; it is to be suspended: {due}";
        }

        decimal Spent(Func<string, bool> who) => world.Calls.Spent(account, who, since, delivered: true);
    }
}
