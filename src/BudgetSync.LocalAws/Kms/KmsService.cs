using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Kms;

/// <summary>
/// AWS KMS, as far as keys of topics need it: keys with their policies, which say alone who may use a key and read its policy. Nothing is encrypted.
/// </summary>
public sealed class KmsService : AwsService
{
    /// <summary>What a service does with the key of what it writes into (KMS developer guide, "Key policies": a topic's publisher).</summary>
    private static readonly string[] OfPublisher = ["kms:GenerateDataKey", "kms:Decrypt"];

    private const string ManagedOfTopics = "alias/aws/sns";

    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, PolicyDocument> keys = new(StringComparer.Ordinal);

    internal KmsService(LocalCloud cloud)
        : base("kms", WireProtocol.Json11, "TrentService")
    {
        this.cloud = cloud;
        cloud.Iam.AddResourcePolicies(SigningName, arn => keys.GetValueOrDefault(arn));
        Operation("GetKeyPolicy", KmsShapes.GetKeyPolicy, call => [Needed(call)], GetKeyPolicy);
    }

    /// <summary>Makes a key, or gives one another policy, and returns its ARN.</summary>
    /// <param name="id">For example <c>1234abcd-12ab-34cd-56ef-1234567890ab</c>.</param>
    /// <param name="region">Null is the cloud's home region.</param>
    public string PutKey(string accountId, string id, PolicyDocument policy, string? region = null)
    {
        var arn = ArnOf(accountId, region ?? cloud.Options.Region, id);
        keys[arn] = policy;
        return arn;
    }

    /// <summary>
    /// Whether who publishes may use a topic's key: a service by the key's policy alone, a role by that and its own. What is no key here, an alias too, grants
    /// nothing; the key that AWS manages for SNS grants its account's own principals (KMS developer guide, "AWS managed keys").
    /// </summary>
    internal bool MayPublish(Caller publisher, string keyId, string region)
    {
        if (keyId == ManagedOfTopics && publisher.ServicePrincipal is null) return true;
        var arn = keyId.StartsWith("arn:", StringComparison.Ordinal) ? keyId : ArnOf(publisher.AccountId, region, keyId);
        return keys.TryGetValue(arn, out var policy) && OfPublisher.Select(Request).All(MayUse);

        bool MayUse(IamRequest request) => cloud.Iam.IsAllowedBy(policy, publisher, request) && cloud.Iam.IsAllowed(publisher, request);

        IamRequest Request(string action) => new(action, arn)
        {
            Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("kms:ViaService", [$"sns.{region}.amazonaws.com"]),
        };
    }

    private JsonObject GetKeyPolicy(AwsCall call)
    {
        if (call.Input.Text("PolicyName") is { } name && name != "default")
            throw new AwsException("NotFoundException", "No such policy exists");
        var arn = ArnOf(call);
        if (!keys.TryGetValue(arn, out var policy)) throw new AwsException("NotFoundException", $"Key '{arn}' does not exist");
        // A policy of IAM counts only where the key's own lets its account (KMS developer guide, "Allows access to the AWS account and enables IAM policies").
        var needed = Needed(call);
        if (!cloud.Iam.IsAllowedBy(policy, call.Caller, needed))
            throw AccessDenied.For(call, needed, $"because no resource-based policy allows the {needed.Action} action");
        return new JsonObject { ["Policy"] = policy.Json, ["PolicyName"] = "default" };
    }

    private static IamRequest Needed(AwsCall call) => new("kms:GetKeyPolicy", ArnOf(call));

    /// <exception cref="AwsException">NotFoundException: an alias. InvalidArnException: no ARN of KMS in this region (API reference, GetKeyPolicy).</exception>
    private static string ArnOf(AwsCall call)
    {
        var id = call.Input.RequiredText("KeyId");
        if (!id.StartsWith("arn:", StringComparison.Ordinal))
            return id.StartsWith("alias/", StringComparison.Ordinal)
                ? throw new AwsException("NotFoundException", $"Invalid keyId '{id}'")
                : ArnOf(call.AccountId, call.Region, id);
        if (!Arn.TryParse(id, out var arn) || arn.Service != "kms" || arn.Region != call.Region)
            throw new AwsException("InvalidArnException", $"Invalid arn {id}");
        return id.Contains(":alias/", StringComparison.Ordinal) ? throw new AwsException("NotFoundException", $"Invalid keyId '{id}'") : id;
    }

    private static string ArnOf(string accountId, string region, string id) => $"arn:aws:kms:{region}:{accountId}:key/{id}";
}
