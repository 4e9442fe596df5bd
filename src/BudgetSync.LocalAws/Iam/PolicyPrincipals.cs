using System.Collections.Immutable;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>How well a caller is named by a resource policy.</summary>
internal enum PrincipalMatch
{
    None,

    /// <summary>The caller's account is named: the account's own policies decide who of it may.</summary>
    Account,

    /// <summary>The caller itself is named, or every principal.</summary>
    Direct,
}

/// <summary>The Principal of a statement of a trust or resource policy.</summary>
/// <param name="Aws">Account ids, account root ARNs, role and session ARNs, or <c>*</c>.</param>
/// <param name="Services">For example <c>lambda.amazonaws.com</c>.</param>
/// <param name="Negated">NotPrincipal.</param>
internal sealed record PolicyPrincipals(ImmutableArray<string> Aws, ImmutableArray<string> Services, bool Negated)
{
    public PrincipalMatch Match(Caller caller)
    {
        var match = Named(caller);
        if (!Negated) return match;
        return match == PrincipalMatch.None ? PrincipalMatch.Direct : PrincipalMatch.None;
    }

    private PrincipalMatch Named(Caller caller)
    {
        if (caller.ServicePrincipal is { } service)
            return Services.Contains(service) || Aws.Contains("*") ? PrincipalMatch.Direct : PrincipalMatch.None;
        var best = PrincipalMatch.None;
        foreach (var name in Aws)
        {
            if (name == "*" || (name == caller.PrincipalArn && !caller.IsRoot) || name == caller.SessionArn) return PrincipalMatch.Direct;
            if (name == caller.AccountId || name == $"arn:aws:iam::{caller.AccountId}:root") best = PrincipalMatch.Account;
        }

        return best;
    }
}
