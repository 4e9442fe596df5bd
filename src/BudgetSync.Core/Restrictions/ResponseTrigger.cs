using System.Globalization;

namespace BudgetSync.Core.Restrictions;

/// <summary>A state of spending at which a response may begin; the names are those of <c>SpendState</c>.</summary>
public enum TriggerState
{
    OnTarget,
    Over,
    Critical,
    Shutdown,
}

/// <summary>When a response begins. Written as a row writes it: <c>Over</c>, <c>110</c>, <c>110 FORECASTED</c>, <c>Runway 5</c>.</summary>
public abstract record ResponseTrigger
{
    private ResponseTrigger()
    {
    }

    /// <summary>The budget is in this state or a louder one.</summary>
    public sealed record State(TriggerState From) : ResponseTrigger
    {
        public override string ToString() => From.ToString();
    }

    /// <summary>So many percent of the limit are spent, or forecast by AWS.</summary>
    public sealed record Percent(decimal From, bool Forecasted) : ResponseTrigger
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:0.####}{(Forecasted ? " FORECASTED" : "")}");
    }

    /// <summary>At the present rate the limit is reached within so many days.</summary>
    public sealed record Runway(int Days) : ResponseTrigger
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Runway {Days}");
    }
}
