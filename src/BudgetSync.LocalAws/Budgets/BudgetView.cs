using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>A budget as DescribeBudget answers it: with everything filled in that AWS fills in.</summary>
internal static class BudgetView
{
    public static JsonObject Of(StoredBudget budget, string currency, BudgetHealth health, DateTimeOffset now, bool showFilterExpression)
    {
        var terms = budget.Terms;
        var limit = budget.CurrentLimit(currency, now);
        var view = new JsonObject { ["BudgetName"] = terms.Name, ["BudgetLimit"] = limit.Write() };
        if (terms.Planned is { } planned)
            view["PlannedBudgetLimits"] = new JsonObject(
                planned.Select(
                    period => KeyValuePair.Create(
                        period.Key.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                        (JsonNode?)period.Value.Write())));
        if (!terms.IsExpressionStyle)
        {
            view["CostFilters"] = terms.CostFilters?.DeepClone() ?? new JsonObject();
            if (terms.Type == "COST") view["CostTypes"] = CostTypes.Complete(terms.CostTypes);
        }

        view["TimeUnit"] = terms.TimeUnit;
        view["TimePeriod"] = new JsonObject { ["Start"] = terms.Start.ToEpochSeconds(), ["End"] = terms.End.ToEpochSeconds() };
        view["CalculatedSpend"] = Calculated(budget, limit.Unit);
        view["BudgetType"] = terms.Type;
        view["LastUpdatedTime"] = budget.Updated.ToEpochSeconds();
        if (terms.AutoAdjust is not null) view["AutoAdjustData"] = Adjusted(terms.AutoAdjust, budget.Updated);
        if (showFilterExpression && terms.FilterExpression is not null) view["FilterExpression"] = terms.FilterExpression.DeepClone();
        if (terms.Metric is not null) view["Metrics"] = new JsonArray(terms.Metric);
        if (terms.BillingViewArn is not null) view["BillingViewArn"] = terms.BillingViewArn;
        view["HealthStatus"] = health.Write();
        return view;
    }

    /// <summary>The history of a budget: one page of periods, with what the budget is.</summary>
    public static JsonObject HistoryOf(StoredBudget budget, JsonNode? periods)
    {
        var terms = budget.Terms;
        var history = new JsonObject { ["BudgetName"] = terms.Name, ["BudgetType"] = terms.Type, ["TimeUnit"] = terms.TimeUnit };
        if (!terms.IsExpressionStyle)
        {
            history["CostFilters"] = terms.CostFilters?.DeepClone() ?? new JsonObject();
            if (terms.Type == "COST") history["CostTypes"] = CostTypes.Complete(terms.CostTypes);
        }

        if (terms.FilterExpression is not null) history["FilterExpression"] = terms.FilterExpression.DeepClone();
        if (terms.Metric is not null) history["Metrics"] = new JsonArray(terms.Metric);
        if (terms.BillingViewArn is not null) history["BillingViewArn"] = terms.BillingViewArn;
        history["BudgetedAndActualAmountsList"] = periods?.DeepClone();
        return history;
    }

    /// <summary>One period of a budget's history.</summary>
    public static JsonObject Of(PeriodSpend period) => new()
    {
        ["BudgetedAmount"] = period.Limit.Write(),
        ["ActualAmount"] = Write(period.Actual, period.Limit.Unit),
        ["TimePeriod"] = new JsonObject { ["Start"] = period.Start.ToEpochSeconds(), ["End"] = period.End.ToEpochSeconds() },
    };

    private static JsonObject Calculated(StoredBudget budget, string unit)
    {
        var spend = new JsonObject { ["ActualSpend"] = Write(budget.Actual ?? Amount.Of(0), unit) };
        if (budget.Forecast is { } forecast) spend["ForecastedSpend"] = Write(forecast, unit);
        return spend;
    }

    private static JsonObject Write(Amount amount, string unit) => new() { ["Amount"] = amount.Text, ["Unit"] = unit };

    private static JsonObject Adjusted(JsonObject given, DateTimeOffset time)
    {
        var data = new JsonObject { ["AutoAdjustType"] = given.RequiredText("AutoAdjustType"), ["LastAutoAdjustTime"] = time.ToEpochSeconds() };
        if (given.Structure("HistoricalOptions")?.Number("BudgetAdjustmentPeriod") is { } periods)
            data["HistoricalOptions"] = new JsonObject { ["BudgetAdjustmentPeriod"] = (int)periods, ["LookBackAvailablePeriods"] = (int)periods };
        return data;
    }
}
