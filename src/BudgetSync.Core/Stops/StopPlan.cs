using System.Collections.Immutable;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Stops;

/// <summary>
/// What makes the resources of an account run or not as its restrictions say. What has our mark and is not asked for any more is given back; what a person
/// started again is stopped again while it is asked for. The same facts give the same plan, and after it was carried out it is empty.
/// </summary>
/// <param name="Steps">What is given back comes first; what is stopped, groups before instances.</param>
public sealed record StopPlan(EquatableArray<StopStep> Steps)
{
    /// <summary>
    /// A stop follows its mark within seconds. What was stopped this long after it was stopped by a person, who had started it, and stays as they left it.
    /// Sooner than that, AWS's own time of the start tells, where it has one: of instances.
    /// </summary>
    internal static readonly TimeSpan MarkToStop = TimeSpan.FromMinutes(15);

    /// <summary>A group that launches some each day may wait for good, which nobody else would say.</summary>
    private const string Launched = "AWS found it idle before an instance of it was started, so it waits for AWS's next look";

    /// <summary>Names given of what is left alone for one reason; the others are counted.</summary>
    private const int Named = 5;

    /// <summary>What is asked for and left alone, by the restriction's id: one sentence for each reason.</summary>
    public ImmutableDictionary<string, EquatableArray<string>> LeftAlone { get; init; } = ImmutableDictionary<string, EquatableArray<string>>.Empty;

    /// <summary>Where all was seen.</summary>
    /// <param name="stops">Those that hold now, of the kinds that stop.</param>
    public static StopPlan Of(IReadOnlyCollection<DesiredRestriction> stops, IReadOnlyCollection<StoppableResource> resources, DateTimeOffset now) =>
        Of(stops, resources, [], now);

    /// <param name="stops">Those that hold now, of the kinds that stop.</param>
    /// <param name="unseen">What could not be listed: groups and clusters whose members may be of it, and so protected, are not stopped.</param>
    public static StopPlan Of(
        IReadOnlyCollection<DesiredRestriction> stops,
        IReadOnlyCollection<StoppableResource> resources,
        IReadOnlyCollection<UnseenKind> unseen,
        DateTimeOffset now)
    {
        var members = resources.Where(resource => resource.Group is not null)
            .ToLookup(member => (member.Region, KindOfGroup(member), member.Group!)); // Not null: chosen before.
        var steps = ImmutableArray.CreateBuilder<StopStep>();
        var left = new List<(string Id, string Reason, StoppableResource Resource)>();
        foreach (var found in resources)
        {
            var mine = members[(found.Region, found.Kind, found.Id)].ToList();
            var resource = found with { IdleAt = IdleAt(found, mine) };
            var asking = stops.Where(stop => Asks(stop, resource)).ToList();
            var refusal = asking.Count == 0 ? null : Refusal(resource, mine);
            if (asking.Count > 0 && refusal is null)
            {
                if (resource.Runs && !unseen.Any(kind => kind.HidesMembersOf(resource))) steps.Add(Stopping(resource, asking, now));
                continue;
            }

            if (asking.Count == 0 && found.IsIdle && !resource.IsIdle && Refusal(resource, mine) is null)
                left.AddRange(stops.Where(IsIdleStop).Select(stop => (stop.Id, Launched, resource)));
            if (refusal is not null && resource.Runs) left.AddRange(asking.Select(stop => (stop.Id, refusal, resource)));
            // The mark of what somebody started again stays while it is what tells that from what never was in use.
            if (resource.Mark is { } mark && !(resource.IsStartedAgain && stops.Any(stop => IsIdleStop(stop) && stop.Id == mark.Restriction)))
                steps.Add(Lifting(resource, mark));
        }

        return new StopPlan([.. steps.OrderBy(Turn).ThenBy(step => step.Resource.Arn, StringComparer.Ordinal)])
        {
            LeftAlone = left.GroupBy(one => one.Id, StringComparer.Ordinal).ToImmutableDictionary(
                group => group.Key, group => (EquatableArray<string>)[.. Sentences(group.Select(one => (one.Reason, one.Resource)))], StringComparer.Ordinal),
        };
    }

    private static StoppableKind KindOfGroup(StoppableResource member) =>
        member.Kind == StoppableKind.Database ? StoppableKind.DatabaseCluster : StoppableKind.AutoScalingGroup;

    private static bool Asks(DesiredRestriction stop, StoppableResource resource) => stop.Kind switch
    {
        RestrictionKind.STOP_ALL => true,
        RestrictionKind.STOP_TAGGED => stop.Tag is { } tag && resource.Has(tag),
        // What we stopped is not idle any more to AWS, which looks at what runs; it is still asked for.
        RestrictionKind.STOP_IDLE => resource.IsIdle || (!resource.Runs && resource.Mark?.Restriction == stop.Id),
        _ => false,
    };

    /// <summary>
    /// AWS says of instances whether they are idle, and nothing of their cluster; and it says when they were started, and nothing of their group. Where one
    /// that runs was started after AWS looked, AWS has not seen what the group does today: beside one old instance may run fifty that a person launched since.
    /// </summary>
    private static DateTimeOffset? IdleAt(StoppableResource resource, List<StoppableResource> members) => resource.Kind switch
    {
        StoppableKind.DatabaseCluster when members.Count > 0 && members.TrueForAll(member => member.IdleAt is not null) =>
            members.Min(member => member.IdleAt),
        StoppableKind.AutoScalingGroup when members.Where(member => member.Runs).Max(member => member.StartedAt) > resource.IdleAt => null,
        _ => resource.IdleAt,
    };

    private static bool IsIdleStop(DesiredRestriction stop) => stop.Kind == RestrictionKind.STOP_IDLE;

    private static string? Refusal(StoppableResource resource, List<StoppableResource> members) =>
        resource.IsProtected ? $"protected by the tag {ProtectTag.Key}"
        : members.Exists(member => member.IsProtected)
            ? $"not {(resource.Kind == StoppableKind.AutoScalingGroup ? "scaled to zero" : "stopped")} because an instance of it has the tag {ProtectTag.Key}"
        : resource is { Group: { } cluster, Kind: StoppableKind.Database } ? $"left to the cluster they belong to ({cluster}), which is stopped as a whole"
        : resource.Group is { } group ? $"left to the auto scaling group they belong to ({group}), which would replace them"
        : resource.CannotStop is { } why ? $"cannot be stopped: {why}"
        : null;

    private static StopStep.Stop Stopping(StoppableResource resource, List<DesiredRestriction> asking, DateTimeOffset now)
    {
        // A group that a person gave other sizes meanwhile is given back with those: they are the last that a person wanted.
        var before = resource.Mark is { } known && IsStillAtZero(resource, known) ? known.Before : resource.Size;
        // What is idle is known by the mark alone once it is stopped: named for another's sake, it would be given back with that one.
        var sake = asking.Find(stop => stop.Kind == RestrictionKind.STOP_IDLE) ?? asking[0];
        var mark = new StopMark(sake.Id, now, before);
        return new StopStep.Stop(resource, mark, [.. asking.Select(stop => stop.Id)]);
    }

    /// <summary>Only its minimum or maximum was changed since: a schedule or a template does that, and nobody has started it.</summary>
    private static bool IsStillAtZero(StoppableResource resource, StopMark mark) => (resource.Sizes, mark.Sizes) is ({ Desired: 0 }, { Desired: > 0 });

    private static StopStep Lifting(StoppableResource resource, StopMark mark) =>
        (resource.Runs && !IsStillAtZero(resource, mark)) || resource.StoppedAt > mark.At + MarkToStop || resource.StartedAt > mark.At
            ? new StopStep.Forget(resource)
            : new StopStep.GiveBack(resource, mark);

    /// <summary>Whoever is to be free is freed first, and what depends on what comes after it: instances before the groups that were stopped first.</summary>
    private static int Turn(StopStep step) => step switch
    {
        StopStep.Stop => (int)step.Resource.Kind,
        _ => -1 - (int)step.Resource.Kind,
    };

    private static IEnumerable<string> Sentences(IEnumerable<(string Reason, StoppableResource Resource)> left) => left
        .GroupBy(one => one.Reason, StringComparer.Ordinal)
        .Select(group =>
        {
            var names = group.Select(one => one.Resource.Id).Order(StringComparer.Ordinal).ToList();
            var more = names.Count > Named ? $" and {names.Count - Named} more" : "";
            return $"{string.Join(", ", names.Take(Named))}{more}: {group.Key}";
        })
        .Order(StringComparer.Ordinal);
}
