using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Stops;

/// <summary>What became of restrictions in one apply, by the restriction's id.</summary>
public class RestrictionResults
{
    private readonly Dictionary<string, List<RestrictedResource>> did = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RestrictedResource>> holds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> failed = new(StringComparer.Ordinal);

    /// <summary>Of which something was changed, or is to be said.</summary>
    internal IEnumerable<string> Ids => did.Keys.Union(reasons.Keys);

    /// <summary>Of which something was changed.</summary>
    internal IEnumerable<string> Changed => did.Keys;

    /// <summary>A resource was changed now.</summary>
    internal void Note(string id, RestrictedResource resource) => Of(did, id).Add(resource);

    /// <summary>A resource is changed, whichever apply did it.</summary>
    internal void Hold(string id, RestrictedResource resource) => Of(holds, id).Add(resource);

    internal void Leave(string id, IEnumerable<string> why) => Of(reasons, id).AddRange(why);

    internal void Fail(string id, string reason)
    {
        failed.Add(id);
        Of(reasons, id).Add(reason);
    }

    /// <summary>Takes over what became of others.</summary>
    internal void Add(RestrictionResults others)
    {
        foreach (var (id, resources) in others.did) Of(did, id).AddRange(resources);
        foreach (var (id, resources) in others.holds) Of(holds, id).AddRange(resources);
        foreach (var (id, why) in others.reasons) Of(reasons, id).AddRange(why);
        failed.UnionWith(others.failed);
    }

    /// <param name="done">What it is where nothing failed.</param>
    internal ReportedRestriction Reported(string id, RestrictionOutcome done = RestrictionOutcome.InForce) =>
        new(id, failed.Contains(id) ? RestrictionOutcome.Failed : done)
        {
            Did = [.. did.GetValueOrDefault(id) ?? []],
            Holds = [.. holds.GetValueOrDefault(id) ?? []],
            Reasons = [.. reasons.GetValueOrDefault(id) ?? []],
        };

    private static List<T> Of<T>(Dictionary<string, List<T>> lists, string id) => lists.TryGetValue(id, out var known) ? known : lists[id] = [];
}
