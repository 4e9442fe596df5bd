using System.Collections.Immutable;
using System.Globalization;
using Amazon.CostExplorer;
using Amazon.CostExplorer.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Aws.Track;

/// <summary>
/// Asks Cost Explorer what each account of the organization cost. Every page is a request, and every request is $0.01 (AWS Cost Explorer pricing): each try
/// is counted in the table before it is made, and where the day's count is full none is.
/// </summary>
/// <param name="counter">What its requests are counted under.</param>
/// <param name="most">Requests a day.</param>
public sealed class CostReader(IAmazonCostExplorer explorer, TrackTable table, CostCounter counter, int most, AwsCaller caller)
{
    private const string Metric = "UnblendedCost";
    private int made;

    /// <summary>What was used: credits and refunds would hide it.</summary>
    private static Expression Used =>
        new() { Not = new Expression { Dimensions = new DimensionValues { Key = Dimension.RECORD_TYPE, Values = ["Credit", "Refund"] } } };

    /// <summary>Requests that this instance has made.</summary>
    public int Made => Volatile.Read(ref made);

    /// <summary>What every account that cost anything cost, by day or by month, credits and refunds left out.</summary>
    /// <param name="end">The first day that is not asked about.</param>
    /// <exception cref="CostRequestCapException">The day's requests are used up.</exception>
    /// <exception cref="AwsFaultException">Cost Explorer or the table failed.</exception>
    public async Task<ImmutableArray<CostAmount>> ReadAsync(DateOnly from, DateOnly end, Granularity granularity, CancellationToken cancellation)
    {
        var results = await AskAsync(next => Request(from, end, granularity, "LINKED_ACCOUNT", Used, next), cancellation);
        // A page may end within a period, and the next one goes on with it; an account is in it once.
        return [.. results.SelectMany(Amounts).GroupBy(amount => (amount.Account, amount.Period.Start)).Select(same => same.Last())];
    }

    /// <summary>What each service cost one account on each day, credits and refunds left out.</summary>
    /// <param name="end">The first day that is not asked about.</param>
    /// <exception cref="CostRequestCapException">The day's requests are used up.</exception>
    /// <exception cref="AwsFaultException">Cost Explorer or the table failed.</exception>
    public async Task<ImmutableArray<ServiceCost>> ReadServicesAsync(AccountId account, DateOnly from, DateOnly end, CancellationToken cancellation)
    {
        var ofAccount = new Expression { Dimensions = new DimensionValues { Key = Dimension.LINKED_ACCOUNT, Values = [account.Value] } };
        var filter = new Expression { And = [ofAccount, Used] };
        var results = await AskAsync(next => Request(from, end, Granularity.DAILY, "SERVICE", filter, next), cancellation, account);
        return [.. results.SelectMany(Services)];
    }

    /// <param name="about">One account, which may use up a tenth of the day's requests, so that there are some for others.</param>
    private async Task<IReadOnlyList<ResultByTime>> AskAsync(
        Func<string?, GetCostAndUsageRequest> request, CancellationToken cancellation, AccountId? about = null) =>
        await Pages.ReadAsync<ResultByTime, string>(
            caller,
            "ce",
            "GetCostAndUsage",
            async (next, token) =>
            {
                var today = DateOnly.FromDateTime(caller.Now.UtcDateTime);
                (AccountId, int)? share = about is { } account ? (account, Math.Max(1, most / 10)) : null;
                if (!await table.TakeRequestAsync(counter, today, most, token, share)) throw new CostRequestCapException(counter, most, share);
                Interlocked.Increment(ref made);
                var answer = await explorer.GetCostAndUsageAsync(request(next), token);
                return (answer.ResultsByTime, answer.NextPageToken);
            },
            cancellation);

    private static GetCostAndUsageRequest Request(DateOnly from, DateOnly end, Granularity granularity, string group, Expression filter, string? next) => new()
    {
        TimePeriod = new DateInterval { Start = DayText.Format(from), End = DayText.Format(end) },
        Granularity = granularity,
        Metrics = [Metric],
        GroupBy = [new GroupDefinition { Type = GroupDefinitionType.DIMENSION, Key = group }],
        Filter = filter,
        NextPageToken = next,
    };

    private static IEnumerable<ServiceCost> Services(ResultByTime result)
    {
        if (DayText.Parse(result.TimePeriod?.Start) is not { } day) yield break;
        foreach (var group in result.Groups ?? [])
        {
            if (group.Keys is [{ Length: > 0 } service, ..] && Amount(group) is { } value) yield return new(service, day, value.Amount, value.Unit);
        }
    }

    private static (decimal Amount, string Unit)? Amount(Group group) =>
        group.Metrics?.GetValueOrDefault(Metric) is { } value
        && decimal.TryParse(value.Amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? (amount, value.Unit ?? "")
            : null;

    /// <summary>A group that is no account, or an amount that is no number, is left out rather than guessed.</summary>
    private static IEnumerable<CostAmount> Amounts(ResultByTime result)
    {
        if (DayText.Parse(result.TimePeriod?.Start) is not { } start || DayText.Parse(result.TimePeriod?.End) is not { } end) yield break;
        foreach (var group in result.Groups ?? [])
        {
            if (group.Keys is [var key, ..] && AccountId.TryParse(key, out var account) && Amount(group) is { } value)
                yield return new(account, new BudgetPeriod(start, end), value.Amount, value.Unit, result.Estimated ?? true);
        }
    }
}
