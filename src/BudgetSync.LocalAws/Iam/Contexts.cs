using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>The global condition keys of a request, from who makes it and what it is about (IAM user guide, "AWS global condition context keys").</summary>
internal static class Contexts
{
    public static RequestContext Of(Caller caller, IamRequest request, LocalCloud cloud, Func<string, string?>? organizationOf)
    {
        var context = new RequestContext();
        var resourceAccount = (request.ResourceAccount ?? Arn.AccountOf(request.Resource)) is { Length: > 0 } owner ? owner : caller.AccountId;
        context.Set("aws:ResourceAccount", resourceAccount);
        context.Set("aws:ResourceOrgID", Organization(resourceAccount));
        context.Set("aws:PrincipalIsAWSService", caller.ServicePrincipal is null ? "false" : "true");
        // The loopback is plain HTTP, yet stands for AWS's endpoints, which are not.
        context.Set("aws:SecureTransport", "true");
        if (caller.ServicePrincipal is { } service)
        {
            context.Set("aws:PrincipalServiceName", service);
            context.Set("aws:SourceArn", caller.SourceArn);
            context.Set("aws:SourceAccount", caller.AccountId);
        }
        else
        {
            context.Set("aws:PrincipalArn", caller.PrincipalArn);
            context.Set("aws:PrincipalAccount", caller.AccountId);
            context.Set("aws:userid", UserId(caller, cloud));
            foreach (var (key, value) in cloud.Iam.FindRole(caller.PrincipalArn)?.Definition.Tags ?? []) context.Set($"aws:PrincipalTag/{key}", value);
            context.Set("aws:PrincipalType", caller.IsRoot ? "Account" : caller.IsUser ? "User" : "AssumedRole");
            // Absent for services and for accounts outside any organization (the same page, aws:PrincipalOrgID).
            context.Set("aws:PrincipalOrgID", Organization(caller.AccountId));
        }

        foreach (var (key, values) in request.Context) context[key] = values;
        return context;

        string? Organization(string accountId) =>
            organizationOf is not null ? organizationOf(accountId) : cloud.Organizations.HasDeparted(accountId) ? null : cloud.Options.OrganizationId;
    }

    /// <summary>A role's id with the session's name, a user's id, an account's number (IAM user guide, "Principal key values").</summary>
    private static string? UserId(Caller caller, LocalCloud cloud) => caller switch
    {
        { IsRoot: true } => caller.AccountId,
        { IsUser: true } => cloud.Iam.FindUser(caller.PrincipalArn)?.Id,
        _ => cloud.Iam.FindRole(caller.PrincipalArn) is { } role
            ? $"{role.Id}:{caller.SessionArn[(caller.SessionArn.LastIndexOf('/') + 1)..]}"
            : null,
    };
}
