using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>What EventBridge demands of a rule and its targets (EventBridge API reference, PutRule and PutTargets).</summary>
internal static partial class RuleCheck
{
    public const int MaximumTargets = 5;

    /// <exception cref="AwsException">ValidationException or LimitExceededException.</exception>
    public static void Check(Rule rule)
    {
        if (!RuleName().IsMatch(rule.Name)) throw Invalid($"Rule name \"{rule.Name}\" must be 1 to 64 letters, digits, dots, hyphens and underscores");
        if (rule.Pattern is null && rule.Schedule is null) throw Invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (rule.Schedule is not null)
        {
            if (rule.BusName != EventBus.DefaultName) throw Invalid("ScheduleExpression is supported only on the default event bus.");
            ScheduleExpression.Parse(rule.Schedule);
        }

        if (rule.Targets.Length > MaximumTargets) throw new AwsException("LimitExceededException", $"The requested resource exceeds the maximum number allowed: rule {rule.Name} has {rule.Targets.Length} targets, and may have {MaximumTargets}.");
        foreach (var target in rule.Targets) Check(target);
    }

    private static void Check(RuleTarget target)
    {
        if (!Arn.TryParse(target.Arn, out var arn)) throw Invalid($"Parameter {target.Arn} is not valid. Reason: Provided Arn is not in correct format.");
        var known = arn.Service is "lambda" or "sqs" or "sns" || (arn.Service == "events" && arn.Resource.StartsWith("event-bus/", StringComparison.Ordinal));
        if (!known) throw Invalid($"Target {target.Arn} is of a kind that LocalAws does not know (it knows Lambda functions, event buses, SQS queues and SNS topics)");
        if (target.MaximumRetryAttempts is < 0 or > 185) throw Invalid($"MaximumRetryAttempts {target.MaximumRetryAttempts} must be 0 to 185");
        if (target.MaximumEventAge < TimeSpan.FromSeconds(60) || target.MaximumEventAge > TimeSpan.FromHours(24)) throw Invalid($"MaximumEventAgeInSeconds {target.MaximumEventAge.TotalSeconds} must be 60 to 86400");
        if (target.Input is not null && target.InputPath is not null) throw Invalid($"Only one of Input, InputPath, or InputTransformer must be provided for target {target.Id}.");
    }

    private static AwsException Invalid(string message) => new("ValidationException", message);

    [GeneratedRegex(@"^[.\-_A-Za-z0-9]{1,64}\z")]
    private static partial Regex RuleName();
}
