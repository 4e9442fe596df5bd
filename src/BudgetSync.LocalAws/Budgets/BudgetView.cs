using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>A budget as DescribeBudget answers it: with everything filled in that AWS fills in.</summary>
internal static class BudgetView
{
    public static JsonObject Of(StoredBudget budget, DateTimeOffset now, bool showFilterExpression)
    {
        var terms = budget.Terms;
        var limit = budget.CurrentLimit(now);
        var view = new JsonObject { ["BudgetName"] = terms.Name, ["BudgetLimit"] = limit.Write() };
        if (terms.Planned is { } planned)
            view["PlannedBudgetLimits"] = new JsonObject(planned.Select(period => KeyValuePair.Create(period.Key.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), (JsonNode?)period.Value.Write())));
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
        view["HealthStatus"] = new JsonObject { ["Status"] = "HEALTHY", ["LastUpdatedTime"] = budget.Updated.ToEpochSeconds() };
        return view;
    }

    private static JsonObject Calculated(StoredBudget budget, string unit)
    {
        var spend = new JsonObject { ["ActualSpend"] = new Spend(budget.ActualSpend, unit).Write() };
        if (budget.ForecastedSpend is { } forecast) spend["ForecastedSpend"] = new Spend(forecast, unit).Write();
        return spend;
    }

    private static JsonObject Adjusted(JsonObject given, DateTimeOffset time)
    {
        var data = new JsonObject { ["AutoAdjustType"] = given.RequiredText("AutoAdjustType"), ["LastAutoAdjustTime"] = time.ToEpochSeconds() };
        if (given.Structure("HistoricalOptions")?.Number("BudgetAdjustmentPeriod") is { } periods)
            data["HistoricalOptions"] = new JsonObject { ["BudgetAdjustmentPeriod"] = (int)periods, ["LookBackAvailablePeriods"] = (int)periods };
        return data;
    }
}
