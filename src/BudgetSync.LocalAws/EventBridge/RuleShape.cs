using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>Rules and targets as they are written on the wire, both ways.</summary>
internal static class RuleShape
{
    public static JsonObject Of(Rule rule, string region)
    {
        var shape = new JsonObject
        {
            ["Name"] = rule.Name,
            ["Arn"] = rule.ArnIn(region),
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
        shape["RetryPolicy"] = new JsonObject { ["MaximumRetryAttempts"] = target.MaximumRetryAttempts, ["MaximumEventAgeInSeconds"] = (int)target.MaximumEventAge.TotalSeconds };
        return shape;
    }

    /// <summary>Reads a target; the same shape stands in CloudFormation's AWS::Events::Rule.</summary>
    /// <exception cref="AwsException">ValidationException for a member that is not known.</exception>
    public static RuleTarget ReadTarget(JsonObject shape)
    {
        if (shape.FirstOrDefault(member => member.Key is not ("Id" or "Arn" or "RoleArn" or "Input" or "InputPath" or "DeadLetterConfig" or "RetryPolicy")).Key is { } unknown)
            throw new AwsException("ValidationException", $"LocalAws does not know the target member {unknown}; BEHAVIOUR.md lists what it knows.");
        var retry = shape["RetryPolicy"] as JsonObject ?? [];
        var target = new RuleTarget(shape.Required("Id"), shape.Required("Arn"))
        {
            RoleArn = shape.Optional("RoleArn"),
            Input = shape.Optional("Input"),
            InputPath = shape.Optional("InputPath"),
            DeadLetterArn = (shape["DeadLetterConfig"] as JsonObject)?.Optional("Arn"),
        };
        return target with
        {
            MaximumRetryAttempts = retry.Whole("MaximumRetryAttempts", 0, 185) ?? target.MaximumRetryAttempts,
            MaximumEventAge = retry.Whole("MaximumEventAgeInSeconds", 60, 86400) is { } seconds ? TimeSpan.FromSeconds(seconds) : target.MaximumEventAge,
        };
    }
}
