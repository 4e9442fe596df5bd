using BudgetSync.Aws.Faults;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>What became of the stops of one apply, by the restriction's id.</summary>
public sealed class StopOutcome
{
    private readonly Dictionary<string, List<RestrictedResource>> did = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RestrictedResource>> holds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> failed = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, List<RestrictedResource>> Did => did;

    /// <summary>What is stopped now, whichever run stopped it, by the restriction that its mark names.</summary>
    public IReadOnlyDictionary<string, List<RestrictedResource>> Holds => holds;

    public IReadOnlyDictionary<string, List<string>> Reasons => reasons;

    public IReadOnlySet<string> Failed => failed;

    /// <summary>What was carried out to the end.</summary>
    internal List<StopStep> Done { get; } = [];

    /// <summary>What could not be given back and minutes may heal: the apply ends with it, so that Lambda runs it again.</summary>
    public AwsFaultException? Stuck { get; internal set; }

    internal void Note(string id, RestrictedResource resource) => Of(did, id).Add(resource);

    internal void Hold(string id, RestrictedResource resource) => Of(holds, id).Add(resource);

    internal void Leave(string id, IEnumerable<string> why) => Of(reasons, id).AddRange(why);

    internal void Fail(string id, string reason)
    {
        failed.Add(id);
        Of(reasons, id).Add(reason);
    }

    private static List<T> Of<T>(Dictionary<string, List<T>> lists, string id) => lists.TryGetValue(id, out var known) ? known : lists[id] = [];
}
