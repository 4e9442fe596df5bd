using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.CloudFormation;

public sealed class ManagedPolicyTests : IAsyncDisposable
{
    private const string Account = "111122223333";
    private const string Arn = $"arn:aws:iam::{Account}:policy/Team/Deny";

    private const string Template = """
        {"Resources":{"Policy":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"ManagedPolicyName":"Deny","Path":"/Team/",
          "PolicyDocument":{"Statement":[{"Effect":"Deny","Action":"ssm:*","Resource":"*"}]}}}},"Outputs":{"Arn":{"Value":{"Ref":"Policy"}}}}
        """;

    private readonly LocalCloud cloud = new();

    public ValueTask DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_policy_is_not_deleted_while_it_is_attached()
    {
        Assert.Equal(Arn, (await DeployAsync("Stack")).Outputs["Arn"]);
        cloud.Iam.PutRole(Account, Policies.Role("Worker"));
        cloud.Iam.AttachToRole(Account, "Worker", Arn);

        var refused = await Assert.ThrowsAsync<StackException>(() => cloud.CloudFormation.DeleteAsync(Account, "Stack"));

        Assert.Contains("Cannot delete a policy attached to entities.", refused.Message, StringComparison.Ordinal);
        cloud.Iam.DetachFromRole(Account, "Worker", Arn);
        await cloud.CloudFormation.DeleteAsync(Account, "Stack");
        await DeployAsync("Stack");
    }

    [Fact]
    public async Task A_name_is_used_once_in_an_account()
    {
        await DeployAsync("Stack");

        Assert.Contains(
            "already exists", (await Assert.ThrowsAsync<StackException>(() => DeployAsync("Second"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_somebody_attached_a_policy_to_keeps_it_and_is_not_deleted()
    {
        const string role = """
            {"Resources":{"Role":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"Made","MaxSessionDuration":SECONDS,
              "AssumeRolePolicyDocument":{"Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}}}}}
            """;
        await DeployAsync("Policies");
        await DeployAsync("Roles", role.Replace("SECONDS", "3600", StringComparison.Ordinal));
        cloud.Iam.AttachToRole(Account, "Made", Arn);

        await DeployAsync("Roles", role.Replace("SECONDS", "7200", StringComparison.Ordinal));

        Assert.Equal(Arn, Assert.Single(cloud.Iam.FindRole(Account, "Made")!.Definition.ManagedPolicyArns));
        Assert.Contains(
            "must detach all policies first",
            (await Assert.ThrowsAsync<StackException>(() => cloud.CloudFormation.DeleteAsync(Account, "Roles"))).Message,
            StringComparison.Ordinal);
    }

    private Task<Stack> DeployAsync(string name, string template = Template) =>
        cloud.CloudFormation.DeployAsync(Account, name, template, new Dictionary<string, string>());
}
