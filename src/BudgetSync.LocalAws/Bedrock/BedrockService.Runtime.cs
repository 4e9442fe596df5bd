using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Bedrock;

/// <content>The runtime: whether a call may be made, and the record of it.</content>
public sealed partial class BedrockService
{
    private const string StreamName = "aws/bedrock/modelinvocations";

    private static readonly string[] WriteActions = ["logs:CreateLogStream", "logs:PutLogEvents"];

    private int lost;

    /// <summary>Records that could not be written: Bedrock answers its caller all the same.</summary>
    public int LostRecords => lost;

    /// <summary>Calls a model. What comes of it is a record in the log group of the account's configuration, where there is one.</summary>
    /// <returns>The request's id.</returns>
    /// <exception cref="AwsException">AccessDeniedException: IAM, an organization's policy or the key's status forbids it.</exception>
    public async Task<string> InvokeAsync(ModelCall model, CancellationToken cancellation = default)
    {
        var region = model.Region ?? cloud.Options.Region;
        var call = new AwsCall(SigningName, "InvokeModel", model.Caller, region, []) { RequestId = NewRequestId() };
        if (model.ApiKeyId is { } key)
        {
            if (cloud.Iam.FindCredential(model.Caller.AccountId, key) is not { Status: "Active" })
                throw new AwsException("AccessDeniedException", "The API key is not active.", 403);
            cloud.Authorize(call, new IamRequest("bedrock:CallWithBearerToken", "*"));
        }

        // Converse has no action of its own (service authorization reference, "Actions for Amazon Bedrock").
        cloud.Authorize(call, new IamRequest("bedrock:InvokeModel", ModelArn(model, region)));
        await WriteAsync(model, region, call.RequestId, cancellation);
        return call.RequestId;
    }

    /// <summary>The record of a call as Bedrock writes it where all delivery of data is off.</summary>
    public static JsonObject Record(ModelCall model, string region, string requestId, DateTimeOffset at)
    {
        var record = new JsonObject
        {
            ["timestamp"] = at.ToUtcSeconds(),
            ["accountId"] = model.Caller.AccountId,
            ["identity"] = new JsonObject { ["arn"] = model.Caller.SessionArn },
            ["region"] = region,
            ["requestId"] = requestId,
            ["operation"] = model.Operation,
            ["modelId"] = model.ModelId,
            ["input"] = new JsonObject
            {
                ["inputContentType"] = "application/json",
                ["inputTokenCount"] = model.InputTokens,
                ["cacheReadInputTokenCount"] = model.CacheReadTokens,
                ["cacheWriteInputTokenCount"] = model.CacheWriteTokens,
            },
            ["output"] = new JsonObject { ["outputContentType"] = "application/json", ["outputTokenCount"] = model.OutputTokens },
        };
        if (!model.HasCounts)
        {
            record["input"] = new JsonObject { ["inputContentType"] = "application/json" };
            record["output"] = new JsonObject { ["outputContentType"] = "application/json" };
        }

        if (model.ErrorCode is { } error) (record["input"], record["output"], record["errorCode"]) = (new JsonObject(), new JsonObject(), error);
        if (model.InferenceRegion is { } inference) record["inferenceRegion"] = inference;
        record["schemaType"] = "ModelInvocationLog";
        record["schemaVersion"] = "1.0";
        return record;
    }

    private async Task WriteAsync(ModelCall model, string region, string requestId, CancellationToken cancellation)
    {
        var account = model.Caller.AccountId;
        if (LoggingOf(account, region)?.Structure("cloudWatchConfig") is not { } watch) return;
        var (group, at) = (watch.RequiredText("logGroupName"), cloud.Time.GetUtcNow());
        try
        {
            if (Writer(account, region, watch.RequiredText("roleArn")) is not { } writer)
                throw new AwsException("AccessDeniedException", "Bedrock may not assume the role of its logging.");
            try
            {
                await LogAsync(writer, region, "CreateLogStream", new JsonObject { ["logGroupName"] = group, ["logStreamName"] = StreamName }, cancellation);
            }
            catch (AwsException there) when (there.Code == "ResourceAlreadyExistsException")
            {
                // Each call tries: the group may be another one than the time before.
            }

            await LogAsync(
                writer,
                region,
                "PutLogEvents",
                new JsonObject
                {
                    ["logGroupName"] = group,
                    ["logStreamName"] = StreamName,
                    ["logEvents"] = new JsonArray(new JsonObject
                    {
                        ["timestamp"] = at.ToUnixTimeMilliseconds(),
                        ["message"] = Record(model, region, requestId, at).ToJsonString(),
                    }),
                },
                cancellation);
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            Interlocked.Increment(ref lost);
        }
    }

    private Task<JsonObject> LogAsync(Caller writer, string region, string operation, JsonObject input, CancellationToken cancellation) =>
        cloud.Gateway.InvokeAsync(cloud.Logs, new AwsCall("logs", operation, writer, region, input) { RequestId = NewRequestId() }, cancellation);

    /// <summary>The session of the configuration's role; null where Bedrock may not assume it.</summary>
    private Caller? Writer(string accountId, string region, string roleArn)
    {
        var bedrock = Caller.Service(Principal, accountId, $"arn:aws:bedrock:{region}:{accountId}:*");
        if (cloud.Iam.FindRole(roleArn) is not { } role || role.AccountId != accountId) return null;
        return cloud.Iam.MayAssume(bedrock, role, ImmutableDictionary<string, ImmutableArray<string>>.Empty)
            ? new Caller(accountId, role.Arn, $"arn:aws:sts::{accountId}:assumed-role/{role.Definition.Name}/BedrockModelInvocationLogging")
            : null;
    }

    private static string StreamArn(string accountId, string region, string group) =>
        $"arn:aws:logs:{region}:{accountId}:log-group:{group}:log-stream:{StreamName}";

    private static string ModelArn(ModelCall model, string region) =>
        model.ModelId.StartsWith("arn:", StringComparison.Ordinal) ? model.ModelId : $"arn:aws:bedrock:{region}::foundation-model/{model.ModelId}";

    /// <summary>A UUID like those of Bedrock, the same in every run with the same calls.</summary>
    private string NewRequestId() => string.Create(CultureInfo.InvariantCulture, $"bed{cloud.Gateway.NewRequestId()[3..]}");
}
