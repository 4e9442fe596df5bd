using BudgetSync.LocalAws.CloudFormation.Resources;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>Every resource type this cloud can deploy. What is inert is so for a reason, written beside it.</summary>
internal static class ResourceTypes
{
    private static readonly Dictionary<string, ResourceType> ByName = new ResourceType[]
    {
        DynamoDbResources.Table,
        IamResources.Policy,
        IamResources.Role,
        ResourceType.InertWhole("AWS::CloudWatch::Alarm", "Nothing here evaluates metrics; the alarms are asserted on the template."),
        ResourceType.InertWhole("AWS::CloudWatch::Dashboard", "A picture for people."),
        ResourceType.InertWhole("AWS::Logs::LogGroup", "Log lines stay with the function: LocalCloud.Lambda.Logs."),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static ResourceType? Find(string name) => ByName.GetValueOrDefault(name);
}
