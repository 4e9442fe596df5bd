using System.Globalization;
using System.Text.RegularExpressions;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Tests.Restrictions;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>Where the states begin, as RESPONSES.md tells those who write At.</summary>
public sealed partial class StateTableTests
{
    private static readonly SpendAmount Limit = new(100, "USD");

    [Fact]
    public void The_table_has_every_state_that_a_response_may_begin_at() =>
        Assert.Equal(["state", .. Enum.GetNames<TriggerState>()], ResponseDocument.Table("states").Select(row => row[0]));

    [Fact]
    public void Each_state_begins_where_the_table_says_and_not_a_cent_before()
    {
        foreach (var row in ResponseDocument.Table("states").Skip(1))
        {
            var state = Enum.Parse<SpendState>(row[0]);
            var (first, before) = Bound(row[1]);
            Assert.Equal((state, true), (Spent(first), Spent(before) < state));
            if (row[2] == "never")
            {
                Assert.True(Forecast(100_000) < state, row[0]);
                continue;
            }

            (first, before) = Bound(row[2]);
            Assert.Equal((state, true), (Forecast(first), Forecast(before) < state));
        }
    }

    private static SpendState Spent(decimal percent) => SpendBounds.Default.StateOf(Limit, new SpendAmount(percent, "USD"), null);

    private static SpendState Forecast(decimal percent) => SpendBounds.Default.StateOf(Limit, new SpendAmount(1, "USD"), new SpendAmount(percent, "USD"));

    /// <summary>The first amount of the state, and the last one before.</summary>
    private static (decimal First, decimal Before) Bound(string cell)
    {
        var match = Words().Match(cell);
        Assert.True(match.Success, cell);
        var percent = decimal.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture);
        return match.Groups["above"].Success ? (percent + 0.01m, percent) : (percent, percent - 0.01m);
    }

    [GeneratedRegex(@"\A(?:(?<above>more than )(?<percent>[0-9]+)|(?<percent>[0-9]+) or more)\z")]
    private static partial Regex Words();
}
