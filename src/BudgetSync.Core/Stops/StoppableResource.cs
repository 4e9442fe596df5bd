using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Stops;

/// <summary>One thing of an account that costs money while it runs, as AWS describes it.</summary>
/// <param name="Id">What its service's calls name it by: <c>i-0123456789abcdef0</c>, the name of a group, <c>cluster/service</c> of containers.</param>
/// <param name="Arn">As reports name it, with the region.</param>
/// <param name="Runs">True while it runs or is about to; of a group or a service: while it may have instances or tasks.</param>
public sealed record StoppableResource(StoppableKind Kind, string Region, string Id, string Arn, bool Runs)
{
    public EquatableDictionary<string, string> Tags { get; init; }

    /// <summary>Of a group and of nothing else.</summary>
    public GroupSizes? Sizes { get; init; }

    /// <summary>Of a service of containers and of nothing else.</summary>
    public TaskCount? Tasks { get; init; }

    /// <summary>Of an instance or a database: the name of the auto scaling group or the cluster that it belongs to, which alone stops it.</summary>
    public string? Group { get; init; }

    /// <summary>What it is now, as a mark says it.</summary>
    public string Size => Sizes?.ToString() ?? Tasks?.ToString() ?? StopMark.Running;

    /// <summary>Why AWS does not stop such a resource, to be read after "cannot be stopped: "; null where it does.</summary>
    public string? CannotStop { get; init; }

    /// <summary>When it was stopped, as AWS says; null where it does not say, or it runs.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>When it was last started, as AWS says; null where it does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When AWS itself last found it idle, as far as that still holds; null where it does not.</summary>
    public DateTimeOffset? IdleAt { get; init; }

    /// <summary>
    /// We stopped it after AWS had found it idle, and somebody started it since: until AWS looks again, that it was idle says nothing of today. AWS tells when
    /// instances were started, those of a group too, and of nothing else, so the mark is what tells. A group of which only the minimum or maximum was changed
    /// has not been started.
    /// </summary>
    public bool IsStartedAgain => Runs && Sizes is not { Desired: 0 } && Mark is { } mark && mark.At >= IdleAt;

    /// <summary>Whether AWS itself finds it idle.</summary>
    public bool IsIdle => IdleAt is not null && !IsStartedAgain;

    public bool IsProtected => Tags.TryGetValue(ProtectTag.Key, out var value) && ProtectTag.Protects(value);

    /// <summary>Our own mark; null where we did not stop it.</summary>
    public StopMark? Mark => Tags.TryGetValue(StopMark.Key, out var text) ? StopMark.TryParse(text) : null;

    public bool Has(ResourceTag tag) => Tags.TryGetValue(tag.Key, out var value) && value == tag.Value;
}
