using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.SecurityToken.Model;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.Cli.Tests.Documents;

/// <summary>Somebody who may do what SECURITY.md gives people who use the tool, and no more.</summary>
internal static class DocumentPerson
{
    private const string Role = "FinOps";

    private const string Trust = $$"""
        { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole",
          "Principal": { "AWS": "arn:aws:iam::{{RunningLocal.Management}}:root" } }] }
        """;

    /// <summary>What the policies allow, by IAM's names.</summary>
    public static IReadOnlySet<string> Allowed() => Policies().SelectMany(text => JsonNode.Parse(text)!["Statement"]!.AsArray())
        .SelectMany(statement => statement!["Action"] is JsonArray many ? many.Select(one => one!.ToString()) : [statement["Action"]!.ToString()])
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="policies">So many of the page's: the first is for who only looks.</param>
    /// <returns>The environment of that person.</returns>
    public static async Task<Dictionary<string, string>> SessionAsync(RunningLocal local, int policies)
    {
        local.Cloud.Iam.PutRole(RunningLocal.Management, new RoleDefinition(Role, PolicyDocument.Parse(Trust))
        {
            Inline = Policies().Take(policies)
                .Select((text, number) => KeyValuePair.Create($"Tool{number}", PolicyDocument.Parse(text))).ToImmutableDictionary(),
        });
        using var clients = local.As(RunningLocal.Management);
        var session = (await clients.Tokens.AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = $"arn:aws:iam::{RunningLocal.Management}:role/{Role}",
            RoleSessionName = "mary",
        })).Credentials;
        return new(local.EnvironmentOf(RunningLocal.Management))
        {
            ["AWS_ACCESS_KEY_ID"] = session.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = session.SecretAccessKey,
            ["AWS_SESSION_TOKEN"] = session.SessionToken,
        };
    }

    private static IEnumerable<string> Policies() =>
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, ".github", "SECURITY.md")).Split("```json\n").Skip(1).Select(block => block.Split("```")[0]);
}
