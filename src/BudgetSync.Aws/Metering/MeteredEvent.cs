using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>What one event of the log adds to the table: its own id, once, and to sums.</summary>
/// <param name="Id">What makes two events one.</param>
internal sealed record MeteredEvent(string Id, ImmutableArray<Addition> Additions)
{
    /// <summary>A call: to the day of its principal and model, hour by hour, and to the principal's minute.</summary>
    public static MeteredEvent Of(AiCharge charge)
    {
        var (record, principal, model, cost) = charge;
        var at = record.At.ToUniversalTime();
        var day = new Addition(AiKeys.Day(at), AiKeys.Sum(principal, model, record.Region), at.Date.Add(Limits.MeteredDayAge))
        {
            Texts = ImmutableDictionary<string, string>.Empty
                .Add("Principal", principal.Name)
                .Add("Model", model.Id)
                .Add("ModelKind", model.Kind.ToString())
                .Add("Region", record.Region)
                .Add(AiKeys.LastAt, at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            Numbers = ImmutableDictionary<string, decimal>.Empty
                .Add("Cost", cost ?? 0)
                .Add(AiKeys.Hour(at.Hour), cost ?? 0)
                .Add("Calls", 1)
                .Add("Unpriced", cost is null ? 1 : 0)
                .Add("Uncounted", charge.IsUncounted ? 1 : 0)
                .Add("Input", record.Tokens.Input)
                .Add("Output", record.Tokens.Output)
                .Add("CacheRead", record.Tokens.CacheRead)
                .Add("CacheWrite", record.Tokens.CacheWrite),
        };
        var minute = new Addition(AiKeys.Minute(at), AiKeys.Part(principal.Name), at.Add(Limits.MeteredMinuteAge).UtcDateTime)
        {
            Texts = ImmutableDictionary<string, string>.Empty.Add("Principal", principal.Name),
            Numbers = ImmutableDictionary<string, decimal>.Empty.Add("Calls", 1).Add("Tokens", record.Tokens.All),
        };
        return new(AiKeys.Request(record.Region, record.RequestId), [day, minute]);
    }

    /// <summary>What is no record of a call of this account: counted on the day it came, with what is wrong with it.</summary>
    public static MeteredEvent Malformed(DeliveredEvent one, string problem, DateTimeOffset now) => new(AiKeys.Event(one.Id),
    [
        new Addition(AiKeys.Day(now), AiKeys.Malformed, now.UtcDateTime.Date.Add(Limits.MeteredDayAge))
        {
            Texts = ImmutableDictionary<string, string>.Empty.Add("Problem", problem),
            Numbers = ImmutableDictionary<string, decimal>.Empty.Add("Malformed", 1),
        },
    ]);
}

/// <summary>What is added to one item, which is made where it is not there.</summary>
/// <param name="Partition">The item's partition key.</param>
/// <param name="Sort">The item's sort key.</param>
/// <param name="Expires">When the item may go.</param>
internal sealed record Addition(string Partition, string Sort, DateTime Expires)
{
    public ImmutableDictionary<string, string> Texts { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, decimal> Numbers { get; init; } = ImmutableDictionary<string, decimal>.Empty;

    /// <summary>Both, of one item. Where their texts differ the greater holds: of times the later.</summary>
    public static Addition operator +(Addition one, Addition other) => one with
    {
        Texts = one.Texts.SetItems(other.Texts.Where(text => string.CompareOrdinal(text.Value, one.Texts.GetValueOrDefault(text.Key)) > 0)),
        Numbers = one.Numbers.SetItems(other.Numbers.Select(number =>
            KeyValuePair.Create(number.Key, number.Value + one.Numbers.GetValueOrDefault(number.Key)))),
    };
}
