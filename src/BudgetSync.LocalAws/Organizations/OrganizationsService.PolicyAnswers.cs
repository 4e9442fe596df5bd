using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Organizations;

/// <content>How policies and what they are attached to are answered.</content>
public sealed partial class OrganizationsService
{
    private string PolicyArn(string id) => id == OrganizationPolicy.FullAccess.Id
        ? $"arn:aws:organizations::aws:policy/service_control_policy/{id}"
        : Arn($"policy/{cloud.Options.OrganizationId}/service_control_policy/{id}");

    private JsonObject Write(OrganizationPolicy policy) => new() { ["PolicySummary"] = Summary(policy), ["Content"] = policy.Content };

    private JsonObject Summary(OrganizationPolicy policy) => new()
    {
        ["Id"] = policy.Id,
        ["Arn"] = PolicyArn(policy.Id),
        ["Name"] = policy.Name,
        ["Description"] = policy.Description,
        ["Type"] = OrganizationPolicy.Type,
        ["AwsManaged"] = policy.IsAwsManaged,
    };

    private JsonObject WriteTarget(string id)
    {
        var (name, type) = id == RootId ? ("Root", "ROOT")
            : tree.Units.TryGetValue(id, out var unit) ? (unit.Name, "ORGANIZATIONAL_UNIT")
            : (tree.RequireAccount(id).Name, "ACCOUNT");
        return new JsonObject { ["TargetId"] = id, ["Arn"] = ArnOf(id), ["Name"] = name, ["Type"] = type };
    }

    private JsonObject WriteRoot() => new() { ["Id"] = RootId, ["Arn"] = RootArn, ["Name"] = "Root", ["PolicyTypes"] = PolicyTypes() };

    private JsonArray PolicyTypes() => policies.IsEnabled ? [new JsonObject { ["Type"] = OrganizationPolicy.Type, ["Status"] = "ENABLED" }] : [];
}
