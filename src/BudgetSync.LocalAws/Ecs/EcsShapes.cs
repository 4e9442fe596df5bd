using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Ecs;

/// <summary>The requests of Amazon ECS as its service model (2014-11-13) bounds them. Of a service only its size changes here.</summary>
internal static class EcsShapes
{
    private const string TagText = @"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)";
    private static readonly Shape AnyNumber = Integer(int.MinValue, int.MaxValue);
    private static readonly Member Token = Optional("nextToken", AnyText);
    private static readonly Member Size = Optional("maxResults", AnyNumber);
    private static readonly Member Resource = Required("resourceArn", AnyText);
    private static readonly Shape Key = String(1, 128, TagText);

    public static Shape ListClusters { get; } = Members(Token, Size);

    public static Shape ListServices { get; } = Members(Optional("cluster", AnyText), Token, Size);

    public static Shape DescribeServices { get; } = Members(
        Optional("cluster", AnyText),
        Required("services", new List(AnyText, 0, int.MaxValue)),
        Optional("include", new List(Enum("TAGS"), 0, int.MaxValue)));

    public static Shape UpdateService { get; } =
        Members(Optional("cluster", AnyText), Required("service", AnyText), Optional("desiredCount", AnyNumber));

    public static Shape TagResource { get; } =
        Members(Resource, Required("tags", new List(Members(Optional("key", Key), Optional("value", String(0, 256, TagText))), 0, 50)));

    public static Shape UntagResource { get; } = Members(Resource, Required("tagKeys", new List(Key, 0, int.MaxValue)));
}
