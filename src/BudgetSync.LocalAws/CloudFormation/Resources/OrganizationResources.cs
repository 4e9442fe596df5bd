using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::Organizations::Policy.</summary>
internal static class OrganizationResources
{
    public static readonly ResourceType Policy = new("AWS::Organizations::Policy")
    {
        // TargetIds is not known on purpose: what is attached to what is decided while the system runs, and a template that said so would undo it.
        Properties = new HashSet<string> { "Name", "Type", "Description", "Content" },
        Inert = new Dictionary<string, string> { ["Tags"] = "No condition of ours reads a policy's tags." },
        PutAsync = async request =>
        {
            // The template may give the content as an object or as text (template reference, AWS::Organizations::Policy, Content: Json).
            var content = request.Properties["Content"] is JsonObject document ? document.ToJsonString() : request.Required("Content");
            var input = new JsonObject
            {
                ["Name"] = request.Required("Name"),
                ["Description"] = request.Text("Description") ?? "",
                ["Content"] = content,
            };
            if (request.PhysicalId is { } id) input["PolicyId"] = id;
            else input["Type"] = request.Required("Type");
            var operation = request.PhysicalId is null ? "CreatePolicy" : "UpdatePolicy";
            var summary = (await request.CallAsync(request.Cloud.Organizations, operation, input))["Policy"]!["PolicySummary"]!;
            return new MadeResource(summary["Id"]!.ToString(), ("Id", summary["Id"]!.ToString()), ("Arn", summary["Arn"]!.ToString()));
        },
        DeleteAsync = request =>
            request.CallAsync(request.Cloud.Organizations, "DeletePolicy", new JsonObject { ["PolicyId"] = request.PhysicalId }),
    };
}
