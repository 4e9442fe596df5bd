using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <content>Versions of customers' managed policies: at most five, of which one is in effect (IAM user guide, "Versioning IAM policies").</content>
public sealed partial class IamService
{
    /// <summary>The document of a customer's managed policy that is in effect; null where there is no such policy.</summary>
    public PolicyDocument? FindManagedPolicy(string arn) => managed.GetValueOrDefault(arn)?.Document;

    internal ManagedPolicy RequireManagedPolicy(string arn) =>
        managed.GetValueOrDefault(arn) ?? throw new AwsException("NoSuchEntity", $"Policy {arn} was not found.", 404);

    internal PolicyVersion RequireVersion(string arn, string id) => RequireManagedPolicy(arn).Versions.FirstOrDefault(version => version.Id == id)
        ?? throw new AwsException("NoSuchEntity", $"Policy {arn} version {id} does not exist or is not attachable.", 404);

    internal PolicyVersion CreateVersion(string arn, PolicyDocument document, bool isDefault)
    {
        lock (attaching)
        {
            var known = RequireManagedPolicy(arn);
            RequireSize(document);
            if (known.Versions.Length >= AwsLimits.Iam.PolicyVersions)
            {
                throw new AwsException(
                    "LimitExceeded",
                    $"A managed policy can have up to {AwsLimits.Iam.PolicyVersions} versions. Before you create a new version, you must delete an existing "
                        + "version.",
                    409);
            }

            var made = known.With(document, isDefault, cloud.Time.GetUtcNow());
            Keep(made);
            return made.Versions[^1];
        }
    }

    internal void DeleteVersion(string arn, string id)
    {
        lock (attaching)
        {
            var (known, version) = (RequireManagedPolicy(arn), RequireVersion(arn, id));
            if (version.IsDefault) throw new AwsException("DeleteConflict", "Cannot delete the default version of a policy.", 409);
            managed[arn] = known with { Versions = known.Versions.Remove(version) };
        }
    }

    /// <summary>White space is not counted (IAM user guide, "IAM and AWS STS quotas"), and the text of a policy read here has none.</summary>
    private static void RequireSize(PolicyDocument policy)
    {
        if (policy.Json.Length > AwsLimits.Iam.ManagedPolicy)
            throw new AwsException("LimitExceeded", $"Cannot exceed quota for PolicySize: {AwsLimits.Iam.ManagedPolicy}", 409);
    }

    /// <summary>What it is attached to takes it up.</summary>
    private void Keep(ManagedPolicy policy)
    {
        managed[policy.Arn] = policy;
        foreach (var role in RolesWith(policy.Arn)) PutRole(role.AccountId, role.Definition);
        foreach (var user in UsersWith(policy.Arn)) Put(user, user.ManagedPolicyArns);
    }
}
