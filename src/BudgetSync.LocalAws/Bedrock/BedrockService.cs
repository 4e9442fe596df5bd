using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Bedrock;

/// <summary>
/// Amazon Bedrock just enough to be metered: the logging of model invocations per account and region, inference profiles, and a model runtime that answers
/// nothing and writes the records that Bedrock would (<see cref="InvokeAsync"/>).
/// </summary>
public sealed partial class BedrockService : AwsService
{
    private const string Principal = "bedrock.amazonaws.com";

    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<(string AccountId, string Region), JsonObject> logging = new();
    private readonly ConcurrentDictionary<string, InferenceProfile> profiles = new(StringComparer.Ordinal);

    internal BedrockService(LocalCloud cloud)
        : base("bedrock", WireProtocol.RestJson)
    {
        this.cloud = cloud;
        Operation("GetModelInvocationLoggingConfiguration", BedrockShapes.Nothing, OnAll, GetLogging);
        Operation("PutModelInvocationLoggingConfiguration", BedrockShapes.PutLogging, NeedsOfPut, PutLogging);
        Operation("DeleteModelInvocationLoggingConfiguration", BedrockShapes.Nothing, OnAll, DeleteLogging);
        Operation("GetInferenceProfile", BedrockShapes.GetProfile, OnProfile, GetProfile);
        cloud.Gateway.AddRoute(new BedrockRoutes(cloud, this).HandleAsync);
    }

    /// <summary>The configuration of an account's logging as it was put; null where there is none.</summary>
    public JsonObject? LoggingOf(string accountId, string? region = null) =>
        logging.GetValueOrDefault((accountId, region ?? cloud.Options.Region))?.DeepClone().AsObject();

    /// <summary>Makes an application inference profile, or takes the one with that id another way.</summary>
    public InferenceProfile PutProfile(string accountId, string id, string name, params string[] modelArns) =>
        PutProfileIn(cloud.Options.Region, accountId, id, name, modelArns);

    /// <inheritdoc cref="PutProfile"/>
    public InferenceProfile PutProfileIn(string region, string accountId, string id, string name, params string[] modelArns)
    {
        var profile = new InferenceProfile(accountId, region, id, name, modelArns, cloud.Time.GetUtcNow());
        return profiles[profile.Arn] = profile;
    }

    private static IEnumerable<IamRequest> OnAll(AwsCall call) => [new IamRequest($"bedrock:{call.Operation}", "*")];

    private static IEnumerable<IamRequest> NeedsOfPut(AwsCall call)
    {
        yield return new IamRequest($"bedrock:{call.Operation}", "*");
        if (call.Input["loggingConfig"]?["cloudWatchConfig"]?["roleArn"] is not JsonValue role) yield break;
        yield return new IamRequest("iam:PassRole", role.GetValue<string>())
        {
            Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("iam:PassedToService", [Principal]),
        };
    }

    private static string ProfileArn(AwsCall call)
    {
        var id = call.Input.RequiredText("inferenceProfileIdentifier");
        return id.StartsWith("arn:", StringComparison.Ordinal) ? id
            : $"arn:aws:bedrock:{call.Region}:{call.AccountId}:{(id.Contains('.', StringComparison.Ordinal) ? "" : "application-")}inference-profile/{id}";
    }

    private static IEnumerable<IamRequest> OnProfile(AwsCall call) => [new IamRequest("bedrock:GetInferenceProfile", ProfileArn(call))];

    private JsonObject GetLogging(AwsCall call) => LoggingOf(call.AccountId, call.Region) is { } config ? new JsonObject { ["loggingConfig"] = config } : [];

    private JsonObject PutLogging(AwsCall call)
    {
        var config = call.Input.RequiredStructure("loggingConfig");
        if (config.Structure("cloudWatchConfig") is { } watch) RequireWritable(call, watch.RequiredText("logGroupName"), watch.RequiredText("roleArn"));
        // The model lets both destinations be absent, which would log nowhere; what AWS answers to that is not documented.
        else if (config.Structure("s3Config") is null)
            throw new AwsException("ValidationException", "loggingConfig names no destination: give cloudWatchConfig or s3Config.");
        logging[(call.AccountId, call.Region)] = config.DeepClone().AsObject();
        return [];
    }

    private JsonObject DeleteLogging(AwsCall call)
    {
        logging.TryRemove((call.AccountId, call.Region), out _);
        return [];
    }

    private JsonObject GetProfile(AwsCall call)
    {
        var arn = ProfileArn(call);
        if (profiles.GetValueOrDefault(arn) is not { } profile || profile.AccountId != call.AccountId || profile.Region != call.Region)
            throw new AwsException("ResourceNotFoundException", "Can't retrieve the inference profile; check that it is there.", 404);
        return new JsonObject
        {
            ["inferenceProfileName"] = profile.Name,
            ["createdAt"] = profile.Created.ToUtcSeconds(),
            ["updatedAt"] = profile.Created.ToUtcSeconds(),
            ["inferenceProfileArn"] = profile.Arn,
            ["models"] = new JsonArray([.. profile.Models.Select(model => (JsonNode)new JsonObject { ["modelArn"] = model })]),
            ["inferenceProfileId"] = profile.Id,
            ["status"] = "ACTIVE",
            ["type"] = "APPLICATION",
        };
    }

    /// <summary>Bedrock tries its role before it takes a configuration (alphagov/govuk-infrastructure#2440 has the words).</summary>
    private void RequireWritable(AwsCall call, string group, string roleArn)
    {
        if (cloud.Logs.Groups(call.AccountId, call.Region).Contains(group, StringComparer.Ordinal)
            && Writer(call.AccountId, call.Region, roleArn) is { } writer
            && WriteActions.All(action => cloud.Iam.IsAllowed(writer, new IamRequest(action, StreamArn(call.AccountId, call.Region, group))))) return;
        throw new AwsException(
            "ValidationException",
            $"Failed to validate permissions for log group: {group}, with role: {roleArn}. Verify the IAM role permissions are correct.");
    }
}
