using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Restrictions;

/// <summary>The policies that restrictions attach to a spoke's roles and users. Those of the organization are <see cref="ControlDocuments"/>.</summary>
internal static class DenyPolicies
{
    /// <summary>Below this path they stand in every spoke.</summary>
    public const string Path = "/BudgetSync/";

    /// <summary>Whoever has this tag, with any value but "false" in any case of its letters, is bound by none of the policies of restrictions.</summary>
    public const string ProtectTag = "budgetsync:protect";

    /// <summary>What stands in place of people where nobody is suspended: no <c>aws:userid</c> is so.</summary>
    private const string Nobody = "-";

    /// <summary>Characters of a managed policy without white space (IAM user guide, "IAM and AWS STS quotas").</summary>
    private const int ManagedPolicyLength = 6144;

    /// <summary>Names and texts of a spoke's policies.</summary>
    public static ImmutableArray<(string Name, JsonObject Document)> OfSpoke(Settings settings) =>
    [
        ("DenyNew", InAccount(settings, "DenyNew", DenyLists.New)),
        ("DenyAi", InAccount(settings, "DenyAi", DenyLists.Ai)),
        .. settings.DenyLists.Select(list => ($"DenyApis-{list.Key}", InAccount(settings, "DenyApis", list.Value))),
    ];

    /// <summary>
    /// What a principal loses whose budget of models is used up; a policy of its own, because restrictions attach and detach theirs by other rules.
    /// </summary>
    /// <remarks>
    /// Without the protect tag: a session's tags stand before its role's (IAM user guide, "Pass session tags in AWS STS"), and where a trust policy lets the
    /// caller choose them, he would exempt himself and still be called suspended.
    /// </remarks>
    public static JsonObject OfModels(Settings settings) => PolicyText.Document(PolicyText.Deny(
        "SuspendModels", DenyLists.Ai, "*", new JsonObject { ["ArnNotLike"] = Exempt(settings) }));

    /// <summary>
    /// What people of IAM Identity Center lose whose budget of models is used up, those whose sessions it names: nobody until Meter gives it another version.
    /// Permission sets refer to it, because nothing else changes their roles.
    /// </summary>
    public static JsonObject OfPeople() => PolicyText.Document(PolicyText.Deny(
        Names.SuspendedPeople,
        DenyLists.Ai,
        "*",
        new JsonObject { ["StringLike"] = new JsonObject { ["aws:userid"] = PolicyText.Texts([Nobody]) } }));

    /// <summary>What is wrong with the settings that the policies are made of.</summary>
    public static IEnumerable<string> Problems(Settings settings)
    {
        if (!settings.Respond && (settings.DenyLists.Count > 0 || settings.ExemptRoles.Length > 0 || settings.StopRegions.Length > 0))
            yield return "respond: is not true, so denyLists, exemptRoles and stopRegions have nothing to do; set it, or leave them away";
        if (!settings.Respond) yield break;
        foreach (var (name, document) in OfSpoke(settings))
        {
            var length = document.ToJsonString().Length;
            if (length > ManagedPolicyLength)
                yield return $"denyLists: the policy {name} has {length} characters, and IAM takes {ManagedPolicyLength}; name fewer actions or exempt roles, "
                    + "or use stars";
        }
    }

    private static JsonObject InAccount(Settings settings, string sid, IEnumerable<string> actions) => PolicyText.Document(PolicyText.Deny(
        sid,
        actions,
        "*",
        new JsonObject
        {
            ["ArnNotLike"] = Exempt(settings),
            // Of the role or user itself, whatever its value but "false": whoever may tag a role here may as well detach the policy. A session's tags
            // count too, which a trust policy may let the caller choose (sts:TagSession); the protecting policy denies him this one.
            ["StringEqualsIgnoreCaseIfExists"] = new JsonObject { [$"aws:PrincipalTag/{ProtectTag}"] = "false" },
        }));

    private static JsonObject Exempt(Settings settings) => new() { ["aws:PrincipalARN"] = PolicyText.Texts(ExemptRoles.Arns(settings)) };
}
