using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>One permission that an operation needs: what IAM is asked before the operation runs.</summary>
/// <param name="Action">The IAM action, which is not always the API's name: <c>budgets:ModifyBudget</c>.</param>
/// <param name="Resource">The ARN the action is about, or <c>*</c> where AWS has no resource-level permission.</param>
public sealed record IamRequest(string Action, string Resource)
{
    /// <summary>The account that the resource belongs to, where its ARN does not name one (<c>arn:aws:s3:::bucket</c>); null: the ARN says it.</summary>
    public string? ResourceAccount { get; init; }

    /// <summary>Condition keys of this request beside the global ones, for example <c>aws:RequestTag/ManagedBy</c>.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Context { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
