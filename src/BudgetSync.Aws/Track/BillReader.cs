using System.Collections.Immutable;
using System.Globalization;
using Amazon.CostExplorer;
using Amazon.CostExplorer.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Ai.Billing;

namespace BudgetSync.Aws.Track;

/// <summary>
/// Asks Cost Explorer what Bedrock's models cost an account: first which services are Bedrock's, because models of AWS Marketplace are services of their own,
/// then what each of them cost by usage type. Every page is a request at $0.01 (AWS Cost Explorer pricing).
/// </summary>
/// <param name="most">Requests that this reader may make in all.</param>
public sealed class BillReader(IAmazonCostExplorer explorer, int most, AwsCaller caller)
{
    private const string Metric = "UnblendedCost";

    /// <summary>Requests that were made.</summary>
    public int Made { get; private set; }

    /// <summary>What was billed, credits and refunds left out.</summary>
    /// <param name="last">The last day that is asked about.</param>
    /// <exception cref="BillCapException">As many requests as may be were made, and not all is known.</exception>
    /// <exception cref="AwsFaultException">Cost Explorer refused or failed.</exception>
    public async Task<ImmutableArray<BilledUsage>> ReadAsync(AccountId account, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var used = new Expression { Not = Is(Dimension.RECORD_TYPE, "Credit", "Refund") };
        var ofAccount = Is(Dimension.LINKED_ACCOUNT, account.Value);
        var all = await AskAsync(first, last, ["SERVICE"], new Expression { And = [ofAccount, used] }, cancellation);
        var services = all.SelectMany(result => result.Groups ?? []).Select(group => group.Keys[0]).Where(BilledUsage.IsBedrock).Distinct().Order().ToArray();
        if (services.Length == 0) return [];
        var filter = new Expression { And = [ofAccount, used, Is(Dimension.SERVICE, services)] };
        var results = await AskAsync(first, last, ["SERVICE", "USAGE_TYPE"], filter, cancellation);
        return [.. results.SelectMany(result => Usages(account, result))];
    }

    private static Expression Is(Dimension dimension, params string[] values) =>
        new() { Dimensions = new DimensionValues { Key = dimension, Values = [.. values] } };

    private async Task<IReadOnlyList<ResultByTime>> AskAsync(
        DateOnly first, DateOnly last, string[] groups, Expression filter, CancellationToken cancellation) =>
        await Pages.ReadAsync<ResultByTime, string>(
            caller,
            "ce",
            "GetCostAndUsage",
            async (next, token) =>
            {
                if (Made >= most) throw new BillCapException(most);
                Made++;
                var request = new GetCostAndUsageRequest
                {
                    TimePeriod = new DateInterval { Start = DayText.Format(first), End = DayText.Format(last.AddDays(1)) },
                    Granularity = Granularity.DAILY,
                    Metrics = [Metric],
                    GroupBy = [.. groups.Select(group => new GroupDefinition { Type = GroupDefinitionType.DIMENSION, Key = group })],
                    Filter = filter,
                    NextPageToken = next,
                };
                var answer = await explorer.GetCostAndUsageAsync(request, token);
                return (answer.ResultsByTime, answer.NextPageToken);
            },
            cancellation);

    /// <summary>A group whose amount is no number is left out rather than guessed.</summary>
    private static IEnumerable<BilledUsage> Usages(AccountId account, ResultByTime result)
    {
        if (DayText.Parse(result.TimePeriod?.Start) is not { } day) yield break;
        foreach (var group in result.Groups ?? [])
        {
            if (group.Keys is [var service, var usage] && group.Metrics?.GetValueOrDefault(Metric) is { } value
                && decimal.TryParse(value.Amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
                yield return new BilledUsage(account, day, service, usage, amount);
        }
    }
}

/// <summary>As many requests of Cost Explorer were made as may be.</summary>
public sealed class BillCapException(int most)
    : Exception($"Cost Explorer was asked {most} times, which is all that --requests allows, and not all is known; allow more, or name one account.");
