using Amazon.CDK;
using BudgetSync.Cdk.Parts;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// The schedule of looks. At which minutes is Apply's answer to CloudFormation, computed from the account's id: a template cannot, and ten thousand spokes
/// of one StackSet must not all look at the same minute.
/// </summary>
internal static class Looks
{
    private const string Id = "Look";

    public static string RuleArn => Names.LocalArn("events", $"rule/{Names.Prefix}-{Id}");

    public static void Schedule(Stack stack, ApplyFunction apply, FirstApply first) => _ = new RuleToFunction(
        stack,
        Id,
        "Looks at what the budgets have spent, without changing them",
        apply.Function,
        apply.Undeliverable,
        schedule: first.LookSchedule,
        input: """{"look":true}""");
}
