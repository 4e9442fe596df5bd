using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>The requests of AWS Lambda as its service model (2015-03-31) bounds them. There are no versions, aliases, tails of logs or tenants here.</summary>
internal static class LambdaShapes
{
    private static readonly Member FunctionName = Required("FunctionName", String(
        1,
        256,
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?"
            + @"([a-zA-Z0-9_.-]+)(:(\$LATEST|[a-zA-Z0-9_-]+))?"));

    private static readonly Member Qualifier = Optional("Qualifier", Enum("$LATEST"));

    public static Shape Invoke { get; } = Members(
        FunctionName,
        Qualifier,
        Optional("InvocationType", Enum("Event", "RequestResponse", "DryRun")),
        Optional("LogType", Enum("None")),
        Optional("Payload", AnyText));

    public static Shape GetFunction { get; } = Members(FunctionName, Qualifier);

    public static Shape ListFunctions { get; } = Members();
}
