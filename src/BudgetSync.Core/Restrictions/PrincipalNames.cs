namespace BudgetSync.Core.Restrictions;

/// <summary>Names of IAM roles and users of the account, without path or ARN: <c>developer</c>.</summary>
public sealed record PrincipalNames(EquatableSet<string> Roles, EquatableSet<string> Users)
{
    public static PrincipalNames None { get; } = new([], []);

    public bool IsEmpty => Roles.IsEmpty && Users.IsEmpty;
}
