using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Bedrock;

/// <content>The endpoint <c>bedrock-mantle</c>: calls that no invocation log has, and the metrics that tell of them.</content>
public sealed partial class BedrockService
{
    /// <summary>Where it publishes (Bedrock user guide, "Monitor bedrock-mantle inference using CloudWatch metrics").</summary>
    public const string MantleMetrics = "AWS/BedrockMantle";

    /// <summary>Calls a model through <c>bedrock-mantle</c>: there is no record of it, only metrics without the caller's name.</summary>
    /// <param name="region">Null is the cloud's home region.</param>
    /// <exception cref="AwsException">AccessDeniedException: IAM or an organization's policy forbids it.</exception>
    public void InvokeMantle(Caller caller, string model, long inputTokens, long outputTokens, string? region = null)
    {
        const string project = "default";
        var where = region ?? cloud.Options.Region;
        var call = new AwsCall("bedrock-mantle", "CreateInference", caller, where, []) { RequestId = NewRequestId() };
        cloud.Authorize(call, new IamRequest("bedrock-mantle:CreateInference", $"arn:aws:bedrock-mantle:{where}:{caller.AccountId}:project/{project}"));
        (string Name, string Value)[][] levels = [[], [("Project", project)], [("Model", model)], [("Project", project), ("Model", model)]];
        foreach (var level in levels)
        {
            cloud.CloudWatch.Publish(caller.AccountId, where, MantleMetrics, "Inferences", 1, level);
            cloud.CloudWatch.Publish(caller.AccountId, where, MantleMetrics, "TotalInputTokens", inputTokens, level);
            cloud.CloudWatch.Publish(caller.AccountId, where, MantleMetrics, "TotalOutputTokens", outputTokens, level);
        }
    }
}
