using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>How much a budget may allow, and in which of the three ways it may say so (API reference, Budget and AutoAdjustData).</summary>
internal static class LimitRules
{
    public static void Validate(BudgetTerms terms, string currency, DateTimeOffset now)
    {
        var ways = (terms.Limit is null ? 0 : 1) + (terms.Planned is null ? 0 : 1) + (terms.AutoAdjust is null ? 0 : 1);
        if (ways > 1) throw BudgetErrors.Invalid("Only one of BudgetLimit, PlannedBudgetLimits and AutoAdjustData can be present.");
        if (terms.CountsCostOrUsage)
        {
            if (ways == 0) throw BudgetErrors.InvalidBudget("please provide one of the followings: Budget Limit/ Planned Budget Limit/ Auto Adjust Data");
            if (terms.Limit is { } limit) ValidateAmount(terms.Type, limit, currency);
        }
        else
        {
            ValidateHundredPercent(terms);
        }

        if (terms.Planned is { } planned) ValidatePlan(terms, planned, currency, now);
        if (terms.AutoAdjust is { } adjust) ValidateAutoAdjust(terms, adjust);
    }

    private static void ValidateAmount(string type, Spend spend, string currency)
    {
        if (spend.Amount <= 0) throw BudgetErrors.Invalid("BudgetLimit: the amount must be greater than 0.");
        // awslabs/landing-zone-accelerator-on-aws#682 quotes it: no other unit than the account's billing currency.
        if (type == "COST" && spend.Unit != currency)
            throw BudgetErrors.InvalidBudget($"{spend.Unit} is not in the supported unit set: [{currency}]");
        if (type == "USAGE" && spend.Unit is "PERCENTAGE")
            throw BudgetErrors.Invalid("BudgetLimit: the unit of a USAGE budget is the unit of its usage, not PERCENTAGE.");
    }

    private static void ValidateHundredPercent(BudgetTerms terms)
    {
        if (terms.Limit is { } limit && (limit.Amount != 100 || limit.Unit != "PERCENTAGE"))
            throw BudgetErrors.Invalid($"BudgetLimit: 100 PERCENTAGE is the only valid limit of a {terms.Type} budget.");
        if (terms.Planned is not null) throw BudgetErrors.Invalid($"PlannedBudgetLimits: only COST and USAGE budgets can be planned, not {terms.Type}.");
        if (terms.AutoAdjust is not null) throw BudgetErrors.Invalid($"AutoAdjustData: only COST and USAGE budgets adjust themselves, not {terms.Type}.");
    }

    private static void ValidatePlan(BudgetTerms terms, ImmutableSortedDictionary<DateTimeOffset, Spend> planned, string currency, DateTimeOffset now)
    {
        if (terms.TimeUnit is not ("MONTHLY" or "QUARTERLY"))
            throw BudgetErrors.Invalid($"PlannedBudgetLimits: only MONTHLY and QUARTERLY budgets can be planned, not {terms.TimeUnit}.");
        var expected = Period.Planned(terms.TimeUnit, terms.Start, terms.End, now);
        if (!planned.Keys.SequenceEqual(expected))
        {
            var keys = string.Join(", ", expected.Select(period => period.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
            throw BudgetErrors.Invalid($"PlannedBudgetLimits: a {terms.TimeUnit} budget needs exactly these keys: {keys}.");
        }

        foreach (var limit in planned.Values) ValidateAmount(terms.Type, limit, currency);
    }

    private static void ValidateAutoAdjust(BudgetTerms terms, JsonObject adjust)
    {
        if (terms.TimeUnit == "CUSTOM") throw BudgetErrors.Invalid("AutoAdjustData: a budget of a CUSTOM period has no history to adjust to.");
        var options = adjust.Structure("HistoricalOptions");
        if (adjust.Text("AutoAdjustType") == "FORECAST")
        {
            if (options is not null) throw BudgetErrors.Invalid("AutoAdjustData: HistoricalOptions belong to the type HISTORICAL, not FORECAST.");
            return;
        }

        if (options is null) throw BudgetErrors.Invalid("AutoAdjustData: the type HISTORICAL needs HistoricalOptions.");
        var maximum = terms.TimeUnit switch
        {
            "DAILY" => 60,
            "MONTHLY" => 12,
            "QUARTERLY" => 4,
            _ => 1,
        };
        if (options.Number("BudgetAdjustmentPeriod") > maximum)
            throw BudgetErrors.Invalid(
                $"AutoAdjustData: BudgetAdjustmentPeriod may be at most {maximum.ToString(CultureInfo.InvariantCulture)} for a {terms.TimeUnit} budget.");
    }
}
