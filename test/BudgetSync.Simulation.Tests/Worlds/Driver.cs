using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// Decides what happens next in a stepped cloud: which piece of its work runs, and when the clock moves. Nothing happens that it did not choose.
/// </summary>
internal sealed class Driver(LocalCloud cloud, VirtualClock clock, Random order, Journal journal)
{
    /// <summary>A world that has not come to rest after this many pieces is one that never will.</summary>
    private const int MaximumPieces = 20_000;

    private readonly List<(string Name, Task Run)> underWay = [];

    /// <summary>Called after each piece of work and each move of the clock.</summary>
    public Action? AfterEach { get; set; }

    /// <summary>True while something of the account's own is queued or in the middle of a call.</summary>
    public bool IsBusy(string account) =>
        underWay.Any(piece => piece.Name.Contains(account, StringComparison.Ordinal))
            || cloud.Work.Ready.Any(name => name.Contains(account, StringComparison.Ordinal));

    /// <summary>Runs one of the pieces that are ready; false where none is.</summary>
    public bool RunOne()
    {
        var ready = cloud.Work.Ready;
        if (ready.Count == 0) return false;
        var index = order.Next(ready.Count);
        journal.Write($"run {ready[index]}");
        underWay.Add((ready[index], cloud.Work.RunOneAsync(index)));
        Look();
        return true;
    }

    /// <summary>Moves the clock, with everything that becomes due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var end = clock.GetUtcNow() + by;
        while (clock.NextDue is { } due && due <= end)
        {
            clock.AdvanceTo(due);
            Look();
        }

        clock.AdvanceTo(end);
        journal.Write("the clock was moved");
    }

    /// <summary>Runs what is ready and waits for what is on its way, until nothing is left but the schedules.</summary>
    public void Settle()
    {
        for (var pieces = 0; cloud.Work.Outstanding > 0; pieces++)
        {
            if (pieces > MaximumPieces)
                throw new WorldException($"The world did not come to rest in {MaximumPieces} pieces of work: {string.Join("; ", cloud.Work.Ready.Take(5))}");
            if (RunOne()) continue;
            clock.AdvanceTo(
                clock.NextDue
                    ?? throw new WorldException($"Something waits, but not for the clock: {string.Join("; ", underWay.Select(piece => piece.Name))}"));
            Look();
        }
    }

    /// <summary>Lets time pass with everything in it: schedules fire, and what they start comes to its end.</summary>
    public void Live(TimeSpan span)
    {
        var end = clock.GetUtcNow() + span;
        Settle();
        while (clock.NextDue is { } due && due <= end)
        {
            clock.AdvanceTo(due);
            Settle();
        }

        clock.AdvanceTo(end);
    }

    /// <summary>Works until the task has ended.</summary>
    public void Finish(Task task)
    {
        for (var pieces = 0; !task.IsCompleted; pieces++)
        {
            if (pieces > MaximumPieces) throw new WorldException($"A task did not end in {MaximumPieces} pieces of work.");
            if (!RunOne()) clock.AdvanceTo(clock.NextDue ?? throw new WorldException("A task waits, but not for the clock."));
        }

        task.GetAwaiter().GetResult();
    }

    private void Look()
    {
        underWay.RemoveAll(piece => piece.Run.IsCompleted);
        AfterEach?.Invoke();
    }
}
