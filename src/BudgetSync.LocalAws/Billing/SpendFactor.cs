namespace BudgetSync.LocalAws.Billing;

/// <summary>By how much a behaviour multiplies an ordinary day. Pure.</summary>
internal static class SpendFactor
{
    private const int DaysOfStep = 30;
    private const decimal Growth = 0.06m;
    private const decimal QuietDay = 0.8m;
    private const decimal Spike = 6;
    private const decimal SpikesPerDay = 0.04m;
    private const decimal Step = 1.8m;
    private const int LastHalving = 6;
    private const int DaysUntilTurn = 60;

    /// <summary>January first; twelve of these add up to twelve.</summary>
    private static readonly decimal[] Seasons = [0.85m, 0.85m, 0.9m, 0.95m, 0.95m, 0.95m, 0.9m, 0.9m, 1m, 1.05m, 1.3m, 1.4m];

    public static decimal Of(SpendModel model, DateOnly day)
    {
        var since = day.DayNumber - (model.Turn ?? model.Begins.AddDays(DaysUntilTurn)).DayNumber;
        return model.Behaviour switch
        {
            SpendBehaviour.Growing => Compound(day.DayNumber - model.Begins.DayNumber, 1 + Growth),
            SpendBehaviour.Seasonal => Seasons[day.Month - 1],
            SpendBehaviour.Spiky => SeededChance.Of(model.Seed + 1, day.DayNumber) < SpikesPerDay ? Spike : QuietDay,
            SpendBehaviour.Step => since >= 0 ? Step : 1,
            SpendBehaviour.Dying when since >= LastHalving * DaysOfStep => 0,
            SpendBehaviour.Dying => since > 0 ? Compound(since, 0.5m) : 1,
            _ => 1,
        };
    }

    /// <summary>A rate compounded every 30 days, in a straight line between.</summary>
    private static decimal Compound(int days, decimal rate)
    {
        var factor = 1m;
        for (var step = 0; step < days / DaysOfStep; step++) factor *= rate;
        return factor * (1 + ((rate - 1) * (days % DaysOfStep) / DaysOfStep));
    }
}
