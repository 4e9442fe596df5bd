using System.Globalization;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>Counts the calls of models that a batch of the invocation log tells, each once.</summary>
public sealed class CallMeter(AccountId account, PriceList prices, ModelProfiles profiles, AiTable table, AwsCaller caller, JsonLog log)
{
    /// <param name="then">
    /// What follows where something is counted, now or by an earlier try whose answer was lost; also where calls are left for another try.
    /// </param>
    /// <exception cref="AwsFaultException">
    /// DynamoDB failed, or Bedrock could not be asked what a profile is, and all but its calls are counted: the batch is to be delivered again.
    /// </exception>
    public async Task<MeterAnswer> CountAsync(LogBatch batch, CancellationToken cancellation, Func<CancellationToken, Task>? then = null)
    {
        if (batch.IsControl) return MeterAnswer.Nothing;
        var read = batch.Events.Select(one => (Event: one, Record: InvocationRecordReader.Read(one.Message, out var problem), Problem: problem)).ToList();
        var busy = await profiles.LearnAsync(read.Select(one => one.Record?.ModelId).OfType<string>(), cancellation);
        var (charges, events) = (new Dictionary<string, AiCharge>(StringComparer.Ordinal), new List<MeteredEvent>());
        var malformed = 0;
        foreach (var (one, record, problem) in read)
        {
            var why = record is null ? problem : WhyNot(record);
            if (record is null || why.Length > 0)
            {
                malformed++;
                events.Add(MeteredEvent.Malformed(one, Redaction.Clean(why), caller.Now));
                continue;
            }

            var charge = AiCharge.Of(record, prices, profiles.Known);
            if (busy.Ids.Contains(record.ModelId)) continue;
            var metered = MeteredEvent.Of(charge);
            charges[metered.Id] = charge;
            events.Add(metered);
        }

        var counted = await table.AddAsync(events, cancellation);
        var answer = new MeterAnswer(
            counted.Count(one => charges.ContainsKey(one.Id)),
            events.Count - counted.Count,
            counted.Count(one => charges.TryGetValue(one.Id, out var charge) && charge.Cost is null),
            malformed)
        {
            Uncounted = counted.Count(one => charges.TryGetValue(one.Id, out var charge) && charge.IsUncounted),
        };
        var isWhole = answer is { Unpriced: 0, Uncounted: 0, Malformed: 0 };
        log.Write(LogEvent.Metered, isWhole ? "Information" : "Warning", account.Value, null, answer.ToString(), answer.Counted);
        if (then is not null && answer.Counted + answer.Doubles > 0) await then(cancellation);
        if (busy.Why is { } first) throw new AwsFaultException(first.Fault, first);
        return answer;
    }

    /// <summary>Why a record is none of a call that can be counted; "" where it can be.</summary>
    private string WhyNot(InvocationRecord record)
    {
        if (record.Account != account) return $"is of account {record.Account}";
        return record.At > caller.Now + Limits.MeteredAhead || record.At < caller.Now - Limits.MeteredDayAge
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"is of {record.At.UtcDateTime:O}, which is not now, nor in the last {Limits.MeteredDayAge.TotalDays} days")
            : "";
    }
}
