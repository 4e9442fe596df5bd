using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>
/// Custom resources: the function behind ServiceToken is invoked asynchronously with a request and answers by an HTTP PUT to its ResponseURL,
/// which here leads back to this cloud. CloudFormation waits ServiceTimeout seconds (an hour by default) and no longer.
/// </summary>
internal sealed class CustomResourceCalls
{
    private const string Prefix = "/_cloudformation/responses/";

    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> waiting = new(StringComparer.Ordinal);

    public CustomResourceCalls(LocalCloud cloud)
    {
        this.cloud = cloud;
        cloud.Gateway.AddRoute(ReceiveAsync);
    }

    /// <summary>Sends one request and waits for the answer.</summary>
    /// <exception cref="StackException">The function is gone, answered FAILED, with its reason, or did not answer in time.</exception>
    public async Task<MadeResource> SendAsync(ResourceRequest request, string requestType)
    {
        var id = cloud.Gateway.NewRequestId();
        var answered = new TaskCompletionSource<JsonObject>();
        waiting[id] = answered;
        var timeout = request.Number("ServiceTimeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : AwsLimits.CloudFormation.CustomResourceTimeout;
        // A stack that waits is not work left undone: what it waits for is.
        using var patience = new CancellationTokenSource(timeout, cloud.Time);
        using var registration = patience.Token.Register(() => answered.TrySetException(
            new StackException($"{request.LogicalId}: the function did not answer the {requestType} request within {timeout.TotalSeconds} seconds.")));
        var body = new JsonObject
        {
            ["RequestType"] = requestType,
            ["ResponseURL"] = new Uri(cloud.Address ?? new Uri("http://localaws.invalid"), Prefix + id).ToString(),
            ["StackId"] = request.Scope.StackId,
            ["RequestId"] = id,
            ["ResourceType"] = request.TypeName,
            ["LogicalResourceId"] = request.LogicalId,
            ["ServiceToken"] = request.Required("ServiceToken"),
            ["ResourceProperties"] = request.Properties.DeepClone(),
        };
        if (request.PhysicalId is { } physical) body["PhysicalResourceId"] = physical;
        if (requestType == "Update" && request.Before is { } before) body["OldResourceProperties"] = before.DeepClone();
        try
        {
            await cloud.Lambda.InvokeEventAsync(request.Scope.Deployer, request.Required("ServiceToken"), body.ToJsonString(), CancellationToken.None);
            return Read(request, await answered.Task);
        }
        catch (AwsException refusal)
        {
            // A function that somebody deleted fails the resource, and with it the stack, as CloudFormation does.
            throw new StackException($"{request.LogicalId}: the function cannot be asked: {refusal.Message}");
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    private static MadeResource Read(ResourceRequest request, JsonObject answer)
    {
        if (answer["Status"]?.ToString() != "SUCCESS")
            throw new StackException($"{request.LogicalId}: the function answered {answer["Status"]}: {answer["Reason"]}");
        var data = answer["Data"] as JsonObject ?? [];
        return new MadeResource(
            answer["PhysicalResourceId"]?.ToString() ?? throw new StackException($"{request.LogicalId}: the function's answer has no PhysicalResourceId."),
            data.ToDictionary(member => member.Key, member => member.Value?.ToString() ?? "", StringComparer.Ordinal));
    }

    private Task<WireResponse?> ReceiveAsync(WireRequest request, CancellationToken cancellation)
    {
        if (!request.Path.StartsWith(Prefix, StringComparison.Ordinal)) return Task.FromResult<WireResponse?>(null);
        var status = 404;
        if (request.Method == "PUT" && waiting.TryGetValue(request.Path[Prefix.Length..], out var answered))
        {
            try
            {
                status = JsonNode.Parse(request.Body) is JsonObject answer && answered.TrySetResult(answer) ? 200 : 400;
            }
            catch (JsonException)
            {
                status = 400;
            }
        }

        return Task.FromResult<WireResponse?>(new WireResponse(status, "", [], new Dictionary<string, string>()));
    }
}
