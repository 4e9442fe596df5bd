using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.LocalAws.Ec2;

/// <summary>
/// One instance. What is under way is done when its time has come, without a timer: whoever asks sees it done. Guarded by its service.
/// </summary>
public sealed class Ec2Instance
{
    private readonly TimeProvider time;
    private InstanceState state;
    private (InstanceState State, DateTimeOffset At) next;

    internal Ec2Instance(string id, string region, InstanceDefinition definition, TimeProvider time)
    {
        (Id, Region, Definition, Tags, this.time) = (id, region, definition, definition.Tags, time);
        LaunchedAt = time.GetUtcNow();
    }

    public string Id { get; }

    public string Region { get; }

    public InstanceDefinition Definition { get; }

    public DateTimeOffset LaunchedAt { get; private set; }

    public ImmutableDictionary<string, string> Tags { get; internal set; }

    /// <summary>As <c>StateTransitionReason</c> says it; "" while it runs.</summary>
    public string TransitionReason { get; private set; } = "";

    public string Arn => $"arn:aws:ec2:{Region}:{Definition.AccountId}:instance/{Id}";

    /// <summary>The group that launched it, which AWS writes into a tag that nobody else can write.</summary>
    public string? Group => Tags.GetValueOrDefault(Ec2Service.GroupTag);

    public InstanceState State
    {
        get
        {
            if (state != next.State && time.GetUtcNow() >= next.At) state = next.State;
            return state;
        }
    }

    internal void Become(InstanceState now, InstanceState then, TimeSpan after)
    {
        (state, next) = (now, (then, time.GetUtcNow() + after));
        if (now == InstanceState.Pending) LaunchedAt = time.GetUtcNow();
        TransitionReason = now is InstanceState.Stopping or InstanceState.ShuttingDown or InstanceState.Terminated
            ? string.Create(CultureInfo.InvariantCulture, $"User initiated ({time.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)")
            : "";
    }
}
