using System.Collections.Immutable;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.Tests.Iam;

/// <summary>Policies and roles in few words.</summary>
internal static class Policies
{
    public static string LambdaTrust => TrustOf("lambda.amazonaws.com");

    /// <summary>Lets a service assume a role.</summary>
    public static string TrustOf(string service) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"sts:AssumeRole"}]}""";

    /// <summary>A role that Lambda may assume, with one inline policy of these statements.</summary>
    public static RoleDefinition Role(string name, params string[] statements) => Role(name, LambdaTrust, statements);

    public static RoleDefinition Role(string name, string trust, string[] statements) => new(name, PolicyDocument.Parse(trust))
    {
        Inline = statements.Length == 0
            ? ImmutableDictionary<string, PolicyDocument>.Empty
            : ImmutableDictionary<string, PolicyDocument>.Empty.Add("Inline", Document(statements)),
    };

    public static PolicyDocument Document(params string[] statements) =>
        PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", statements)}}]}""");

    public static string Allow(string action, string resource = "*") => $$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}""";

    public static string Deny(string action, string resource = "*") => $$"""{"Effect":"Deny","Action":"{{action}}","Resource":"{{resource}}"}""";
}
