namespace BudgetSync.LocalAws.Organizations;

/// <summary>
/// The service control policies and what they are attached to. Guarded by the tree's gate. Every root, unit and account begins with FullAWSAccess alone
/// (UG "Service control policies"): only what differs from that is kept, so that ten thousand accounts cost nothing.
/// </summary>
internal sealed class PolicyAttachments(OrganizationTree tree, int perTarget)
{
    private readonly Dictionary<string, SortedSet<string>> byTarget = new(StringComparer.Ordinal);

    /// <summary>By id, in ordinal order.</summary>
    public SortedDictionary<string, OrganizationPolicy> Policies { get; } =
        new(StringComparer.Ordinal) { [OrganizationPolicy.FullAccess.Id] = OrganizationPolicy.FullAccess };

    /// <summary>Whether the type is enabled in the root: without that, none is attached to anything.</summary>
    public bool IsEnabled { get; set; }

    public OrganizationPolicy Require(string id) => Policies.GetValueOrDefault(id)
        ?? throw new Kernel.AwsException("PolicyNotFoundException", $"We can't find a policy with the PolicyId that you specified: {id}.");

    /// <summary>The ids of what is attached to an entity itself, in ordinal order.</summary>
    public IReadOnlyCollection<string> Of(string target) =>
        !IsEnabled ? [] : byTarget.TryGetValue(target, out var ids) ? ids : [OrganizationPolicy.FullAccess.Id];

    /// <summary>Whether an entity has something else than what it began with.</summary>
    public bool IsChanged(string target) => byTarget.ContainsKey(target);

    /// <summary>The entities that a policy is attached to, in ordinal order.</summary>
    public IEnumerable<string> TargetsOf(string policyId) =>
        policyId == OrganizationPolicy.FullAccess.Id
            ? Entities().Where(target => Of(target).Contains(policyId)).Order(StringComparer.Ordinal)
            : byTarget.Where(entry => IsEnabled && entry.Value.Contains(policyId)).Select(entry => entry.Key).Order(StringComparer.Ordinal);

    public void Attach(string policyId, string target)
    {
        Require(policyId);
        RequireTarget(target);
        if (!IsEnabled) throw OrganizationErrors.PolicyTypeNotEnabled();
        var attached = Of(target);
        if (attached.Contains(policyId))
            throw new Kernel.AwsException("DuplicatePolicyAttachmentException", $"The policy {policyId} is already attached to {target}.");
        if (attached.Count >= perTarget)
            throw OrganizationErrors.Constraint(
                "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
                $"You have attempted to exceed the number of policies of type {OrganizationPolicy.Type} that can be attached to {target}: {perTarget}.");
        byTarget[target] = new SortedSet<string>(attached, StringComparer.Ordinal) { policyId };
    }

    public void Detach(string policyId, string target)
    {
        Require(policyId);
        RequireTarget(target);
        var attached = Of(target);
        if (!attached.Contains(policyId))
            throw new Kernel.AwsException("PolicyNotAttachedException", $"The policy {policyId} isn't attached to {target}.");
        if (attached.Count == 1)
            throw OrganizationErrors.Constraint(
                "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", $"Every root, OU and account must have at least one policy of type {OrganizationPolicy.Type}.");
        byTarget[target] = new SortedSet<string>(attached.Where(id => id != policyId), StringComparer.Ordinal);
        if (byTarget[target].SetEquals([OrganizationPolicy.FullAccess.Id])) byTarget.Remove(target);
    }

    /// <summary>An account that leaves takes nothing along, and finds nothing when it comes back.</summary>
    public void Forget(string target) => byTarget.Remove(target);

    private IEnumerable<string> Entities() => [tree.RootId, .. tree.Units.Keys, .. tree.Accounts.Keys];

    private void RequireTarget(string target)
    {
        if (!tree.IsParent(target) && !tree.Accounts.ContainsKey(target))
            throw OrganizationErrors.NoTarget(target);
    }
}
