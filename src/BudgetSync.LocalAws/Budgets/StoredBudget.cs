using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>A budget with all that hangs on it. Guarded by its account's gate.</summary>
internal sealed class StoredBudget(BudgetTerms terms, ImmutableSortedDictionary<string, string> tags, DateTimeOffset now)
{
    public BudgetTerms Terms { get; private set; } = terms;

    public DateTimeOffset Updated { get; private set; } = now;

    public decimal ActualSpend { get; private set; }

    public decimal? ForecastedSpend { get; private set; }

    public ImmutableSortedDictionary<string, string> Tags { get; set; } = tags;

    /// <summary>By <see cref="Notification.Key"/>.</summary>
    public SortedDictionary<string, StoredNotification> Notifications { get; } = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public SortedDictionary<string, StoredAction> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>Replaces the terms. The calculated spend is gone until the next refresh.</summary>
    public void Update(BudgetTerms terms, DateTimeOffset now)
    {
        Terms = terms;
        Updated = now;
        ActualSpend = 0;
        ForecastedSpend = null;
    }

    /// <summary>What AWS does a few times a day: computes the spend anew.</summary>
    public void Refresh(decimal actual, decimal? forecast)
    {
        ActualSpend = actual;
        ForecastedSpend = forecast;
    }

    /// <summary>The limit of the current period. A planned budget that has run out keeps its last; one that adjusts itself takes what it last saw.</summary>
    public Spend CurrentLimit(DateTimeOffset now)
    {
        if (Terms.Planned is { } planned)
        {
            var begun = planned.Where(period => period.Key <= now).Select(period => period.Value).ToList();
            return begun.Count > 0 ? begun[^1] : planned.First().Value;
        }

        if (Terms.AutoAdjust is not null) return new Spend(ForecastedSpend ?? ActualSpend, Terms.Type == "COST" ? "USD" : "N/A");
        return Terms.Limit ?? new Spend(100, "PERCENTAGE");
    }

    /// <summary>Whether a threshold is passed by what was last computed.</summary>
    public bool IsPassed(Notification notification, DateTimeOffset now)
    {
        var spend = notification.Type == "FORECASTED" ? ForecastedSpend : ActualSpend;
        if (spend is null) return false;
        var bound = notification.ThresholdType == "PERCENTAGE" ? CurrentLimit(now).Amount * (notification.Threshold / 100) : notification.Threshold;
        return notification.Operator switch
        {
            "GREATER_THAN" => spend > bound,
            "LESS_THAN" => spend < bound,
            _ => spend == bound,
        };
    }
}
