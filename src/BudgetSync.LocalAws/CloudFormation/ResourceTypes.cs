namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>Every resource type this cloud can deploy. What is inert is so for a reason, written beside it.</summary>
internal static class ResourceTypes
{
    private static readonly Dictionary<string, ResourceType> ByName = new ResourceType[]
    {
        ResourceType.InertWhole("AWS::CloudWatch::Alarm", "Nothing here evaluates metrics; the alarm's wiring is asserted on the template."),
        ResourceType.InertWhole("AWS::CloudWatch::Dashboard", "A picture for people."),
        ResourceType.InertWhole("AWS::CDK::Metadata", "Analytics of CDK."),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static ResourceType? Find(string name) => ByName.GetValueOrDefault(name);
}
