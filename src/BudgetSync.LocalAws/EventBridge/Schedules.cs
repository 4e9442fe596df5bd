using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>
/// The clocks of scheduled rules. A schedule that has not fired is not outstanding work: a cloud with an hourly rule can be idle.
/// </summary>
internal sealed class Schedules(TimeProvider time, Action<Rule, JsonObject> fire, Func<string> newId) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (DateTimeOffset Due, ITimer Timer)> timers = new(StringComparer.Ordinal);

    /// <summary>When the next schedule fires; null where none is set.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (gate) return timers.Count == 0 ? null : timers.Values.Min(timer => timer.Due);
        }
    }

    /// <summary>Starts, restarts or stops a rule's clock, as the rule now says.</summary>
    public void Set(Rule rule)
    {
        Remove(rule);
        if (rule is { Schedule: { } schedule, Enabled: true }) Arm(rule, ScheduleExpression.Parse(schedule), time.GetUtcNow());
    }

    public void Remove(Rule rule)
    {
        lock (gate)
        {
            if (timers.Remove(rule.Arn, out var entry)) entry.Timer.Dispose();
        }
    }

    /// <summary>Fires a rule now and leaves its clock alone.</summary>
    public void Fire(Rule rule) => Fire(rule, time.GetUtcNow());

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var (_, timer) in timers.Values) timer.Dispose();
            timers.Clear();
        }
    }

    private void Arm(Rule rule, ScheduleExpression expression, DateTimeOffset from)
    {
        if (expression.After(from) is not { } due) return;
        lock (gate)
        {
            var timer = time.CreateTimer(
                _ => Ring(rule, expression, due),
                null,
                due - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
                Timeout.InfiniteTimeSpan);
            timers[rule.Arn] = (due, timer);
        }
    }

    private void Ring(Rule rule, ScheduleExpression expression, DateTimeOffset due)
    {
        lock (gate)
        {
            // A rule changed or deleted a moment ago has another clock, or none.
            if (!timers.TryGetValue(rule.Arn, out var entry) || entry.Due != due) return;
            timers.Remove(rule.Arn);
            entry.Timer.Dispose();
        }

        Arm(rule, expression, due);
        Fire(rule, due);
    }

    private void Fire(Rule rule, DateTimeOffset due) =>
        fire(rule, EventEnvelope.Of(newId(), "aws.events", "Scheduled Event", rule.AccountId, due, rule.Region!, [rule.Arn], new JsonObject()));
}
