using Amazon.CDK;
using CfnEventRule = Amazon.CDK.AWS.Events.CfnRule;
using CfnEventRuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;
using Constructs;

namespace BudgetSync.Cdk.Parts;

/// <summary>A rule whose one target is a function of ours, with bounded retries and a queue for what cannot be delivered.</summary>
internal sealed class RuleToFunction : Construct
{
    private readonly CfnEventRule rule;

    /// <param name="pattern">The events it takes; null with a schedule.</param>
    /// <param name="schedule">For example <c>rate(1 hour)</c>; null with a pattern.</param>
    /// <param name="bus">Name of the bus it listens on; null is the account's default bus.</param>
    /// <param name="inputPath">The part of the event that the function gets, for example <c>$.detail</c>; null is the whole.</param>
    /// <param name="input">What the function gets instead of the event; null is the event.</param>
    public RuleToFunction(
        Construct scope, string id, string description, ManagedFunction target, DeadLetterQueue undeliverable,
        object? pattern = null, string? schedule = null, string? bus = null, string? inputPath = null, string? input = null) : base(scope, id)
    {
        rule = new CfnEventRule(this, "Rule", new CfnEventRuleProps
        {
            Name = $"{Names.Prefix}-{id}",
            Description = description,
            EventBusName = bus,
            EventPattern = pattern,
            ScheduleExpression = schedule,
            State = "ENABLED",
            Targets = new[]
            {
                new CfnEventRule.TargetProperty
                {
                    Id = "Function",
                    Arn = target.Arn,
                    InputPath = inputPath,
                    Input = input,
                    DeadLetterConfig = new CfnEventRule.DeadLetterConfigProperty { Arn = undeliverable.Arn },
                    RetryPolicy = new CfnEventRule.RetryPolicyProperty { MaximumEventAgeInSeconds = 21_600, MaximumRetryAttempts = 185 },
                },
            },
        });
        target.MayBeCalledBy(id, rule.AttrArn);
    }

    public string Arn => rule.AttrArn;

    public CfnElement Resource => rule;
}
