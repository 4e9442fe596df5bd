namespace BudgetSync.Core.Restrictions;

/// <summary>Until when a restriction holds: <c>PERIOD</c>, <c>MANUAL</c> or a day.</summary>
public abstract record ResponseEnd
{
    private ResponseEnd()
    {
    }

    /// <summary>Until the budget's period ends, or its spending is below the trigger again because the limit was raised.</summary>
    public sealed record Period : ResponseEnd
    {
        public override string ToString() => "PERIOD";
    }

    /// <summary>Until a person lifts it.</summary>
    public sealed record Manual : ResponseEnd
    {
        public override string ToString() => "MANUAL";
    }

    /// <param name="Last">The last day on which it holds, in UTC.</param>
    public sealed record Day(DateOnly Last) : ResponseEnd
    {
        public override string ToString() => DayText.Format(Last);
    }
}
