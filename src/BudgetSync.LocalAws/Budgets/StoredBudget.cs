using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>A budget with all that hangs on it. Guarded by its account's gate.</summary>
internal sealed class StoredBudget(BudgetTerms terms, ImmutableSortedDictionary<string, string> tags, DateTimeOffset now)
{
    public BudgetTerms Terms { get; private set; } = terms;

    public DateTimeOffset Updated { get; private set; } = now;

    /// <summary>As last computed; null, which is described as zero, until AWS has computed it for the terms as they are.</summary>
    public Amount? Actual { get; private set; }

    public Amount? Forecast { get; private set; }

    /// <summary>The beginning of the period that was last computed; null before the first time.</summary>
    public DateTimeOffset? ComputedPeriod { get; private set; }

    /// <summary>Why AWS cannot compute the budget, where a test said so, and since when.</summary>
    public (string Reason, DateTimeOffset Since)? Fault { get; set; }

    /// <summary>Periods in which the spend was computed, by their start: as many as <see cref="Period.Kept"/> of them.</summary>
    public SortedDictionary<DateTimeOffset, PeriodSpend> History { get; } = [];

    public ImmutableSortedDictionary<string, string> Tags { get; set; } = tags;

    /// <summary>By <see cref="Notification.Key"/>.</summary>
    public SortedDictionary<string, StoredNotification> Notifications { get; } = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public SortedDictionary<string, StoredAction> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>Replaces the terms. The calculated spend is gone until the next refresh.</summary>
    public void Update(BudgetTerms terms, DateTimeOffset now)
    {
        // Periods of another length say nothing about the new ones.
        if (terms.TimeUnit != Terms.TimeUnit) History.Clear();
        Terms = terms;
        Updated = now;
        Actual = null;
        Forecast = null;
    }

    /// <summary>What AWS does a few times a day: computes the spend anew.</summary>
    public void Refresh(Amount actual, Amount? forecast, string currency, DateTimeOffset now)
    {
        Actual = actual;
        Forecast = forecast;
        ComputedPeriod = Terms.PeriodAt(now).Start;
        if (Period.Kept(Terms.TimeUnit) is not (> 0 and var kept)) return;
        var start = Period.StartOf(Terms.TimeUnit, now);
        History[start] = new PeriodSpend(start, Period.EndOf(Terms.TimeUnit, start), CurrentLimit(currency, now), actual);
        while (History.Count > kept) History.Remove(History.First().Key);
    }

    /// <summary>The limit of the current period. A planned budget that has run out keeps its last; one that adjusts itself takes what it last saw.</summary>
    public Spend CurrentLimit(string currency, DateTimeOffset now)
    {
        if (Terms.Planned is { } planned)
        {
            var begun = planned.Where(period => period.Key <= now).Select(period => period.Value).ToList();
            return begun.Count > 0 ? begun[^1] : planned.First().Value;
        }

        if (Terms.AutoAdjust is not null) return new Spend(Forecast?.Value ?? Actual?.Value ?? 0, Terms.Type == "COST" ? currency : "N/A");
        return Terms.Limit ?? new Spend(100, "PERCENTAGE");
    }

    /// <summary>Whether a threshold is passed by what was last computed.</summary>
    public bool IsPassed(Notification notification, string currency, DateTimeOffset now)
    {
        if ((notification.Type == "FORECASTED" ? Forecast : Actual)?.Value is not { } spend) return false;
        var bound = notification.ThresholdType == "PERCENTAGE" ? CurrentLimit(currency, now).Amount * (notification.Threshold / 100) : notification.Threshold;
        return notification.Operator switch
        {
            "GREATER_THAN" => spend > bound,
            "LESS_THAN" => spend < bound,
            _ => spend == bound,
        };
    }
}
