namespace BudgetSync.Core.Ai;

/// <summary>What IAM says of one principal, and so by which means it can be suspended.</summary>
public abstract record AiAccess
{
    private AiAccess()
    {
    }

    /// <summary>The user of long-term API keys: they are set Inactive, and nothing of its policies is touched.</summary>
    /// <param name="All">Its service-specific credentials of Bedrock.</param>
    public sealed record Keys(EquatableArray<AiKey> All) : AiAccess;

    /// <summary>A user or a role: the deny policy is attached to it.</summary>
    /// <param name="Attached">Whether it is.</param>
    public sealed record Policy(bool Attached) : AiAccess;

    /// <summary>A person of IAM Identity Center, all of whose permission sets refer to the policy of suspended people: that names them.</summary>
    /// <param name="Denied">Whether it does.</param>
    public sealed record Person(bool Denied) : AiAccess;

    /// <summary>Nothing in IAM binds it.</summary>
    public sealed record Unattachable(string Why) : AiAccess;

    /// <summary>IAM could not be asked: nothing follows.</summary>
    public sealed record Unread(string Why) : AiAccess;
}

/// <summary>One service-specific credential.</summary>
/// <param name="Id">As IAM calls it: <c>ACCAEXAMPLE</c>.</param>
public readonly record struct AiKey(string Id, bool Active);
