namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::CloudFormation::StackSet and custom resources.</summary>
internal static class FormationResources
{
    public static readonly ResourceType StackSet = new("AWS::CloudFormation::StackSet")
    {
        Properties = new HashSet<string>
        {
            "StackSetName",
            "PermissionModel",
            "AutoDeployment",
            "OperationPreferences",
            "Parameters",
            "StackInstancesGroup",
            "TemplateURL"
        },
        Inert = new Dictionary<string, string>
        {
            ["Capabilities"] = "Every template here may make named roles.",
            ["CallAs"] = "Whoever deploys here may act on the organization.",
            ["ManagedExecution"] = "Operations on a set never meet here.",
            ["Description"] = "For people.",
        },
        PutAsync = async request =>
        {
            var set = CloudFormation.StackSet.Read(request, request.Cloud.CloudFormation.UploadedTemplates);
            await request.Cloud.CloudFormation.StackSets.PutAsync(set);
            return new MadeResource(set.Name, ("StackSetId", set.Name));
        },
        DeleteAsync = request => request.Cloud.CloudFormation.StackSets.DeleteAsync(request.PhysicalId!),
    };

    /// <summary>Any <c>Custom::Name</c>: its properties are its function's business.</summary>
    public static readonly ResourceType Custom = new("Custom")
    {
        Properties = null,
        PutAsync = request => request.Cloud.CloudFormation.CustomResources.SendAsync(request, request.PhysicalId is null ? "Create" : "Update"),
        DeleteAsync = request => request.Cloud.CloudFormation.CustomResources.SendAsync(request, "Delete"),
    };
}
