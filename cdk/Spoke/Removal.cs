using Amazon.CDK;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// Removes the budgets that are ours, and nothing else, when the stack is deleted. A resource of its own beside <see cref="FirstApply"/>: the first apply
/// must come after Apply and its rules, or a change right after it is heard by no rule, and the removal after they are gone, or a change right before it
/// makes the budgets again. CloudFormation deletes in the opposite order of creation, so one resource cannot be both.
/// </summary>
internal sealed class Removal
{
    /// <param name="first">
    /// The way that the last report takes; and whatever a second stack in the same account fails at, which is then undone without taking the first one's
    /// budgets along.
    /// </param>
    public Removal(Stack stack, ApplyFunction apply, params IDependable[] first)
    {
        Resource = new CustomResource(stack, "Removal", new CustomResourceProps
        {
            ResourceType = "Custom::BudgetSyncRemoval",
            ServiceToken = apply.ForCloudFormation.AttrArn,
            RemovalPolicy = RemovalPolicy.DESTROY,
            // Seconds that CloudFormation waits for an answer; its default is an hour of a stack that hangs.
            Properties = new Dictionary<string, object> { ["ServiceTimeout"] = 900 },
        });
        Resource.Node.AddDependency(first);
    }

    public CustomResource Resource { get; }
}
