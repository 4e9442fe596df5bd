namespace BudgetSync.Core.Ai;

/// <summary>Who called a model: a user, a long-term API key, a role, a person of IAM Identity Center, a federated user or an account's root.</summary>
/// <param name="Name">As a row names it: <c>role/DataScience</c>, <c>user/alice</c>, <c>BedrockAPIKey-ab12</c>, <c>person/alice@example.com</c>.</param>
public sealed record AiPrincipal(AiPrincipalKind Kind, string Name)
{
    /// <summary>The log does not say who called, or says what is no ARN of a principal.</summary>
    public static AiPrincipal Unknown { get; } = new(AiPrincipalKind.Unknown, "unknown");

    private const string KeyUser = "BedrockAPIKey-";

    /// <summary>
    /// The principal of an ARN of <c>identity.arn</c>. A role is meant without its session, whose name the caller chooses; only Identity Center writes the
    /// person there. A short-term API key acts as whoever made it, so it has no principal of its own (Bedrock user guide, "API keys").
    /// </summary>
    /// <param name="account">Whose principals can be suspended; somebody of another is unknown, and not who has the same name here.</param>
    public static AiPrincipal Of(string arn, AccountId account) =>
        arn.Split(':', 6) is [_, _, _, _, var owner, _] && owner == account.Value ? Of(arn) : Unknown;

    /// <inheritdoc cref="Of(string, AccountId)"/>
    public static AiPrincipal Of(string arn)
    {
        var parts = arn.Split(':', 6);
        if (parts is not ["arn", _, "iam" or "sts", "", { Length: 12 }, var resource]) return Unknown;
        var names = resource.Split('/');
        return (parts[2], names) switch
        {
            (_, ["root"]) => new(AiPrincipalKind.Root, "root"),
            ("iam", ["user", .., { Length: > 0 } user]) => OfUser(user),
            ("iam", ["role", .., { Length: > 0 } role]) => OfRole(role),
            ("sts", ["assumed-role", { Length: > 0 } role, { Length: > 0 } person]) when PermissionSets.NameOf(role) is not null =>
                new(AiPrincipalKind.Person, $"person/{person}"),
            ("sts", ["assumed-role", { Length: > 0 } role, ..]) => OfRole(role),
            ("sts", ["federated-user", { Length: > 0 } user]) => new(AiPrincipalKind.Federated, $"federated/{user}"),
            _ => Unknown,
        };
    }

    /// <param name="name">Without its path.</param>
    public static AiPrincipal OfUser(string name) =>
        name.StartsWith(KeyUser, StringComparison.Ordinal) ? new(AiPrincipalKind.ApiKey, name) : new(AiPrincipalKind.User, $"user/{name}");

    /// <inheritdoc cref="OfUser"/>
    public static AiPrincipal OfRole(string name) => new(AiPrincipalKind.Role, $"role/{name}");

    /// <summary>The principal of a name as <see cref="Name"/> has it; null where it is none.</summary>
    public static AiPrincipal? Parse(string name) => name.Split('/', 2) switch
    {
        ["unknown"] => Unknown,
        ["root"] => new(AiPrincipalKind.Root, name),
        [var user] when user.StartsWith(KeyUser, StringComparison.Ordinal) => new(AiPrincipalKind.ApiKey, name),
        ["user", { Length: > 0 }] => new(AiPrincipalKind.User, name),
        ["role", { Length: > 0 }] => new(AiPrincipalKind.Role, name),
        ["person", { Length: > 0 }] => new(AiPrincipalKind.Person, name),
        ["federated", { Length: > 0 }] => new(AiPrincipalKind.Federated, name),
        _ => null,
    };

    public override string ToString() => Name;
}

/// <summary>What kind of principal called.</summary>
public enum AiPrincipalKind
{
    Unknown,
    Root,
    User,

    /// <summary>The user that AWS makes for a long-term Bedrock API key.</summary>
    ApiKey,
    Role,

    /// <summary>A person of IAM Identity Center.</summary>
    Person,
    Federated,
}
