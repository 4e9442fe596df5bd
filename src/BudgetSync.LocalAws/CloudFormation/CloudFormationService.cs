using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>
/// Deploys synthesized templates: what a stack asks for is made through the other services of this cloud, in the order its parts need each other.
/// A type, property or function it does not know is an error. A deployment that fails is undone.
/// </summary>
public sealed class CloudFormationService
{
    private readonly LocalCloud cloud;
    private readonly Lock gate = new();
    private readonly Dictionary<(string AccountId, string Region, string Name), Stack> stacks = [];

    internal CloudFormationService(LocalCloud cloud)
    {
        this.cloud = cloud;
        CustomResources = new CustomResourceCalls(cloud);
        StackSets = new StackSets(cloud, this);
    }

    /// <summary>
    /// Template texts by the URL or key that a StackSet's TemplateURL ends in, as an upload to the artifacts bucket would have put them there.
    /// </summary>
    public Dictionary<string, string> UploadedTemplates { get; } = new(StringComparer.Ordinal);

    internal CustomResourceCalls CustomResources { get; }

    internal StackSets StackSets { get; }

    /// <summary>
    /// Accounts in which a stack set's automatic deployment failed, with the reason. It is tried again when the account moves
    /// (<see cref="Organizations.OrganizationsService.Move"/>), also to where it stands.
    /// </summary>
    public IReadOnlyDictionary<string, string> FailedStackInstances => StackSets.Failed;

    /// <summary>A deployed stack, or null.</summary>
    public Stack? Find(string accountId, string region, string name)
    {
        lock (gate) return stacks.GetValueOrDefault((accountId, region, name));
    }

    /// <summary>Creates the stack, or updates the one of that name.</summary>
    /// <exception cref="StackException">Something in it cannot be made; what was made by this call is removed again.</exception>
    public Task<Stack> DeployAsync(string accountId, string stackName, string template, IReadOnlyDictionary<string, string> parameters) =>
        DeployAsync(accountId, cloud.Options.Region, stackName, Template.Parse(template), parameters);

    /// <inheritdoc cref="DeployAsync(string, string, string, IReadOnlyDictionary{string, string})"/>
    public Task<Stack> DeployAsync(string accountId, string region, string stackName, Template template, IReadOnlyDictionary<string, string> parameters) =>
        DeployAsync(region, stackName, template, parameters, Kernel.Caller.Root(accountId));

    /// <summary>Removes a stack with the rights of an account's administrator.</summary>
    /// <inheritdoc cref="DeleteAsync(string, string, Kernel.Caller)"/>
    public Task DeleteAsync(string accountId, string stackName, string? region = null) =>
        DeleteAsync(stackName, region ?? cloud.Options.Region, Kernel.Caller.Root(accountId));

    /// <inheritdoc cref="DeployAsync(string, string, string, IReadOnlyDictionary{string, string})"/>
    /// <param name="deployer">With whose rights, and in whose account.</param>
    internal Task<Stack> DeployAsync(
        string region, string stackName, Template template, IReadOnlyDictionary<string, string> parameters, Kernel.Caller deployer) =>
        Kernel.ContextFree.RunAsync(() => MakeAsync(region, stackName, template, parameters, deployer));

    /// <summary>Deletes a stack and what it made, last made first; what the template retains stays.</summary>
    /// <exception cref="StackException">There is no such stack, or a part of it (a custom resource, for one) refuses to go.</exception>
    internal Task DeleteAsync(string stackName, string region, Kernel.Caller deployer) =>
        Kernel.ContextFree.RunAsync(() => RemoveAsync(stackName, region, deployer));

    private async Task<Stack> MakeAsync(
        string region, string stackName, Template template, IReadOnlyDictionary<string, string> parameters, Kernel.Caller deployer)
    {
        var accountId = deployer.AccountId;
        var before = Find(accountId, region, stackName);
        var stack = new Stack(
            stackName,
            before?.Id ?? $"arn:aws:cloudformation:{region}:{accountId}:stack/{stackName}/{cloud.Gateway.NewRequestId()}",
            accountId,
            region);
        var scope = new StackScope(template, stackName, stack.Id, accountId, region, name => Import(accountId, region, name))
        {
            Deployer = deployer,
        };
        scope.SetParameters(parameters);
        scope.CheckRules();
        try
        {
            foreach (var (logicalId, declared) in InOrder(template, scope)) await PutAsync(stack, before, scope, logicalId, declared);
        }
        catch (Exception exception) when (exception is StackException or Kernel.AwsException)
        {
            throw new StackException($"{stackName} in {accountId}: {exception.Message}{await UndoAsync(stack, before, scope)}");
        }

        foreach (var gone in (before?.Resources ?? []).Where(old => stack.Resources.All(now => now.LogicalId != old.LogicalId)).Reverse())
            await DeleteAsync(gone, scope);
        foreach (var (name, node) in template.Outputs)
        {
            var output = (JsonObject)node!;
            if (output["Condition"] is { } condition && !scope.Condition(condition.ToString())) continue;
            var value = scope.Evaluate(output["Value"])?.ToString() ?? "";
            stack.Outputs = new Dictionary<string, string>(stack.Outputs) { [name] = value };
            if (output["Export"]?["Name"] is { } export) stack.Exports[scope.Evaluate(export)!.ToString()] = value;
        }

        lock (gate) stacks[(accountId, region, stackName)] = stack;
        return stack;
    }

    private async Task RemoveAsync(string stackName, string region, Kernel.Caller deployer)
    {
        var accountId = deployer.AccountId;
        var stack = Find(accountId, region, stackName) ?? throw new StackException($"There is no stack {stackName} in {accountId}.");
        var scope = new StackScope(Template.Parse("""{"Resources":{"None":{}}}"""), stackName, stack.Id, accountId, stack.Region, _ => null)
        {
            Deployer = deployer,
        };
        foreach (var resource in Enumerable.Reverse(stack.Resources).ToList())
        {
            await DeleteAsync(resource, scope);
            stack.Resources.Remove(resource);
        }

        lock (gate) stacks.Remove((accountId, stack.Region, stackName));
    }

    private async Task PutAsync(Stack stack, Stack? before, StackScope scope, string logicalId, JsonObject declared)
    {
        var typeName = declared["Type"]?.ToString() ?? "";
        var type = ResourceTypes.Find(typeName)
            ?? throw new StackException($"{logicalId}: LocalAws does not know the resource type {typeName}; teach it or list it as inert with a reason.");
        var policy = PolicyOf(logicalId, declared);
        var properties = scope.Evaluate(declared["Properties"]) as JsonObject ?? [];
        type.Check(logicalId, properties);
        var old = before?.Resources.Find(resource => resource.LogicalId == logicalId && resource.TypeName == typeName);
        var made = old is not null && JsonNode.DeepEquals(old.Properties, properties)
            ? old.Made
            : await type.PutAsync(
                new ResourceRequest(
                    cloud,
                    scope,
                    logicalId,
                    await DynamicReferences.ResolvedAsync(cloud, scope, logicalId, properties),
                    old?.Made.PhysicalId)
                { TypeName = typeName, Before = old?.Properties });
        scope.Add(logicalId, made.PhysicalId, made.Attributes);
        stack.Resources.Add(new StackResource(logicalId, typeName, type, properties, made, policy));
    }

    private static DeletionPolicy PolicyOf(string logicalId, JsonObject declared)
    {
        var name = declared["DeletionPolicy"]?.ToString() ?? nameof(DeletionPolicy.Delete);
        return Enum.GetNames<DeletionPolicy>().Contains(name, StringComparer.Ordinal)
            ? Enum.Parse<DeletionPolicy>(name)
            : throw new StackException($"{logicalId}: LocalAws does not know the DeletionPolicy {name}.");
    }

    /// <summary>
    /// Removes what a failed deployment made, except what is to be retained even then. An update that failed keeps what stood before it.
    /// </summary>
    /// <returns>What could not be removed, to be said beside the failure itself; usually nothing.</returns>
    private async Task<string> UndoAsync(Stack stack, Stack? before, StackScope scope)
    {
        var left = new List<string>();
        var made = stack.Resources.Where(resource => before?.Resources.Exists(old => old.LogicalId == resource.LogicalId) != true);
        foreach (var resource in made.Where(resource => resource.Policy != DeletionPolicy.Retain).Reverse())
        {
            try
            {
                await DeleteAsync(resource with { Policy = DeletionPolicy.Delete }, scope);
            }
            catch (Exception exception) when (exception is StackException or Kernel.AwsException)
            {
                left.Add($" {resource.LogicalId} could not be removed again: {exception.Message}");
            }
        }

        return string.Concat(left);
    }

    private async Task DeleteAsync(StackResource resource, StackScope scope)
    {
        if (resource.Policy != DeletionPolicy.Delete) return;
        var request = new ResourceRequest(cloud, scope, resource.LogicalId, resource.Properties, resource.Made.PhysicalId) { TypeName = resource.TypeName };
        try
        {
            await resource.Type.DeleteAsync(request);
        }
        catch (Kernel.AwsException refused)
        {
            throw new StackException($"{resource.LogicalId}: {refused.Message}");
        }
    }

    /// <summary>The resources whose condition holds, each after those it refers to or depends on; ties in the template's order.</summary>
    private static List<(string LogicalId, JsonObject Declared)> InOrder(Template template, StackScope scope)
    {
        var wanted = template.Resources
            .Where(resource => resource.Value!["Condition"] is not { } condition || scope.Condition(condition.ToString()))
            .ToDictionary(resource => resource.Key, resource => (JsonObject)resource.Value!, StringComparer.Ordinal);
        var ordered = new List<(string, JsonObject)>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var logicalId in wanted.Keys) Visit(logicalId);
        return ordered;

        void Visit(string logicalId)
        {
            if (!wanted.TryGetValue(logicalId, out var declared)) return;
            if (state.TryGetValue(logicalId, out var done))
            {
                if (!done) throw new StackException($"{logicalId}: the template has a circular dependency through it.");
                return;
            }

            state[logicalId] = false;
            foreach (var needed in StackScope.References(declared["Properties"]).Concat(DependsOn(declared))) Visit(needed);
            state[logicalId] = true;
            ordered.Add((logicalId, declared));
        }
    }

    private static IEnumerable<string> DependsOn(JsonObject declared) => declared["DependsOn"] switch
    {
        JsonArray several => several.Select(name => name!.ToString()),
        JsonValue one => [one.ToString()],
        _ => [],
    };

    private JsonValue? Import(string accountId, string region, string name)
    {
        lock (gate)
        {
            var value = stacks.Values.Where(stack => stack.AccountId == accountId && stack.Region == region)
                .Select(stack => stack.Exports.GetValueOrDefault(name))
                .FirstOrDefault(found => found is not null);
            return value is null ? null : JsonValue.Create(value);
        }
    }
}
