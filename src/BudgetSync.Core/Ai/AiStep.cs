namespace BudgetSync.Core.Ai;

/// <summary>One thing to do in IAM. Each may be repeated.</summary>
public abstract record AiStep
{
    private AiStep()
    {
    }

    /// <summary>Set keys of a user Active or Inactive.</summary>
    public sealed record SetKeys(AiPrincipal Principal, EquatableSet<string> Ids, bool Active) : AiStep
    {
        public override string ToString() => $"{Ids.Count} {(Ids.Count == 1 ? "API key" : "API keys")} set {(Active ? "Active" : "Inactive")}";
    }

    /// <summary>Attach the deny policy to a user or role, or detach it.</summary>
    public sealed record SetPolicy(AiPrincipal Principal, bool Attached) : AiStep
    {
        public override string ToString() => Attached ? "the deny policy attached" : "the deny policy detached";
    }

    /// <summary>Give the policy of suspended people another version.</summary>
    /// <param name="Denied">Names of all whom it is to name: <c>person/alice@example.com</c>.</param>
    public sealed record SetPeople(EquatableSet<string> Denied) : AiStep
    {
        public override string ToString() => $"the policy of suspended people names {Denied.Count}";
    }
}
