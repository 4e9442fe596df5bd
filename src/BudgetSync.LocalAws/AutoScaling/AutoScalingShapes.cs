using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.AutoScaling;

/// <summary>The requests of Amazon EC2 Auto Scaling as its service model (2011-01-01) bounds them.</summary>
internal static class AutoScalingShapes
{
    private const string Xml = @"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*";

    private static readonly Shape AnyXml = String(0, int.MaxValue, Xml);
    private static readonly Shape GroupName = String(1, 255, Xml);
    private static readonly Shape Size = Integer(int.MinValue, int.MaxValue);

    public static Shape Describe { get; } = Members(
        Optional("AutoScalingGroupNames", new List(GroupName, 0, int.MaxValue)),
        Optional("NextToken", AnyXml),
        Optional("MaxRecords", Size),
        Optional("Filters", new List(Members(Optional("Name", AnyXml), Optional("Values", new List(AnyXml, 0, int.MaxValue))), 0, int.MaxValue)));

    public static Shape Update { get; } = Members(
        Required("AutoScalingGroupName", GroupName),
        Optional("MinSize", Size),
        Optional("MaxSize", Size),
        Optional("DesiredCapacity", Size));

    public static Shape Tags { get; } = Members(Required("Tags", new List(
        Members(
            Optional("ResourceId", AnyXml),
            Optional("ResourceType", AnyXml),
            Required("Key", String(1, 128, Xml)),
            Optional("Value", String(0, 256, Xml)),
            Optional("PropagateAtLaunch", AnyFlag)),
        0,
        int.MaxValue)));
}
