using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <content>Service control policies: made, attached, and asked by IAM about the calls of every member account's principals.</content>
public sealed partial class OrganizationsService
{
    private readonly Dictionary<string, RateBucket> throttles = new(StringComparer.Ordinal);
    private int nextPolicy;

    /// <summary>Enables service control policies in the root, as EnablePolicyType does.</summary>
    public void EnableServiceControlPolicies()
    {
        lock (tree.Gate) policies.IsEnabled = true;
    }

    /// <summary>
    /// The policies over an account, a set for the account and for each unit above it up to the root: each set must allow a call, and none may deny it
    /// (UG "SCP evaluation"). Empty where nothing but FullAWSAccess is attached, and for the management account, which SCPs don't affect.
    /// </summary>
    internal ImmutableArray<ImmutableArray<PolicyDocument>> PoliciesOver(string accountId)
    {
        lock (tree.Gate)
        {
            if (!policies.IsEnabled || accountId == ManagementAccountId || !tree.Accounts.TryGetValue(accountId, out var account)) return [];
            return
            [
                .. new[] { accountId, RootId }.Concat(tree.UnitsAbove(account.ParentId))
                    .Where(policies.IsChanged)
                    .Select(entity => policies.Of(entity).Select(id => policies.Require(id).Document).ToImmutableArray()),
            ];
        }
    }

    private void DeclarePolicies()
    {
        DeclarePolicy("CreatePolicy", PolicyShapes.Create, _ => ["*"], CreatePolicy);
        DeclarePolicy("UpdatePolicy", PolicyShapes.Update, OfPolicy, UpdatePolicy, AwsLimits.Organizations.UpdatesPerSecond);
        DeclarePolicy("DeletePolicy", PolicyShapes.OnePolicy, OfPolicy, DeletePolicy);
        DeclarePolicy("DescribePolicy", PolicyShapes.OnePolicy, OfPolicy, call => new JsonObject { ["Policy"] = Write(PolicyOf(call)) });
        DeclareAttachment("AttachPolicy", (policy, target) => policies.Attach(policy, target));
        DeclareAttachment("DetachPolicy", (policy, target) => policies.Detach(policy, target));
        DeclarePolicy(
            "ListTargetsForPolicy", PolicyShapes.OfPolicy, OfPolicy, ListTargets, AwsLimits.Organizations.PolicyReadsPerSecond);
        DeclarePolicy(
            "ListPoliciesForTarget",
            PolicyShapes.OfTarget,
            call => [ArnOf(call.Input.RequiredText("TargetId"))],
            ListPoliciesOfTarget,
            AwsLimits.Organizations.PolicyReadsPerSecond);
        DeclarePolicy("ListPolicies", PolicyShapes.Listing, _ => ["*"], ListPolicies);
        Declare(
            "EnablePolicyType",
            PolicyShapes.Enabling,
            call => ArnOf(call.Input.RequiredText("RootId")),
            EnablePolicyType,
            AuthorizeDelegated("EnablePolicyType"));
    }

    private void DeclareAttachment(string name, Action<string, string> change) => DeclarePolicy(
        name,
        PolicyShapes.Attachment,
        call => [.. OfPolicy(call), ArnOf(call.Input.RequiredText("TargetId"))],
        call =>
        {
            change(call.Input.RequiredText("PolicyId"), call.Input.RequiredText("TargetId"));
            return [];
        },
        AwsLimits.Organizations.AttachmentsPerSecond,
        AwsLimits.Organizations.AttachmentBurst);

    /// <summary>An operation about policies: throttled where AWS names a rate, and with organizations:PolicyType in its conditions.</summary>
    private void DeclarePolicy(
        string name,
        Shape shape,
        Func<AwsCall, IEnumerable<string>> resources,
        Func<AwsCall, JsonObject> run,
        int? perSecond = null,
        int? burst = null)
    {
        if (perSecond is { } rate) throttles.Add(name, new RateBucket(rate, burst ?? rate, cloud.Time));
        var context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("organizations:PolicyType", [OrganizationPolicy.Type]);
        Declare(
            name,
            shape,
            call => resources(call).Select(resource => new IamRequest($"organizations:{name}", resource) { Context = context }),
            call =>
            {
                if (throttles.TryGetValue(name, out var throttle) && !throttle.TryTake()) throw OrganizationErrors.Throttled(name);
                RequireKnownType(call);
                return run(call);
            },
            AuthorizeDelegated(name));
    }

    private IEnumerable<string> OfPolicy(AwsCall call) => [PolicyArn(call.Input.RequiredText("PolicyId"))];

    private OrganizationPolicy PolicyOf(AwsCall call) => policies.Require(call.Input.RequiredText("PolicyId"));

    private JsonObject CreatePolicy(AwsCall call)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"p-{++nextPolicy:x8}");
        return Put(new OrganizationPolicy(
            id, call.Input.RequiredText("Name"), call.Input.RequiredText("Description"), OrganizationPolicyRules.Content(call.Input.RequiredText("Content"))));
    }

    private JsonObject UpdatePolicy(AwsCall call)
    {
        var before = Changeable(call);
        var content = call.Input.Text("Content") is { } text ? OrganizationPolicyRules.Content(text) : before.Content;
        return Put(new OrganizationPolicy(
            before.Id, call.Input.Text("Name") ?? before.Name, call.Input.Text("Description") ?? before.Description, content));
    }

    private JsonObject Put(OrganizationPolicy policy)
    {
        if (policies.Policies.Values.Any(other => other.Name == policy.Name && other.Id != policy.Id))
            throw new AwsException("DuplicatePolicyException", $"A policy with the name {policy.Name} already exists.");
        policies.Policies[policy.Id] = policy;
        return new JsonObject { ["Policy"] = Write(policy) };
    }

    private JsonObject DeletePolicy(AwsCall call)
    {
        var policy = Changeable(call);
        if (policies.TargetsOf(policy.Id).Any())
            throw new AwsException(
                "PolicyInUseException", $"The policy {policy.Id} is attached to one or more entities; detach it from all roots, OUs and accounts first.");
        policies.Policies.Remove(policy.Id);
        return [];
    }

    private OrganizationPolicy Changeable(AwsCall call)
    {
        var policy = PolicyOf(call);
        if (!policy.IsAwsManaged) return policy;
        throw new AwsException("InvalidInputException", $"The policy {policy.Id} is AWS's own and can't be changed.")
        {
            Members = new JsonObject { ["Reason"] = "IMMUTABLE_POLICY" },
        };
    }

    private JsonObject ListTargets(AwsCall call)
    {
        var policy = PolicyOf(call);
        return Page(call, policy.Id).Answer(call.Input, "Targets", policies.TargetsOf(policy.Id), id => id, WriteTarget);
    }

    private JsonObject ListPoliciesOfTarget(AwsCall call)
    {
        var target = call.Input.RequiredText("TargetId");
        if (!tree.IsParent(target) && !tree.Accounts.ContainsKey(target)) throw OrganizationErrors.NoTarget(target);
        return Page(call, target).Answer(call.Input, "Policies", policies.Of(target), id => id, id => Summary(policies.Require(id)));
    }

    private JsonObject ListPolicies(AwsCall call) =>
        Page(call, "").Answer(call.Input, "Policies", policies.Policies.Values, policy => policy.Id, Summary);

    private JsonObject EnablePolicyType(AwsCall call)
    {
        RequireKnownType(call);
        var root = call.Input.RequiredText("RootId");
        if (root != RootId) throw new AwsException("RootNotFoundException", $"We can't find a root with the RootId that you specified: {root}.");
        if (policies.IsEnabled)
            throw new AwsException("PolicyTypeAlreadyEnabledException", $"The policy type {OrganizationPolicy.Type} is already enabled in {root}.");
        policies.IsEnabled = true;
        return new JsonObject { ["Root"] = WriteRoot() };
    }

    /// <summary>Only service control policies are here; what else AWS offers is answered as an organization answers that does not have it.</summary>
    private static void RequireKnownType(AwsCall call)
    {
        foreach (var member in new[] { "Type", "Filter", "PolicyType" })
        {
            if (call.Input.Text(member) is { } type && type != OrganizationPolicy.Type)
                throw new AwsException(
                    "PolicyTypeNotAvailableForOrganizationException", $"LocalAws knows no policies of type {type}, only {OrganizationPolicy.Type}.");
        }
    }
}
