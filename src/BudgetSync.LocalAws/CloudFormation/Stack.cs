using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>A deployed stack.</summary>
public sealed class Stack
{
    internal Stack(string name, string id, string accountId, string region)
    {
        Name = name;
        Id = id;
        AccountId = accountId;
        Region = region;
    }

    public string Name { get; }

    public string Id { get; }

    public string AccountId { get; }

    public string Region { get; }

    /// <summary>The Outputs section, evaluated.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; internal set; } = new Dictionary<string, string>();

    /// <summary>Export name to value.</summary>
    internal Dictionary<string, string> Exports { get; set; } = [];

    /// <summary>In the order they were made; removed in the opposite one.</summary>
    internal List<StackResource> Resources { get; set; } = [];
}

/// <summary>A resource of a deployed stack.</summary>
internal sealed record StackResource(string LogicalId, string TypeName, ResourceType Type, JsonObject Properties, MadeResource Made, DeletionPolicy Policy);

/// <summary>What becomes of a resource that its stack lets go (CloudFormation user guide, "DeletionPolicy attribute").</summary>
internal enum DeletionPolicy
{
    Delete,

    /// <summary>It stays, also where the operation that made it is rolled back.</summary>
    Retain,

    /// <summary>It stays, except where the operation that made it is rolled back.</summary>
    RetainExceptOnCreate,
}
