namespace BudgetSync.Core.Stops;

/// <summary>One kind of what can be stopped that AWS did not list in a region: what is there is not known, and it is not known to be absent.</summary>
public sealed record UnseenKind(string Region, StoppableKind Kind)
{
    /// <summary>Whether it may have members of the group or the cluster.</summary>
    public bool HidesMembersOf(StoppableResource resource) => resource.Region == Region && resource.Kind == Owner;

    /// <summary>What owns resources of the kind; null where nothing does.</summary>
    public StoppableKind? Owner => Kind switch
    {
        StoppableKind.Instance => StoppableKind.AutoScalingGroup,
        StoppableKind.Database => StoppableKind.DatabaseCluster,
        _ => null,
    };
}
