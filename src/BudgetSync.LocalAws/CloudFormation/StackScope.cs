using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>
/// What the intrinsic functions of one stack see: pseudo parameters, parameters, conditions, and the resources made so far.
/// A function that is not here is an error, never a guess.
/// </summary>
internal sealed partial class StackScope(
    Template template,
    string stackName,
    string stackId,
    string accountId,
    string region,
    Func<string, JsonNode?> importValue)
{
    private readonly Dictionary<string, JsonNode> parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> conditions = new(StringComparer.Ordinal);
    private readonly HashSet<string> conditionsUnderway = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string PhysicalId, IReadOnlyDictionary<string, string> Attributes)> made = new(StringComparer.Ordinal);

    public string AccountId { get; } = accountId;

    public string Region { get; } = region;

    public string StackName { get; } = stackName;

    public string StackId { get; } = stackId;

    /// <summary>With whose rights the stack's resources are made; the account's administrator's, where a person deploys.</summary>
    public Kernel.Caller Deployer { get; init; } = Kernel.Caller.Root(accountId);

    /// <summary>Takes the given parameter values, the defaults for the rest, and refuses what does not fit: all problems at once.</summary>
    public void SetParameters(IReadOnlyDictionary<string, string> given)
    {
        var problems = given.Keys.Where(name => !template.Parameters.ContainsKey(name))
            .Select(name => $"Parameter {name} does not exist in the template.")
            .ToList();
        foreach (var (name, node) in template.Parameters)
        {
            var declared = (JsonObject)node!;
            var value = given.TryGetValue(name, out var text) ? text : declared["Default"]?.ToString();
            if (value is null)
            {
                problems.Add($"Parameter {name} has no default and was not given.");
                continue;
            }

            if (declared["AllowedPattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(value, $"^(?:{pattern})$"))
                problems.Add($"Parameter {name}: \"{value}\" does not match {pattern}. {declared["ConstraintDescription"]}");
            if (declared["AllowedValues"] is JsonArray allowed && !allowed.Any(entry => entry?.ToString() == value))
                problems.Add($"Parameter {name}: \"{value}\" is none of {string.Join(", ", allowed.Select(entry => entry?.ToString()))}.");
            parameters[name] = declared["Type"]?.GetValue<string>() switch
            {
                "CommaDelimitedList" => new JsonArray([.. value.Split(',').Select(item => JsonValue.Create(item.Trim()))]),
                _ => JsonValue.Create(value),
            };
        }

        if (problems.Count > 0) throw new StackException(string.Join(" ", problems));
    }

    /// <summary>Checks the template's Rules, as CloudFormation does before it makes anything.</summary>
    public void CheckRules()
    {
        foreach (var (name, node) in template.Rules)
        {
            var rule = (JsonObject)node!;
            if (rule["RuleCondition"] is { } when && !Truth(when)) continue;
            foreach (var assertion in rule["Assertions"] as JsonArray ?? [])
            {
                if (!Truth(assertion!["Assert"])) throw new StackException($"Rule {name}: {assertion["AssertDescription"] ?? "an assertion is false"}");
            }
        }
    }

    public void Add(string logicalId, string physicalId, IReadOnlyDictionary<string, string> attributes) => made[logicalId] = (physicalId, attributes);

    public bool Condition(string name)
    {
        if (conditions.TryGetValue(name, out var known)) return known;
        if (template.Conditions[name] is not { } body) throw new StackException($"Condition {name} does not exist.");
        if (!conditionsUnderway.Add(name)) throw new StackException($"Condition {name} refers to itself.");
        return conditions[name] = Truth(body);
    }

    /// <summary>A value with every function in it carried out; null where it is AWS::NoValue. Members that are NoValue are left out.</summary>
    public JsonNode? Evaluate(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(Evaluate).Where(item => item is not null)]);
            case JsonObject { Count: 1 } call when call.First() is var (name, argument)
                && (name is "Ref" or "Condition" && argument is JsonValue || name.StartsWith("Fn::", StringComparison.Ordinal)):
                return Call(name, argument);
            case JsonObject members:
                var result = new JsonObject();
                foreach (var (name, member) in members)
                {
                    if (Evaluate(member) is { } value) result[name] = value;
                }

                return result;
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Logical ids that a value refers to, so that resources are made in the order they need each other.</summary>
    public static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(References),
        JsonObject members => members.SelectMany(member => (member.Key, member.Value) switch
        {
            ("Ref", JsonValue name) => [name.ToString()],
            ("Fn::GetAtt", JsonArray path) => [path[0]!.ToString()],
            ("Fn::GetAtt", JsonValue path) => [path.ToString().Split('.')[0]],
            ("Fn::Sub", JsonValue text) => SubNames(text.ToString()),
            ("Fn::Sub", JsonArray text) => SubNames(text[0]!.ToString()).Concat(References(text[1])),
            _ => References(member.Value),
        }),
        _ => [],
    };

    private JsonNode? Call(string name, JsonNode? argument) => name switch
    {
        "Ref" => Ref(argument!.ToString()),
        "Condition" or "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" or "Fn::Contains" =>
            JsonValue.Create(Truth(new JsonObject { [name] = argument?.DeepClone() })),
        "Fn::GetAtt" =>
            argument is JsonArray path
                ? GetAtt(path[0]!.ToString(), path[1]!.ToString())
                : GetAtt(argument!.ToString().Split('.', 2)[0], argument.ToString().Split('.', 2)[1]),
        "Fn::Sub" => argument is JsonArray pair ? Sub(pair[0]!.ToString(), (JsonObject)pair[1]!) : Sub(argument!.ToString(), []),
        "Fn::Join" => string.Join(argument![0]!.ToString(), ((JsonArray)Evaluate(argument[1])!).Select(item => item!.ToString())),
        "Fn::Split" => new JsonArray([.. Evaluate(argument![1])!.ToString().Split(argument[0]!.ToString()).Select(item => JsonValue.Create(item))]),
        "Fn::Select" => Select(Evaluate(argument![0])!.ToString(), (JsonArray)Evaluate(argument[1])!),
        "Fn::If" => Evaluate(Condition(argument![0]!.ToString()) ? argument[1] : argument[2]),
        "Fn::ImportValue" =>
            importValue(Evaluate(argument)!.ToString())?.DeepClone() ?? throw new StackException($"No export named {Evaluate(argument)} found."),
        "Fn::FindInMap" => template.Mappings[
            Evaluate(argument![0])!.ToString()]?[Evaluate(argument[1])!.ToString()]?[Evaluate(argument[2])!.ToString()]?.DeepClone()
            ?? throw new StackException($"Fn::FindInMap finds nothing for {argument.ToJsonString()}."),
        _ => throw new StackException($"LocalAws does not know the function {name}."),
    };

    private bool Truth(JsonNode? node)
    {
        if (node is not JsonObject { Count: 1 } call) throw new StackException($"A condition is one function, and not {node?.ToJsonString() ?? "null"}.");
        var (name, argument) = call.First();
        return name switch
        {
            "Condition" => Condition(argument!.ToString()),
            "Fn::Equals" => Evaluate(argument![0])?.ToString() == Evaluate(argument[1])?.ToString(),
            "Fn::And" => ((JsonArray)argument!).All(Truth),
            "Fn::Or" => ((JsonArray)argument!).Any(Truth),
            "Fn::Not" => !Truth(argument![0]),
            "Fn::Contains" => ((JsonArray)Evaluate(argument![0])!).Any(item => item!.ToString() == Evaluate(argument[1])!.ToString()),
            _ => throw new StackException($"LocalAws does not know the condition function {name}."),
        };
    }

    private JsonNode? Ref(string name) => name switch
    {
        "AWS::AccountId" => AccountId,
        "AWS::Region" => Region,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        "AWS::StackName" => StackName,
        "AWS::StackId" => StackId,
        "AWS::NoValue" => null,
        _ when parameters.TryGetValue(name, out var value) => value.DeepClone(),
        _ when made.TryGetValue(name, out var resource) => resource.PhysicalId,
        _ => throw new StackException($"Ref {name}: there is no such parameter or resource."),
    };

    private JsonNode GetAtt(string logicalId, string attribute)
    {
        if (!made.TryGetValue(logicalId, out var resource)) throw new StackException($"Fn::GetAtt {logicalId}.{attribute}: there is no such resource.");
        return resource.Attributes.TryGetValue(attribute, out var value)
            ? value
            : throw new StackException($"Fn::GetAtt {logicalId}.{attribute}: LocalAws knows only {string.Join(", ", resource.Attributes.Keys)} of it.");
    }

    private string Sub(string text, JsonObject variables) => SubPattern().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        if (name.StartsWith('!')) return $"${{{name[1..]}}}";
        if (variables[name] is { } variable) return Evaluate(variable)!.ToString();
        return name.Contains('.', StringComparison.Ordinal) ? GetAtt(name.Split('.', 2)[0], name.Split('.', 2)[1]).ToString() : Ref(name)?.ToString() ?? "";
    });

    private static JsonNode? Select(string index, JsonArray items)
    {
        var position = int.Parse(index, CultureInfo.InvariantCulture);
        return position < items.Count
            ? items[position]?.DeepClone()
            : throw new StackException($"Fn::Select: there is no item {index} in a list of {items.Count}.");
    }

    private static IEnumerable<string> SubNames(string text) =>
        SubPattern().Matches(text).Select(match => match.Groups["name"].Value).Where(name => !name.StartsWith('!')).Select(name => name.Split('.')[0]);

    [GeneratedRegex(@"\$\{(?<name>[^}]+)\}")]
    private static partial Regex SubPattern();
}
