using System.Globalization;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>When a budget may begin and end (API reference, TimePeriod).</summary>
internal static class PeriodRules
{
    public static void Validate(BudgetTerms terms, DateTimeOffset now)
    {
        if (terms.Start >= terms.End) throw BudgetErrors.Invalid($"TimePeriod: the start {Day(terms.Start)} must come before the end {Day(terms.End)}.");
        if (terms.End > Period.LastEnd) throw BudgetErrors.InvalidBudget("end time should not be after timestamp 3706473600");
        // AWS deletes a budget after its end: one that ended already could not exist.
        if (terms.End <= now) throw BudgetErrors.Invalid($"TimePeriod: the end {Day(terms.End)} has passed.");
        if (terms.TimeUnit == "CUSTOM" && !terms.HasStartAndEnd)
            throw BudgetErrors.Invalid("TimePeriod: a CUSTOM budget needs both Start and End, which are its period.");
        // The API reference bounds no CUSTOM period; longer ones are refused here, so that nothing of ours relies on them.
        if (terms.TimeUnit == "CUSTOM" && terms.End > terms.Start.AddYears(AwsLimits.Budgets.CustomYears))
            throw BudgetErrors.Invalid($"TimePeriod: a CUSTOM budget lasts at most {AwsLimits.Budgets.CustomYears} years.");
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
