using System.Text.Json;

namespace BudgetSync.Spoke;

/// <summary>A request of CloudFormation. Source: CloudFormation user guide, "Custom resource request objects".</summary>
/// <param name="Type"><c>Create</c>, <c>Update</c> or <c>Delete</c>.</param>
/// <param name="ResponseUrl">Presigned: whoever holds it may answer, so it is never logged.</param>
/// <param name="PhysicalResourceId">Null on Create.</param>
/// <param name="ResourceType">As the template says, for example <c>Custom::BudgetSyncFirstApply</c>; null where the request does not say.</param>
/// <param name="LookEvery">The property of that name: hours; null where the template is older than looks.</param>
internal sealed record CustomResourceRequest(
    string Type,
    Uri ResponseUrl,
    string StackId,
    string RequestId,
    string LogicalResourceId,
    string? PhysicalResourceId,
    string? ResourceType,
    string? LookEvery)
{
    /// <summary>The resource whose deletion takes our budgets along; every other resource of ours only applies, and leaves nothing to delete.</summary>
    private const string RemovalType = "Custom::BudgetSyncRemoval";

    public bool IsRemoval => ResourceType == RemovalType;

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
                Property(root, "LookEvery"))
            : null;

    private static string? Property(JsonElement root, string name) =>
        root.TryGetProperty("ResourceProperties", out var properties) && properties.ValueKind == JsonValueKind.Object ? Text(properties, name) : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
