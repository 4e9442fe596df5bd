using System.Collections.Immutable;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>What a set of policies says about a request.</summary>
internal enum Verdict
{
    /// <summary>Nothing: a request that nothing allows is refused.</summary>
    Silent,

    /// <summary>A resource policy names the caller's account and leaves the rest to that account's policies.</summary>
    AllowedToAccount,

    Allowed,

    /// <summary>A Deny covers it; no Allow outweighs that.</summary>
    Denied,
}

/// <summary>Policies against requests. Pure.</summary>
internal static class Evaluation
{
    /// <summary>What a role's own policies say.</summary>
    public static Verdict Identity(ImmutableArray<PolicyDocument> policies, string action, string resource, RequestContext context)
    {
        var verdict = Verdict.Silent;
        foreach (var statement in policies.SelectMany(policy => policy.Statements))
        {
            if (!statement.Covers(action, resource, context)) continue;
            if (!statement.Allow) return Verdict.Denied;
            verdict = Verdict.Allowed;
        }

        return verdict;
    }

    /// <summary>What a trust or resource policy says about a caller.</summary>
    public static Verdict Resource(PolicyDocument? policy, Caller caller, string action, string resource, RequestContext context)
    {
        var verdict = Verdict.Silent;
        foreach (var statement in policy?.Statements ?? [])
        {
            var match = statement.Principals?.Match(caller) ?? PrincipalMatch.None;
            if (match == PrincipalMatch.None || !statement.Covers(action, resource, context)) continue;
            if (!statement.Allow) return Verdict.Denied;
            if (match == PrincipalMatch.Direct) verdict = Verdict.Allowed;
            else if (verdict == Verdict.Silent) verdict = Verdict.AllowedToAccount;
        }

        return verdict;
    }
}
