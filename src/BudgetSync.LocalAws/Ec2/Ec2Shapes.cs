using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Ec2;

/// <summary>
/// The requests of Amazon EC2 as its service model (2016-11-15) names them on the wire; the model itself bounds nothing, and what the API reference bounds the
/// service judges in its own words.
/// </summary>
internal static class Ec2Shapes
{
    private static readonly Shape Ids = new List(AnyText, 0, int.MaxValue);
    private static readonly Shape OneTag = Members(Optional("Key", AnyText), Optional("Value", AnyText));

    public static Shape DescribeInstances { get; } = Members(
        Optional("InstanceId", Ids),
        Optional("Filter", new List(Members(Optional("Name", AnyText), Optional("Value", Ids)), 0, int.MaxValue)),
        Optional("MaxResults", Integer(int.MinValue, int.MaxValue)),
        Optional("NextToken", AnyText));

    public static Shape Instances { get; } = Members(Required("InstanceId", Ids));

    public static Shape CreateTags { get; } = Members(Required("ResourceId", Ids), Required("Tag", new List(OneTag, 0, int.MaxValue)));

    public static Shape DeleteTags { get; } = Members(Required("ResourceId", Ids), Optional("Tag", new List(OneTag, 0, int.MaxValue)));
}
