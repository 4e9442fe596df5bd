using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::IAM::ManagedPolicy.</summary>
internal static class ManagedPolicyResources
{
    public static readonly ResourceType ManagedPolicy = new("AWS::IAM::ManagedPolicy")
    {
        // Roles, Users and Groups are not known on purpose: whom a policy is attached to is decided while the system runs.
        Properties = new HashSet<string> { "ManagedPolicyName", "Path", "PolicyDocument" },
        Inert = new Dictionary<string, string> { ["Description"] = "For people." },
        PutAsync = request =>
        {
            var (path, name) = (request.Text("Path") ?? "/", request.Text("ManagedPolicyName") ?? request.GeneratedName);
            var arn = Iam.ManagedPolicy.ArnOf(request.AccountId, path, name);
            if (request.PhysicalId is { } id && id != arn)
                throw new StackException($"{request.LogicalId}: LocalAws does not replace a policy under another name or path ({id} by {arn}).");
            if (request.PhysicalId is null && request.Cloud.Iam.HasManagedPolicy(request.AccountId, name))
                throw new StackException($"{request.LogicalId}: A policy called {name} already exists. Duplicate names are not allowed.");
            request.Cloud.Iam.PutManagedPolicy(request.AccountId, name, PolicyDocument.Parse(request.Properties["PolicyDocument"]), path);
            return Task.FromResult(new MadeResource(arn, ("PolicyArn", arn)));
        },
        DeleteAsync = request =>
        {
            request.Cloud.Iam.DeleteManagedPolicy(request.PhysicalId!, versions: true); // Made before.
            return Task.CompletedTask;
        },
    };
}
