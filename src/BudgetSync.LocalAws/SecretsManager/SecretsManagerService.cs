using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.SecretsManager;

/// <summary>
/// AWS Secrets Manager, as far as CloudFormation's dynamic references and the connections of EventBridge need it: texts with versions, by account and region.
/// </summary>
public sealed partial class SecretsManagerService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<(string AccountId, string Region, string Name), Secret> secrets = new();

    internal SecretsManagerService(LocalCloud cloud)
        : base("secretsmanager", WireProtocol.Json11, "secretsmanager")
    {
        this.cloud = cloud;
        Operation("CreateSecret", SecretsManagerShapes.CreateSecret, call => [On(call, call.Input.RequiredText("Name"))], Create);
        Operation("PutSecretValue", SecretsManagerShapes.PutSecretValue, call => [On(call, call.Input.RequiredText("SecretId"))], Put);
        Operation("GetSecretValue", SecretsManagerShapes.GetSecretValue, call => [On(call, call.Input.RequiredText("SecretId"))], Get);
    }

    /// <summary>Creates a secret, or gives the one that exists another value, and returns its ARN.</summary>
    /// <param name="region">Null is the cloud's home region.</param>
    public string PutSecret(string accountId, string name, string text, string? region = null)
    {
        var home = region ?? cloud.Options.Region;
        var version = new SecretVersion(cloud.Gateway.NewRequestId(), text, cloud.Time.GetUtcNow(), []);
        return secrets.AddOrUpdate(
            (accountId, home, name), key => New(key.AccountId, key.Region, key.Name).With(version), (_, old) => old.With(version)).Arn;
    }

    /// <summary>Removes a secret at once, as the service that owns it may.</summary>
    internal void RemoveSecret(string accountId, string region, string name) => secrets.TryRemove((accountId, region, name), out _);

    private Secret New(string accountId, string region, string name) =>
        new(Secret.ArnOf(accountId, region, name, cloud.Gateway.NewRequestId()), name, []);

    private IamRequest On(AwsCall call, string nameOrArn) => new(
        $"secretsmanager:{call.Operation}",
        Find(call, nameOrArn)?.Arn ?? (nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
            ? nameOrArn
            : $"arn:aws:secretsmanager:{call.Region}:{call.AccountId}:secret:{nameOrArn}"));

    /// <summary>By name or whole ARN. AWS also takes a part of an ARN, and advises against it.</summary>
    private Secret? Find(AwsCall call, string nameOrArn) => secrets.GetValueOrDefault((call.AccountId, call.Region, nameOrArn))
        ?? secrets.Values.FirstOrDefault(secret => secret.Arn == nameOrArn);

    private JsonObject Create(AwsCall call)
    {
        var name = call.Input.RequiredText("Name");
        if (!NamePattern().IsMatch(name))
            throw Invalid("Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
        var made = New(call.AccountId, call.Region, name);
        if (call.Input.Text("SecretString") is { } text) made = made.With(Version(call, text));
        if (!secrets.TryAdd((call.AccountId, call.Region, name), made))
            throw new AwsException("ResourceExistsException", $"The operation failed because the secret {name} already exists.");
        var answer = Answer(made);
        if (!made.Versions.IsEmpty) answer["VersionId"] = made.Versions[^1].Id;
        return answer;
    }

    private JsonObject Put(AwsCall call)
    {
        var text = call.Input.Text("SecretString") ?? throw Invalid("You must provide either SecretString or SecretBinary.");
        var secret = Existing(call);
        if (call.Input.Text("ClientRequestToken") is { } token && secret.Find(token, null) is { } same)
        {
            if (same.Text != text)
                throw new AwsException(
                    "ResourceExistsException",
                    $"You can't use ClientRequestToken {token} because that value is already in use for a version.");
        }
        else
        {
            secret = secrets.AddOrUpdate(
                (Arn.AccountOf(secret.Arn), call.Region, secret.Name), _ => secret.With(Version(call, text)), (_, old) => old.With(Version(call, text)));
        }

        return Versioned(secret, secret.Versions[^1]);
    }

    private JsonObject Get(AwsCall call)
    {
        var secret = Existing(call);
        var version = secret.Existing(call.Input.Text("VersionId"), call.Input.Text("VersionStage"));
        var answer = Versioned(secret, version);
        answer["SecretString"] = version.Text;
        answer["CreatedDate"] = version.At.ToEpochSeconds();
        return answer;
    }

    private SecretVersion Version(AwsCall call, string text) =>
        new(call.Input.Text("ClientRequestToken") ?? cloud.Gateway.NewRequestId(), text, cloud.Time.GetUtcNow(), []);

    private Secret Existing(AwsCall call) => Find(call, call.Input.RequiredText("SecretId"))
        ?? throw new AwsException("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    private static JsonObject Answer(Secret secret) => new() { ["ARN"] = secret.Arn, ["Name"] = secret.Name };

    private static JsonObject Versioned(Secret secret, SecretVersion version)
    {
        var answer = Answer(secret);
        answer["VersionId"] = version.Id;
        answer["VersionStages"] = new JsonArray([.. version.Stages.Select(stage => JsonValue.Create(stage))]);
        return answer;
    }

    private static AwsException Invalid(string message) => new("InvalidParameterException", message);

    [GeneratedRegex(@"^[A-Za-z0-9/_+=.@!-]+\z")]
    private static partial Regex NamePattern();
}
