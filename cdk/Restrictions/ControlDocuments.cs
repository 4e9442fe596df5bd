using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.CDK;

namespace BudgetSync.Cdk.Restrictions;

/// <summary>The texts of the organization's policies, which bind whoever administers an account.</summary>
internal static class ControlDocuments
{
    /// <summary>Characters of a service control policy (Organizations user guide, "Quotas": 10,240 since 2025; CloudFormation adds no white space).</summary>
    public const int MostCharacters = 10_240;

    /// <summary>By the kind of restriction that each carries out, as rows name it.</summary>
    public static ImmutableArray<(string Kind, string Name, JsonObject Document)> OfRestrictions(Settings settings) =>
    [
        ("DENY_NEW", "BudgetSync-DenyNew", Deny(settings, "DenyNew", DenyLists.New)),
        ("DENY_AI", "BudgetSync-DenyAi", Deny(settings, "DenyAi", DenyLists.Ai)),
        ("QUARANTINE", "BudgetSync-Quarantine", Deny(settings, "Quarantine", ["*"])),
    ];

    /// <summary>What is wrong with the settings that the policies are made of.</summary>
    public static IEnumerable<string> Problems(Settings settings)
    {
        if (!settings.ControlPolicies) yield break;
        if (!settings.Respond)
            yield return "controlPolicies: \"true\" makes policies that responses attach, and respond is not true; set it, or leave controlPolicies away";
        foreach (var (name, document) in OfRestrictions(settings).Select(policy => (policy.Name, policy.Document)).Append(Protecting(settings)))
        {
            var length = document.ToJsonString().Length;
            if (length > MostCharacters)
                yield return $"exemptRoles: the policy {name} has {length} characters, and AWS Organizations takes {MostCharacters}; name fewer roles, or use "
                    + "stars";
        }
    }

    /// <summary>
    /// The policy that keeps what BudgetSync has in an account from whoever administers it: the sample, with this deployment's names, and the policies of
    /// restrictions, which he could otherwise detach, or exempt himself from by a tag, until the next look.
    /// </summary>
    public static (string Name, JsonObject Document) Protecting(Settings settings)
    {
        using var stream = typeof(ControlDocuments).Assembly.GetManifestResourceStream("protect-budgetsync.scp.json")
            ?? throw new InvalidOperationException("protect-budgetsync.scp.json is not in the assembly; the project file embeds it.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd()
            .Replace("role/BudgetSyncSpokeRole\"", $"role/{settings.SpokeRoleName}\"", StringComparison.Ordinal)
            .Replace("role/BudgetSyncActionRole\"", $"role/{settings.ActionRoleName}\"", StringComparison.Ordinal)
            .Replace("role/BudgetSync-Apply\"", $"role/{settings.ApplyRoleName}\"", StringComparison.Ordinal);
        var document = JsonNode.Parse(text)!.AsObject(); // It is an object: a test reads it.
        var statements = document["Statement"]!.AsArray(); // As above.
        string[] others = [.. ExemptRoles.OfOrganization(settings).Select(ExemptRoles.Arn)];
        foreach (var statement in statements)
        {
            PolicyText.Add(statement!["Condition"]!["ArnNotLike"]!["aws:PrincipalArn"]!, others); // Each has one: a test says so.
            if (statement["Sid"]!.ToString() == "KeepExemptRoles") PolicyText.Add(statement["Resource"]!, others);
            if (statement["Sid"]!.ToString() == "KeepParameter") statement["Resource"] = PolicyText.Texts(Parameters(settings));
        }

        foreach (var statement in OfDenials(settings, others)) statements.Add((JsonNode)statement);
        if (settings.Ai) ProtectedModels.AddTo(statements, settings, others);
        return ("BudgetSync-Protect", document);
    }

    private static JsonObject Deny(Settings settings, string sid, IEnumerable<string> actions) => PolicyText.Document(PolicyText.Deny(
        sid,
        actions,
        "*",
        new JsonObject { ["ArnNotLike"] = new JsonObject { ["aws:PrincipalARN"] = PolicyText.Texts([.. ExemptRoles.Arns(settings), .. OfHub(settings)]) } }));

    /// <summary>
    /// The hub's own roles, where it lives in an account that policies bind; in the organization's management account they bind nothing. By that account's
    /// id: a role of such a name elsewhere is none of ours.
    /// </summary>
    private static IEnumerable<string> OfHub(Settings settings)
    {
        if (!settings.DelegatedAdministrator) return [];
        string[] roles =
        [
            settings.PropagateRoleName, settings.ReconcileRoleName, settings.CollectRoleName, Names.Notify, Names.Respond, Names.Report,
        ];
        return roles.Select(role => $"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/{role}");
    }

    private static JsonObject[] OfDenials(Settings settings, string[] others)
    {
        // Meter gives back what it took, and names suspended people in a policy.
        string[] ours = settings.Ai ? [settings.ApplyRoleName, Names.Meter] : [settings.ApplyRoleName];
        string[] exempt = [.. ours.Select(ExemptRoles.Arn), .. others];
        const string below = $"arn:*:iam::*:policy{DenyPolicies.Path}*";
        return
        [
            PolicyText.Deny(
                "KeepDenials",
                ["iam:DetachRolePolicy", "iam:DetachUserPolicy"],
                "*",
                new JsonObject { ["ArnLike"] = new JsonObject { ["iam:PolicyARN"] = below }, ["ArnNotLike"] = Principals(exempt) }),
            PolicyText.Deny(
                "KeepDenyPolicies",
                ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"],
                below,
                new JsonObject { ["ArnNotLike"] = Principals(settings.Ai ? [ExemptRoles.Arn(Names.Meter), .. others] : others) }),
            PolicyText.Deny(
                "KeepProtectTag",
                ["iam:TagRole", "iam:TagUser", "sts:TagSession"],
                "*",
                new JsonObject
                {
                    ["ForAnyValue:StringEqualsIgnoreCase"] = new JsonObject { ["aws:TagKeys"] = DenyPolicies.ProtectTag }, ["ArnNotLike"] = Principals(others),
                }),
        ];
    }

    private static JsonObject Principals(string[] exempt) => new() { ["aws:PrincipalArn"] = PolicyText.Texts(exempt) };

    private static IEnumerable<string> Parameters(Settings settings)
    {
        string[] all = ["/BudgetSync/*", settings.ParameterName];
        return all.Where(name => name == all[0] || !name.StartsWith("/BudgetSync/", StringComparison.Ordinal)).Select(name => $"arn:*:ssm:*:*:parameter{name}");
    }
}
