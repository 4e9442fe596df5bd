using Amazon.CDK;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Stacks;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// When Apply runs: on every change of the parameter, and daily all the same, because Systems Manager sends its events
/// on a best-effort basis and people change budgets by hand.
/// </summary>
internal sealed class ParameterChanged
{
    public ParameterChanged(Stack stack, SpokeValues given, ApplyFunction apply)
    {
        Change = new RuleToFunction(
            stack, "ParameterChanged", "Applies the desired budgets when the parameter that carries them changes", apply.Function, apply.Undeliverable,
            pattern: new Dictionary<string, object>
            {
                ["source"] = new[] { "aws.ssm" },
                ["detail-type"] = new[] { "Parameter Store Change" },
                ["detail"] = new Dictionary<string, object>
                {
                    ["name"] = new[] { given.ParameterName },
                    ["operation"] = new[] { "Create", "Update", "Delete" },
                },
            });
        Daily = new RuleToFunction(
            stack, "Daily", "Applies the desired budgets once a day, whatever was lost or changed by hand", apply.Function, apply.Undeliverable,
            schedule: "rate(1 day)");
    }

    public RuleToFunction Change { get; }

    public RuleToFunction Daily { get; }
}
