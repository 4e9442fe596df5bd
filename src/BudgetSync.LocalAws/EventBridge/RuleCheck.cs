using System.Text.Json;
using BudgetSync.LocalAws.EventBridge.ApiDestinations;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>What EventBridge demands of a rule and its targets beyond the service model (EventBridge API reference, PutRule and PutTargets).</summary>
internal static class RuleCheck
{
    /// <exception cref="AwsException">ValidationException or LimitExceededException.</exception>
    public static void Check(Rule rule)
    {
        EventBridgeShapes.RuleItself.Validate(
            new() { ["Name"] = rule.Name, ["Description"] = rule.Description, ["ScheduleExpression"] = rule.Schedule }, "ValidationException", "a rule");
        if (rule.Pattern is null && rule.Schedule is null) throw Invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (rule.Schedule is not null)
        {
            if (rule.BusName != EventBus.DefaultName) throw Invalid("ScheduleExpression is supported only on the default event bus.");
            ScheduleExpression.Parse(rule.Schedule);
        }

        if (rule.Targets.Length > AwsLimits.EventBridge.TargetsPerRule)
        {
            throw new AwsException(
                "LimitExceededException",
                $"The requested resource exceeds the maximum number allowed: rule {rule.Name} has {rule.Targets.Length} targets, and may have "
                    + $"{AwsLimits.EventBridge.TargetsPerRule}.");
        }

        foreach (var target in rule.Targets) Check(rule, target);
        if (rule.Targets.GroupBy(target => target.Id).FirstOrDefault(same => same.Count() > 1) is { } doubled)
            throw Invalid($"Target id {doubled.Key} is given twice.");
    }

    private static void Check(Rule rule, RuleTarget target)
    {
        if (!Arn.TryParse(target.Arn, out var arn)) throw Invalid($"Parameter {target.Arn} is not valid. Reason: Provided Arn is not in correct format.");
        var isBus = arn.Service == "events" && arn.Resource.StartsWith("event-bus/", StringComparison.Ordinal);
        var isEndpoint = ApiDestination.IsArn(target.Arn);
        if (!isBus && !isEndpoint && arn.Service is not ("lambda" or "sqs" or "sns"))
            throw Invalid(
                $"Target {target.Arn} is of a kind that LocalAws does not know "
                    + "(it knows Lambda functions, event buses, API destinations, SQS queues and SNS topics)");
        if (!isBus && arn.Region != rule.Region)
            throw Invalid($"Target {target.Arn} is not in the rule's region, {rule.Region}: only event buses may be elsewhere.");
        if (isEndpoint && arn.AccountId != rule.AccountId) throw Invalid($"Target {target.Arn} is not in the rule's account, {rule.AccountId}.");
        if (isEndpoint && target.RoleArn is null) throw Invalid($"RoleArn is required for target {target.Arn}.");
        if (isBus && (arn.Region != rule.Region || arn.AccountId != rule.AccountId) && target.RoleArn is null)
            throw Invalid($"RoleArn is required for target {target.Arn}.");
        if (target.DeadLetterArn is { } queue && (!Arn.TryParse(queue, out var letters) || letters.Service != "sqs" || letters.Region != rule.Region))
            throw Invalid($"Invalid DeadLetterConfig of target {target.Id}: {queue} is no standard queue in the rule's region, {rule.Region}.");
        if (target.MaximumRetryAttempts is < 0 or > 185) throw Invalid($"MaximumRetryAttempts {target.MaximumRetryAttempts} must be 0 to 185");
        if (target.MaximumEventAge < TimeSpan.FromSeconds(60) || target.MaximumEventAge > TimeSpan.FromHours(24))
            throw Invalid($"MaximumEventAgeInSeconds {target.MaximumEventAge.TotalSeconds} must be 60 to 86400");
        if (target.Input is not null && target.InputPath is not null)
            throw Invalid($"Only one of Input, InputPath, or InputTransformer must be provided for target {target.Id}.");
        if (target.InputPath is { } path) InputPath.Parse(path);
        if (target.Input is { } input && !IsJson(input)) throw Invalid($"JSON syntax error in input for target {target.Id}");
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonText.ParseLastWins(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static AwsException Invalid(string message) => new("ValidationException", message);
}
