using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>Rules and targets as they are written on the wire, both ways.</summary>
internal static class RuleShape
{
    public static JsonObject Of(Rule rule)
    {
        var shape = new JsonObject
        {
            ["Name"] = rule.Name,
            ["Arn"] = rule.Arn,
            ["EventBusName"] = rule.BusName,
            ["State"] = rule.Enabled ? "ENABLED" : "DISABLED",
        };
        if (rule.Pattern is not null) shape["EventPattern"] = rule.Pattern.Json;
        if (rule.Schedule is not null) shape["ScheduleExpression"] = rule.Schedule;
        if (rule.Description is not null) shape["Description"] = rule.Description;
        return shape;
    }

    public static JsonObject Of(RuleTarget target)
    {
        var shape = new JsonObject { ["Id"] = target.Id, ["Arn"] = target.Arn };
        if (target.RoleArn is not null) shape["RoleArn"] = target.RoleArn;
        if (target.Input is not null) shape["Input"] = target.Input;
        if (target.InputPath is not null) shape["InputPath"] = target.InputPath;
        if (target.DeadLetterArn is not null) shape["DeadLetterConfig"] = new JsonObject { ["Arn"] = target.DeadLetterArn };
        shape["RetryPolicy"] = new JsonObject
        {
            ["MaximumRetryAttempts"] = target.MaximumRetryAttempts,
            ["MaximumEventAgeInSeconds"] = (int)target.MaximumEventAge.TotalSeconds
        };
        return shape;
    }

    /// <summary>Reads a target; the same shape stands in CloudFormation's AWS::Events::Rule.</summary>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static RuleTarget ReadTarget(JsonObject shape)
    {
        // CloudFormation may write a number as text.
        var given = (JsonObject)EventBridgeShapes.Target.FromText(shape)!; // A structure stays one.
        EventBridgeShapes.Target.Validate(given, "ValidationException", "a target");
        var retry = given.Structure("RetryPolicy") ?? [];
        var target = new RuleTarget(given.RequiredText("Id"), given.RequiredText("Arn"))
        {
            RoleArn = given.Text("RoleArn"),
            Input = given.Text("Input"),
            InputPath = given.Text("InputPath"),
            DeadLetterArn = given.Structure("DeadLetterConfig")?.Text("Arn"),
        };
        return target with
        {
            MaximumRetryAttempts = retry.Whole("MaximumRetryAttempts") ?? target.MaximumRetryAttempts,
            MaximumEventAge = retry.Whole("MaximumEventAgeInSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : target.MaximumEventAge,
        };
    }
}
