using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Rds;

/// <summary>The requests of Amazon RDS as its service model (2014-10-31) names them; it bounds nothing. Filters and snapshots are not here.</summary>
internal static class RdsShapes
{
    public static Shape Describe { get; } = Members(
        Optional("DBInstanceIdentifier", AnyText),
        Optional("MaxRecords", Integer(int.MinValue, int.MaxValue)),
        Optional("Marker", AnyText));

    public static Shape One { get; } = Members(Required("DBInstanceIdentifier", AnyText));

    public static Shape DescribeClusters { get; } = Members(
        Optional("DBClusterIdentifier", AnyText),
        Optional("MaxRecords", Integer(int.MinValue, int.MaxValue)),
        Optional("Marker", AnyText));

    public static Shape OneCluster { get; } = Members(Required("DBClusterIdentifier", AnyText));

    public static Shape AddTags { get; } = Members(
        Required("ResourceName", AnyText),
        Required("Tags", new List(Members(Optional("Key", AnyText), Optional("Value", AnyText)), 0, int.MaxValue) { ItemName = "Tag" }));

    public static Shape RemoveTags { get; } = Members(Required("ResourceName", AnyText), Required("TagKeys", new List(AnyText, 0, int.MaxValue)));
}
