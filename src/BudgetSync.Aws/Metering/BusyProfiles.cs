using System.Collections.Immutable;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Metering;

/// <summary>Profiles of which it is not known now what they are.</summary>
/// <param name="Why">Of the first; null where there are none.</param>
public sealed record BusyProfiles(ImmutableHashSet<string> Ids, AwsFaultException? Why)
{
    public static BusyProfiles None { get; } = new([], null);

    public BusyProfiles With(string id, AwsFaultException? why) => new(Ids.Add(id), Why ?? why);
}
