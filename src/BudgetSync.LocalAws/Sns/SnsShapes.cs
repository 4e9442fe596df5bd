using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Sns;

/// <summary>The requests of Amazon SNS as its service model (2010-03-31) bounds them.</summary>
internal static class SnsShapes
{
    private static readonly Member TopicArn = Required("TopicArn", AnyText);

    public static Shape CreateTopic { get; } = Members(Required("Name", AnyText));

    public static Shape Publish { get; } = Members(TopicArn, Required("Message", AnyText), Optional("Subject", AnyText));

    public static Shape Subscribe { get; } = Members(TopicArn, Required("Protocol", AnyText), Required("Endpoint", AnyText));
}
