using Amazon.CDK;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// A stack whose logical ids are the words of the construct path without CDK's hash, so that a reviewer of a template,
/// a person in the CloudFormation console and a test all read <c>ApplyRole</c> instead of <c>ApplyRoleA1B2C3D4</c>.
/// Two constructs with one name are still refused: CDK checks that at synthesis.
/// </summary>
internal abstract class ReadableStack(Construct scope, string id, IStackProps props) : Stack(scope, id, props)
{
    protected override string AllocateLogicalId(CfnElement cfnElement) => string.Concat(cfnElement.Node.Path
        .Split('/')
        .SkipWhile(part => part != Node.Id)
        .Skip(1)
        .Where(part => part is not ("Resource" or "Default")));
}
