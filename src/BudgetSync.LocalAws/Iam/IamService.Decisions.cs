using System.Collections.Immutable;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <content>Whether a caller may do what it asks for.</content>
public sealed partial class IamService
{
    /// <summary>Whether a caller may do something; for checks that make no call of their own.</summary>
    public bool IsAllowed(Caller caller, IamRequest request) => Judge(caller, request, cloud.Options.Region) is null;

    /// <summary>Whether a resource policy lets a caller do something, whatever the caller's own policies say.</summary>
    internal bool IsAllowedBy(PolicyDocument policy, Caller caller, IamRequest request) =>
        Evaluation.Resource(policy, caller, request.Action, request.Resource, Contexts.Of(caller, request, cloud, OrganizationOf))
            is Verdict.Allowed or Verdict.AllowedToAccount;

    /// <summary>
    /// Whether a role may be assumed by a caller: its trust policy must agree, and where that names only the account, the caller's own policies too.
    /// </summary>
    internal bool MayAssume(Caller caller, Role role, ImmutableDictionary<string, ImmutableArray<string>> context)
    {
        // UG "Closing an AWS account": no one can access a closed or suspended one.
        if (cloud.Organizations.IsShut(role.AccountId)) return false;
        var request = new IamRequest("sts:AssumeRole", role.Arn) { Context = context };
        var judged = Contexts.Of(caller, request, cloud, OrganizationOf);
        var trust = Evaluation.Resource(role.Definition.Trust, caller, request.Action, role.Arn, judged);
        if (trust is Verdict.Silent or Verdict.Denied) return false;
        if (caller.ServicePrincipal is not null) return true;
        if (Control(caller, request, judged) is not null) return false;
        var identity = Own(caller, request, judged);
        var allowed = identity switch
        {
            Verdict.Allowed => true,
            Verdict.Denied => false,
            _ => trust == Verdict.Allowed && caller.AccountId == role.AccountId,
        };
        if (allowed) Remember(caller, request);
        return allowed;
    }

    private void Authorize(AwsCall call, IamRequest request)
    {
        var refusal = call.AccountId != cloud.Options.ManagementAccountId && ServiceControl?.Invoke(call, request) == true
            ? "with an explicit deny in a service control policy"
            : Judge(call.Caller, request, call.Region);
        if (refusal is not null) throw AccessDenied.For(call, request, refusal);
    }

    private string? Judge(Caller caller, IamRequest request, string region)
    {
        var context = Contexts.Of(caller, request, cloud, OrganizationOf);
        context.Set("aws:RequestedRegion", region);
        var hasPolicies = resourcePolicies.TryGetValue(Arn.ServiceOf(request.Resource), out var find);
        var resource = hasPolicies ? Evaluation.Resource(find!(request.Resource), caller, request.Action, request.Resource, context) : Verdict.Silent;
        // A service acts on what names it in its resource policy; services without such policies trust it.
        if (caller.ServicePrincipal is not null)
            return hasPolicies && resource != Verdict.Allowed ? $"because no resource-based policy allows the {request.Action} action" : null;

        if (Control(caller, request, context) is { } controlled) return controlled;
        var identity = Own(caller, request, context);
        // What is AWS's own (arn:aws:organizations::aws:policy/…) belongs to everyone who may name it.
        var sameAccount = (request.ResourceAccount ?? Arn.AccountOf(request.Resource)) is var owner && (owner is "" or "aws" || owner == caller.AccountId);
        var refusal = (identity, resource) switch
        {
            (Verdict.Denied, _) => "with an explicit deny in an identity-based policy",
            (_, Verdict.Denied) => "with an explicit deny in a resource-based policy",
            (Verdict.Allowed, _) when sameAccount => null,
            (_, Verdict.Allowed) when sameAccount => null,
            (Verdict.Allowed, Verdict.Allowed or Verdict.AllowedToAccount) => null,
            (Verdict.Allowed, _) => $"because no resource-based policy allows the {request.Action} action",
            _ => $"because no identity-based policy allows the {request.Action} action",
        };
        if (refusal is null) Remember(caller, request);
        return refusal;
    }

    /// <summary>
    /// What service control policies say against a call: each level from the account to the root must allow it, and a Deny at any is final. They bind roles
    /// and the root user of member accounts; neither AWS's services nor the management account (UG "Service control policies").
    /// </summary>
    private string? Control(Caller caller, IamRequest request, RequestContext context)
    {
        foreach (var level in cloud.Organizations.PoliciesOver(caller.AccountId))
        {
            var verdict = Evaluation.Identity(level, request.Action, request.Resource, context);
            if (verdict == Verdict.Denied) return "with an explicit deny in a service control policy";
            if (verdict == Verdict.Silent) return $"because no service control policy allows the {request.Action} action";
        }

        return null;
    }
}
