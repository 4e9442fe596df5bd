using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>
/// A policy, read once. What it may contain is written in BEHAVIOUR.md; anything else is refused when it is read, not ignored when it is asked.
/// </summary>
public sealed class PolicyDocument
{
    private PolicyDocument(string json, ImmutableArray<PolicyStatement> statements) => (Json, Statements) = (json, statements);

    /// <summary>The policy's own text.</summary>
    public string Json { get; }

    /// <summary>The version of the language it says it is written in; null where it says nothing.</summary>
    internal string? Version { get; private init; }

    internal ImmutableArray<PolicyStatement> Statements { get; }

    /// <summary>Every action named by an Allow statement, as written: what a test compares with what was exercised.</summary>
    public IEnumerable<string> AllowedActions =>
        Statements.Where(statement => statement.Allow && !statement.NotAction).SelectMany(statement => statement.Actions);

    /// <exception cref="AwsException">MalformedPolicyDocument, saying what is wrong.</exception>
    public static PolicyDocument Parse(string json)
    {
        try
        {
            return Parse(JsonText.Parse(json));
        }
        catch (JsonException exception)
        {
            throw Malformed($"it is not JSON: {exception.Message}");
        }
    }

    /// <exception cref="AwsException">MalformedPolicyDocument, saying what is wrong.</exception>
    public static PolicyDocument Parse(JsonNode? node)
    {
        if (node is not JsonObject document) throw Malformed("it is not a JSON object");
        foreach (var (name, _) in document)
        {
            if (name is not ("Version" or "Id" or "Statement")) throw Malformed($"its member \"{name}\" is none of Version, Id and Statement");
        }

        // IAM user guide, "IAM JSON policy elements: Version": there are two, and the older one is meant where none is given.
        if (document.TryGetPropertyValue("Version", out var version) && version?.ToString() is not ("2012-10-17" or "2008-10-17"))
            throw Malformed($"its Version \"{version}\" is neither 2012-10-17 nor 2008-10-17");
        ImmutableArray<PolicyStatement> statements = document["Statement"] switch
        {
            JsonArray many => [.. many.Select(PolicyReader.Statement)],
            JsonObject one => [PolicyReader.Statement(one)],
            _ => throw Malformed("it has no Statement"),
        };
        // IAM user guide, "IAM JSON policy elements: Sid".
        var sids = statements.Select(statement => statement.Sid).Where(sid => sid is not null).ToList();
        if (sids.Distinct(StringComparer.Ordinal).Count() < sids.Count) throw Malformed("the Sids of its statements are not unique");
        return new PolicyDocument(document.ToJsonString(), statements) { Version = version?.ToString() };
    }

    /// <summary>A copy with one statement more: how AddPermission and PutPermission extend a resource policy.</summary>
    internal static PolicyDocument Of(IEnumerable<JsonObject> statements) =>
        Parse(new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements.Select(statement => statement.DeepClone())]) });

    internal static AwsException Malformed(string what) => new("MalformedPolicyDocument", $"The policy is refused: {what}.");
}
