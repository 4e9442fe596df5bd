namespace BudgetSync.Core.Restrictions;

/// <summary>An IAM role or user of an account: whom a deny binds.</summary>
/// <param name="Name">Unique among its kind in the account.</param>
/// <param name="Path">Begins and ends with a slash.</param>
public sealed record Principal(bool IsUser, string Name, string Path = "/")
{
    /// <summary>
    /// Its unique id, for example <c>AROAEXAMPLEID</c>: who is made anew by the same name has another (IAM user guide, "IAM identifiers").
    /// </summary>
    public string Id { get; init; } = "";

    /// <summary>A service-linked role: AWS's services act by it, and neither a policy of the account nor one of the organization binds it.</summary>
    public bool IsOfService => Path.StartsWith("/aws-service-role/", StringComparison.Ordinal);

    /// <summary>A role of IAM Identity Center or another service of AWS, to which nobody but AWS may attach a policy.</summary>
    public bool IsUnmodifiable => Path.StartsWith("/aws-reserved/", StringComparison.Ordinal);

    /// <summary>For example <c>role/team/developer</c>, as it ends its ARN.</summary>
    public string Resource => $"{(IsUser ? "user" : "role")}{Path}{Name}";
}
