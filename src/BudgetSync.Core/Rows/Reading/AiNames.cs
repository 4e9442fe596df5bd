using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>How rows of models call principals, pools and models; of what could never match anything the name that was meant is told.</summary>
internal static partial class AiNames
{
    // What AWS calls so is counted by another name: a key's user without user/, a person's role by the person.
    private const string PrincipalForm = @"^(\*|root|unknown|BedrockAPIKey-[\w+=,.@*-]*|role/(?!AWSReservedSSO_)[\w+=,.@*-]+|"
        + @"user/(?!BedrockAPIKey-)[\w+=,.@*-]+|(person|federated)/[\w+=,.@*-]+)$";

    private const string PoolForm = "^[A-Za-z][A-Za-z0-9-]{0,31}$";

    // Ids of models are lower case, those below an ARN are not (Bedrock API reference, InvokeModel, modelId); a geography is no part of them.
    private const string ModelForm = @"^(arn:[a-zA-Z0-9.:_/*-]+|(?!(us|us-gov|eu|apac|jp|au|ca|global)\.)[a-z0-9*][a-z0-9.:_/*-]*)$";

    private const string KeyUser = "BedrockAPIKey-";

    private const string Forms =
        "role/NAME, user/NAME, person/NAME, federated/NAME, BedrockAPIKey-NAME, root or unknown, with * for any characters, or * alone for all";

    private static readonly string[] Kinds = ["role", "user", "person", "federated"];

    public static JsonObject Principals() => Pattern(PrincipalForm);

    public static JsonObject Pools() => Pattern(PoolForm);

    public static JsonObject Models() => Pattern(ModelForm);

    public static bool CheckPrincipal(ValueAt node, string name)
    {
        if (name.Length <= AiLimits.NameLength && PrincipalPattern().IsMatch(name)) return true;
        var quoted = ValueAt.Quote(name);
        return node.Refuse(
            RowRules.AiPrincipalForm,
            name.Length > AiLimits.NameLength ? $"{quoted} is longer than any principal's name; write at most {AiLimits.NameLength} characters"
            : name.StartsWith($"role/{PermissionSets.RolePrefix}", StringComparison.Ordinal)
                ? $"{quoted} is a role of IAM Identity Center, whose calls are counted to each person; write person/NAME, or person/* for all of them"
            : Meant(name) is { } meant ? $"{quoted} names no principal; write {meant}"
            : $"{quoted} names no principal; write {Forms}");
    }

    public static bool CheckPool(ValueAt node, string name) =>
        PoolName().IsMatch(name)
        || node.Refuse(RowRules.AiPoolName, $"{ValueAt.Quote(name)} is no name of a pool; write letters, digits and -, 32 at most, and a letter first");

    public static bool CheckModel(ValueAt node, string name)
    {
        var meant = BedrockModel.Of(name.Trim()).Id;
        if (!meant.StartsWith("arn:", StringComparison.Ordinal)) meant = meant.ToLowerInvariant();
        if (name.Length <= AiLimits.NameLength && name == meant && ModelPattern().IsMatch(name)) return true;
        return node.Refuse(
            RowRules.AiModelForm,
            name != meant && ModelPattern().IsMatch(meant)
                ? $"{ValueAt.Quote(name)} matches no model, which is called by its own id, without a geography; write {meant}"
                : $"{ValueAt.Quote(name)} is no id of a model; write for example amazon.nova-pro-v1:0 or anthropic.*");
    }

    /// <summary>The name that a slip was meant to be; null where that is not known.</summary>
    private static string? Meant(string name)
    {
        var text = name.Trim();
        if (AiPrincipal.Of(text) is { Kind: not AiPrincipalKind.Unknown } of) return of.Name;
        var parts = text.Split('/');
        string meant;
        if (parts is [var alone])
        {
            meant = alone.StartsWith(KeyUser, StringComparison.OrdinalIgnoreCase) ? KeyUser + alone[KeyUser.Length..] : alone.ToLowerInvariant();
        }
        else
        {
            if (Array.Find(Kinds, kind => kind.Equals(parts[0], StringComparison.OrdinalIgnoreCase)) is not { } kind) return null;
            // Roles and users are called without their path.
            meant = kind == "user" && parts[^1].StartsWith(KeyUser, StringComparison.Ordinal) ? parts[^1] : $"{kind}/{parts[^1]}";
        }

        return PrincipalPattern().IsMatch(meant) ? meant : null;
    }

    private static JsonObject Pattern(string form) => new() { ["type"] = "string", ["pattern"] = form.Replace(@"\w", "A-Za-z0-9_", StringComparison.Ordinal) };

    [GeneratedRegex(PrincipalForm, RegexOptions.ECMAScript)]
    private static partial Regex PrincipalPattern();

    [GeneratedRegex(PoolForm)]
    private static partial Regex PoolName();

    [GeneratedRegex(ModelForm)]
    private static partial Regex ModelPattern();
}
