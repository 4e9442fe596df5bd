using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>
/// <c>{{resolve:secretsmanager:secret-id:SecretString:json-key:version-stage:version-id}}</c>: CloudFormation reads the value when it makes or changes the
/// resource, and keeps only the reference (CloudFormation user guide, "Get a secret or secret value from Secrets Manager").
/// </summary>
internal static partial class DynamicReferences
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Properties with every reference replaced; the given ones stay as they are.</summary>
    /// <exception cref="StackException">A reference that is none, or that finds nothing.</exception>
    public static async Task<JsonObject> ResolvedAsync(LocalCloud cloud, StackScope scope, string logicalId, JsonObject properties)
    {
        var text = properties.ToJsonString(Plain);
        if (!text.Contains("{{resolve:", StringComparison.Ordinal)) return (JsonObject)properties.DeepClone();
        foreach (var reference in Reference().Matches(text).Select(match => match.Groups["inner"].Value).Distinct(StringComparer.Ordinal).ToList())
        {
            var value = await ValueAsync(cloud, scope, logicalId, reference);
            text = text.Replace($"{{{{resolve:{reference}}}}}", JsonEncodedText.Encode(value).ToString(), StringComparison.Ordinal);
        }

        return (JsonObject)JsonNode.Parse(text)!;
    }

    private static async Task<string> ValueAsync(LocalCloud cloud, StackScope scope, string logicalId, string reference)
    {
        if (Form().Match(reference) is not { Success: true } form)
            throw new StackException(
                $"{logicalId}: LocalAws knows dynamic references of the form {{{{resolve:secretsmanager:ID:SecretString:KEY:STAGE:VERSION}}}} only.");
        var (key, stage, version) = (form.Groups["key"].Value, form.Groups["stage"].Value, form.Groups["version"].Value);
        if (stage.Length > 0 && version.Length > 0)
            throw new StackException($"{logicalId}: a dynamic reference has a version stage or a version id, not both.");
        var input = new JsonObject { ["SecretId"] = form.Groups["id"].Value };
        if (stage.Length > 0) input["VersionStage"] = stage;
        if (version.Length > 0) input["VersionId"] = version;
        var call = new AwsCall("secretsmanager", "GetSecretValue", scope.Deployer, scope.Region, input);
        var answer = await cloud.Gateway.InvokeAsync(cloud.Secrets, call with { RequestId = cloud.Gateway.NewRequestId() }, CancellationToken.None);
        var secret = answer.RequiredText("SecretString");
        if (key.Length == 0) return secret;
        return Member(secret, key)
            ?? throw new StackException($"{logicalId}: could not find a value associated with JSONKey {key} in SecretString of {form.Groups["id"].Value}.");
    }

    private static string? Member(string secret, string key)
    {
        try
        {
            return (JsonNode.Parse(secret) as JsonObject)?[key]?.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\{\{resolve:(?<inner>[^{}]*)\}\}")]
    private static partial Regex Reference();

    // A name has no colons; an ARN has six before its own.
    [GeneratedRegex(
        @"^secretsmanager:(?<id>arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^:]+|[^:]+)"
            + @"(:SecretString(:(?<key>[^:]*)(:(?<stage>[^:]*)(:(?<version>[^:]*))?)?)?)?\z")]
    private static partial Regex Form();
}
