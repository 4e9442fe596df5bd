using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>
/// The requests of Amazon EventBridge as its service model (2015-10-07) bounds them. Of targets' parameters only what all kinds share is here.
/// </summary>
internal static class EventBridgeShapes
{
    private const string BusArn = @"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?";
    private const string Letters = @"[.\-_A-Za-z0-9]+";

    private static readonly Shape RuleName = String(1, 64, Letters);
    private static readonly Shape TargetId = String(1, 64, Letters);
    private static readonly Shape Arn = String(1, 1600);
    private static readonly Member Rule = Required("Rule", RuleName);
    private static readonly Member NamedRule = Required("Name", RuleName);
    private static readonly Member OfBus = Optional("EventBusName", String(1, 1600, BusArn + @"[/.\-_A-Za-z0-9]+"));
    private static readonly Member OwnBus = Optional("EventBusName", String(1, 256, Letters));
    private static readonly Member Bus = Required("Name", String(1, 256, @"[/.\-_A-Za-z0-9]+"));
    private static readonly Member ScheduleExpression = Optional("ScheduleExpression", String(0, 256));
    private static readonly Member Description = Optional("Description", String(0, 512));
    private static readonly Member Page = Optional("Limit", Integer(1, 100));
    private static readonly Member NextToken = Optional("NextToken", String(1, 2048));

    private static readonly Shape Entry = Members(
        Optional("Time", Timestamp),
        Optional("Source", AnyText),
        Optional("Resources", new List(String(0, 2048), 0, int.MaxValue)),
        Optional("DetailType", AnyText),
        Optional("Detail", AnyText),
        Optional("EventBusName", String(1, 1600, BusArn + Letters)));

    /// <summary>A target; the same shape stands in CloudFormation's AWS::Events::Rule.</summary>
    public static Shape Target { get; } = Members(
        Required("Id", TargetId),
        Required("Arn", Arn),
        Optional("RoleArn", Arn),
        Optional("Input", String(0, 8192)),
        Optional("InputPath", String(0, 256)),
        Optional("DeadLetterConfig", Members(Optional("Arn", Arn))),
        Optional("RetryPolicy", Members(Optional("MaximumRetryAttempts", Integer(0, 185)), Optional("MaximumEventAgeInSeconds", Integer(60, 86_400)))));

    public static Shape OneBus { get; } = Members(Bus);

    public static Shape DescribeEventBus { get; } = Members(Optional("Name", String(1, 1600, BusArn + @"[/.\-_A-Za-z0-9]+")));

    public static Shape PutPermission { get; } = Members(
        OwnBus,
        Optional("Action", String(1, 64, "events:[a-zA-Z]+")),
        Optional("Principal", String(1, 12, @"(\d{12}|\*)")),
        Optional("StatementId", String(1, 64, "[a-zA-Z0-9_-]+")),
        Optional("Condition", Members(Required("Type", AnyText), Required("Key", AnyText), Required("Value", AnyText))),
        Optional("Policy", AnyText));

    public static Shape RemovePermission { get; } = Members(
        OwnBus, Optional("StatementId", String(1, 64, "[a-zA-Z0-9_-]+")), Optional("RemoveAllPermissions", AnyFlag));

    public static Shape PutRule { get; } = Members(
        NamedRule,
        OfBus,
        ScheduleExpression,
        Optional("EventPattern", String(0, AwsLimits.EventBridge.PatternLength)),
        Optional("State", Enum("ENABLED", "DISABLED")),
        Description);

    /// <summary>What a rule says of itself, however it came.</summary>
    public static Shape RuleItself { get; } = Members(NamedRule, ScheduleExpression, Description);

    public static Shape DeleteRule { get; } = Members(NamedRule, OfBus, Optional("Force", AnyFlag));

    public static Shape OneRule { get; } = Members(NamedRule, OfBus);

    public static Shape ListRules { get; } = Members(Optional("NamePrefix", RuleName), OfBus, Page, NextToken);

    public static Shape PutTargets { get; } = Members(Rule, OfBus, Required("Targets", new List(Target, 1, 100)));

    public static Shape RemoveTargets { get; } = Members(Rule, OfBus, Required("Ids", new List(TargetId, 1, 100)), Optional("Force", AnyFlag));

    public static Shape ListTargetsByRule { get; } = Members(Rule, OfBus, Page, NextToken);

    public static Shape PutEvents { get; } = Members(Required("Entries", new List(Entry, 1, 10)));
}
