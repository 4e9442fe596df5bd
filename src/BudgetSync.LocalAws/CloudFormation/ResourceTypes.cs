using BudgetSync.LocalAws.CloudFormation.Resources;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>Every resource type this cloud can deploy. What is inert is so for a reason, written beside it.</summary>
internal static class ResourceTypes
{
    private static readonly Dictionary<string, ResourceType> ByName = new ResourceType[]
    {
        AnomalyResources.Monitor,
        AnomalyResources.Subscription,
        ApiDestinationResources.Connection,
        ApiDestinationResources.Destination,
        BucketResources.Bucket,
        BucketResources.BucketPolicy,
        DynamoDbResources.Table,
        EventResources.Bus,
        EventResources.BusPolicy,
        EventResources.Rule,
        FormationResources.StackSet,
        IamResources.Policy,
        ManagedPolicyResources.ManagedPolicy,
        IamResources.Role,
        LambdaResources.EventInvokeConfig,
        LambdaResources.Function,
        LambdaResources.Permission,
        LogResources.Group,
        LogResources.Filter,
        OrganizationResources.Policy,
        QueueResources.Queue,
        QueueResources.QueuePolicy,
        SsmResources.Parameter,
        StreamResources.EventSourceMapping,
        TopicResources.Subscription,
        TopicResources.Topic,
        TopicResources.TopicPolicy,
        ResourceType.InertWhole("AWS::CloudWatch::Alarm", "Nothing here evaluates metrics; the alarms are asserted on the template."),
        ResourceType.InertWhole("AWS::CloudWatch::Dashboard", "A picture for people."),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>All of them but custom resources, which take any property.</summary>
    public static IReadOnlyCollection<ResourceType> All => ByName.Values;

    public static ResourceType? Find(string name) =>
        name.StartsWith("Custom::", StringComparison.Ordinal) || name == "AWS::CloudFormation::CustomResource"
            ? FormationResources.Custom
            : ByName.GetValueOrDefault(name);
}
