using System.Collections.Immutable;
using System.Text.Json;

namespace BudgetSync.Aws.Hosting;

/// <summary>A request of CloudFormation. Source: CloudFormation user guide, "Custom resource request objects".</summary>
/// <param name="Type"><c>Create</c>, <c>Update</c> or <c>Delete</c>.</param>
/// <param name="ResponseUrl">Presigned: whoever holds it may answer, so it is never logged.</param>
/// <param name="PhysicalResourceId">Null on Create.</param>
/// <param name="ResourceType">As the template says, for example <c>Custom::BudgetSyncFirstApply</c>; null where the request does not say.</param>
/// <param name="LookEvery">The property of that name: hours; null where the template is older than looks.</param>
/// <param name="Policies">The property of that name: the policies that the stack has to restrict with.</param>
/// <param name="PoliciesBefore">On Update, what that property was.</param>
/// <param name="Regions">The property StopRegions: where the stack may stop what runs; absent where it stops nothing.</param>
/// <param name="RegionsBefore">On Update, what that property was.</param>
/// <param name="Role">The property of that name: the role of Apply, as whose it knows what it has attached and stopped; "" where the template is older.</param>
/// <param name="HubRole">The property of that name: as whose it knows what the hub asks for; "" where the template is older than the journal of denies.</param>
public sealed record CustomResourceRequest(
    string Type,
    Uri ResponseUrl,
    string StackId,
    string RequestId,
    string LogicalResourceId,
    string? PhysicalResourceId,
    string? ResourceType,
    string? LookEvery,
    ImmutableArray<string> Policies,
    ImmutableArray<string> PoliciesBefore,
    ImmutableArray<string> Regions,
    ImmutableArray<string> RegionsBefore,
    string Role,
    string HubRole)
{
    // Every other resource of ours only applies, and leaves nothing to delete.
    private const string RemovalType = "Custom::BudgetSyncRemoval";

    /// <summary>The resource whose deletion takes our budgets along.</summary>
    public bool IsRemoval => ResourceType == RemovalType;

    /// <summary>The resource that knows the policies of restrictions, and frees whom they bind before they go.</summary>
    public bool IsOfRestrictions => ResourceType == "Custom::BudgetSyncRestrictions";

    /// <summary>The policies that the stack is about to lose: neither IAM nor AWS Organizations deletes one that is attached.</summary>
    public ImmutableArray<string> LostPolicies => Type == "Delete" ? Policies : [.. PoliciesBefore.Except(Policies, StringComparer.Ordinal)];

    /// <summary>The regions that the stack is about to leave: what it stopped there would stay stopped for good.</summary>
    public ImmutableArray<string> LostRegions => Type == "Delete" ? Regions : [.. RegionsBefore.Except(Regions, StringComparer.Ordinal)];

    /// <summary>Null where the event is no such request.</summary>
    public static CustomResourceRequest? TryParse(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && Text(root, "RequestType") is { } type
        && Uri.TryCreate(Text(root, "ResponseURL"), UriKind.Absolute, out var url)
        && Text(root, "StackId") is { } stack
        && Text(root, "RequestId") is { } request
        && Text(root, "LogicalResourceId") is { } logical
            ? new CustomResourceRequest(
                type,
                url,
                stack,
                request,
                logical,
                Text(root, "PhysicalResourceId"),
                Text(root, "ResourceType"),
                Property(root, "LookEvery"),
                List(Property(root, "Policies")),
                List(Property(root, "Policies", "OldResourceProperties")),
                List(Property(root, "StopRegions")),
                List(Property(root, "StopRegions", "OldResourceProperties")),
                Property(root, "Role") ?? Property(root, "Role", "OldResourceProperties") ?? "",
                Property(root, "HubRole") ?? Property(root, "HubRole", "OldResourceProperties") ?? "")
            : null;

    private static string? Property(JsonElement root, string name, string of = "ResourceProperties") =>
        root.TryGetProperty(of, out var properties) && properties.ValueKind == JsonValueKind.Object ? Text(properties, name) : null;

    private static ImmutableArray<string> List(string? names) => [.. (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
