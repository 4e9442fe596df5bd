using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>What making one resource takes.</summary>
/// <param name="Properties">Evaluated.</param>
/// <param name="PhysicalId">The id it has already, on update and delete; null on create.</param>
internal sealed record ResourceRequest(LocalCloud Cloud, StackScope Scope, string LogicalId, JsonObject Properties, string? PhysicalId)
{
    /// <summary>On update, what the properties were; null otherwise.</summary>
    public JsonObject? Before { get; init; }

    /// <summary>The type's name as the template spells it, for types that a template names itself (<c>Custom::…</c>).</summary>
    public required string TypeName { get; init; }

    public string AccountId => Scope.AccountId;

    public string Region => Scope.Region;

    /// <summary>The name CloudFormation would make up where the template gives none: stack, logical id and a suffix, the same in every run.</summary>
    public string GeneratedName => $"{Scope.StackName}-{LogicalId}";

    public string? Text(string property) => Properties[property]?.ToString();

    public int? Number(string property) => Text(property) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Calls another service as CloudFormation does, with the rights of whoever deploys.</summary>
    public Task<JsonObject> CallAsync(AwsService service, string operation, JsonObject input) => Cloud.Gateway.InvokeAsync(
        service,
        new AwsCall(service.SigningName, operation, Scope.Deployer, Region, input) { RequestId = Cloud.Gateway.NewRequestId() },
        CancellationToken.None);

    public string Required(string property) => Text(property) ?? throw new StackException($"{LogicalId}: the property {property} is required.");
}

/// <summary>A resource as it was made: what Ref answers, and what GetAtt answers by name.</summary>
internal sealed record MadeResource(string PhysicalId, IReadOnlyDictionary<string, string> Attributes)
{
    public MadeResource(string physicalId, params (string Name, string Value)[] attributes)
        : this(physicalId, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal))
    {
    }
}

/// <summary>One CloudFormation resource type: the properties it understands, those it accepts without effect and why, and how it is made and removed.</summary>
internal sealed record ResourceType(string Name)
{
    /// <summary>Properties that have their effect here; null for a type that is inert as a whole and takes any.</summary>
    public required IReadOnlySet<string>? Properties { get; init; }

    /// <summary>Properties accepted without effect, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Inert { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes the resource, or brings an existing one (PhysicalId set) to the given properties.</summary>
    public required Func<ResourceRequest, Task<MadeResource>> PutAsync { get; init; }

    public required Func<ResourceRequest, Task> DeleteAsync { get; init; }

    /// <exception cref="StackException">A property this cloud does not know.</exception>
    public void Check(string logicalId, JsonObject properties)
    {
        if (Properties is null) return;
        var unknown = properties.Select(property => property.Key).Where(name => !Properties.Contains(name) && !Inert.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
            throw new StackException(
                $"{logicalId} ({Name}): LocalAws does not know the properties {string.Join(
                    ", ",
                    unknown)}; teach them to it or list them as inert with a reason.");
    }

    /// <summary>A type that is accepted whole and has no effect, with the reason.</summary>
    public static ResourceType InertWhole(string name, string reason) => new(name)
    {
        Properties = null,
        Inert = new Dictionary<string, string> { ["*"] = reason },
        PutAsync = request => Task.FromResult(new MadeResource(request.PhysicalId ?? request.GeneratedName, InertAttributes(request))),
        DeleteAsync = _ => Task.CompletedTask,
    };

    private static (string Name, string Value)[] InertAttributes(ResourceRequest request) =>
        [("Arn", $"arn:aws:inert:{request.Region}:{request.AccountId}:{request.GeneratedName}")];
}
