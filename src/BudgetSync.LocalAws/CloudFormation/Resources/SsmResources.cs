using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::SSM::Parameter. Source: CloudFormation template reference, "AWS::SSM::Parameter".</summary>
internal static class SsmResources
{
    private static readonly string[] Put = ["Name", "Type", "Value", "Description", "Tier", "AllowedPattern", "DataType"];

    public static readonly ResourceType Parameter = new("AWS::SSM::Parameter")
    {
        Properties = new HashSet<string>(Put),
        PutAsync = PutAsync,
        DeleteAsync = request => request.CallAsync(request.Cloud.Ssm, "DeleteParameter", new JsonObject { ["Name"] = request.PhysicalId }),
    };

    private static async Task<MadeResource> PutAsync(ResourceRequest request)
    {
        // CloudFormation makes String and StringList; it cannot make a SecureString.
        if (request.Required("Type") is not ("String" or "StringList") and var type)
            throw new StackException($"{request.LogicalId}: Type {type} is not String or StringList.");
        var name = request.Text("Name") ?? request.GeneratedName;
        if (request.PhysicalId is { } before && before != name)
            throw new StackException($"{request.LogicalId}: renaming a parameter is not something LocalAws does; delete the stack first.");
        // Made anew it must not be there yet; a parameter that another owner made is not taken over.
        var input = new JsonObject { ["Name"] = name, ["Overwrite"] = request.PhysicalId is not null };
        foreach (var property in Put.Skip(1).Where(request.Properties.ContainsKey)) input[property] = request.Properties[property]!.DeepClone();
        await request.CallAsync(request.Cloud.Ssm, "PutParameter", input);
        return new MadeResource(name, ("Type", request.Required("Type")), ("Value", request.Required("Value")));
    }
}
