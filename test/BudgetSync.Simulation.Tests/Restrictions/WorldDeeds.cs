using BudgetSync.Core.Restrictions;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>How much happened of what is to be proved: worlds in which too little did prove nothing.</summary>
/// <param name="Begun">Restrictions in force.</param>
/// <param name="Stopped">Resources.</param>
/// <param name="Idled">Of those, by STOP_IDLE alone.</param>
/// <param name="Attached">Attachments that were people's.</param>
/// <param name="Kept">Restrictions that met the tag of the account.</param>
/// <param name="Approved">By a person.</param>
/// <param name="TakenBack">By a person.</param>
/// <param name="Snoozed">Restrictions that a snooze ended.</param>
/// <param name="Killed">Functions in the middle of a call.</param>
internal sealed record WorldDeeds(int Begun, int Stopped, int Idled, int Attached, int Kept, int Approved, int TakenBack, int Snoozed, int Killed)
{
    private static readonly WorldDeeds None = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static WorldDeeds Of(RestrictedWorld world)
    {
        var entries = RestrictedWorld.Accounts.SelectMany(account => world.Ledger(account)).ToList();
        return new WorldDeeds(
            Said(nameof(RestrictionState.InForce)),
            world.Resources.All.Count(resource => resource.WasStopped),
            world.Resources.All.Count(resource => resource.WasIdled),
            world.Attachments.Count,
            world.Ledger(RestrictedWorld.Tagged).Count(entry => entry.Text.Contains(ProtectTag.Key, StringComparison.Ordinal)),
            Said(LedgerEntry.Approved),
            Said(LedgerEntry.LiftAsked),
            entries.Count(entry => entry.Text.Contains("snoozed through", StringComparison.Ordinal)),
            world.Journal.Lines.Count(line => line.Contains(": Crash", StringComparison.Ordinal)));

        int Said(string what) => entries.Count(entry => entry.What == what);
    }

    public static WorldDeeds Sum(IEnumerable<WorldDeeds?> worlds) => worlds.OfType<WorldDeeds>().Aggregate(None, (sum, one) => new WorldDeeds(
        sum.Begun + one.Begun,
        sum.Stopped + one.Stopped,
        sum.Idled + one.Idled,
        sum.Attached + one.Attached,
        sum.Kept + one.Kept,
        sum.Approved + one.Approved,
        sum.TakenBack + one.TakenBack,
        sum.Snoozed + one.Snoozed,
        sum.Killed + one.Killed));

    /// <summary>What there was too little of in so many worlds; none where they prove something.</summary>
    public IEnumerable<string> Lacking(int seeds)
    {
        var enough = new (string What, int Count, double OfEach)[]
        {
            ("restrictions began", Begun, 1), ("resources were stopped", Stopped, 1), ("resources were stopped as idle", Idled, 1 / 6d),
            ("attachments were people's", Attached, 1 / 3d), ("restrictions met the tag of the account", Kept, 1 / 2d),
            ("restrictions were approved", Approved, 1 / 6d), ("restrictions were taken back", TakenBack, 1 / 6d),
            ("restrictions were snoozed", Snoozed, 1 / 6d), ("functions were killed", Killed, 1),
        };
        return enough.Where(one => one.Count <= one.OfEach * seeds).Select(one => $"Only {one.Count} {one.What} in {seeds} worlds: they prove nothing.");
    }
}
