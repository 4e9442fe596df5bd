namespace BudgetSync.Core.Ai;

/// <summary>What IAM says of one principal, and so by which means it can be suspended.</summary>
public abstract record AiAccess
{
    private AiAccess()
    {
    }

    /// <summary>Why the policy that would bind it denies nothing for sure, attached or not; "" where it is as the stack made it.</summary>
    public string Void { get; init; } = "";

    /// <summary>
    /// The user of long-term API keys: they are set Inactive, and the deny policy is attached to it, for it may have access keys besides, or be given some.
    /// </summary>
    /// <param name="All">Its service-specific credentials of Bedrock.</param>
    public sealed record Keys(EquatableArray<AiKey> All) : AiAccess
    {
        /// <summary>Whether the deny policy is attached to it.</summary>
        public bool Attached { get; init; }
    }

    /// <summary>A user or a role: the deny policy is attached to it.</summary>
    /// <param name="Attached">Whether it is.</param>
    public sealed record Policy(bool Attached) : AiAccess;

    /// <summary>
    /// A person of IAM Identity Center: the policy of suspended people, to which permission sets refer, names them. Which of an account's permission sets a
    /// person may use is not seen in the account, so all of them have to refer to it.
    /// </summary>
    /// <param name="Denied">Whether it names them.</param>
    public sealed record Person(bool Denied) : AiAccess
    {
        /// <summary>Permission sets that do not refer to it, in order of name.</summary>
        public EquatableArray<string> Without { get; init; } = [];
    }

    /// <summary>Nothing in IAM binds it for sure.</summary>
    public sealed record Unattachable(string Why) : AiAccess
    {
        /// <summary>A policy of the stack is attached to it, or names it, all the same.</summary>
        public bool Bound { get; init; }
    }

    /// <summary>IAM could not be asked: what is in force or about to come stays as it is, and nothing begins.</summary>
    public sealed record Unread(string Why) : AiAccess;
}

/// <summary>One service-specific credential.</summary>
/// <param name="Id">As IAM calls it: <c>ACCAEXAMPLE</c>.</param>
public readonly record struct AiKey(string Id, bool Active);
