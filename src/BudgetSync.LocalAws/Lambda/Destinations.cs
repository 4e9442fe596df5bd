using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// Sends the results of asynchronous invocations where their functions want them, as the function's role: without its permission nothing arrives.
/// </summary>
internal sealed class Destinations(LocalCloud cloud)
{
    private const int MaximumAttempts = 5;

    private int failures;

    public int Failures => failures;

    public void Send(FunctionDefinition function, string? destination, InvocationRecord record)
    {
        if (destination is not null) Post(function, destination, record, attempt: 1, TimeSpan.Zero);
    }

    private void Post(FunctionDefinition function, string destination, InvocationRecord record, int attempt, TimeSpan delay) =>
        cloud.Work.PostAfter($"destination {function.AccountId} {function.Name} -> {destination}", delay, async () =>
        {
            try
            {
                await SendAsync(function, destination, record);
            }
            catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
            {
                var final =
                    trouble is AwsException
                    {
                        Code: "AccessDenied"
                        or "AccessDeniedException"
                        or "AuthorizationError"
                        or "ResourceNotFoundException"
                        or "QueueDoesNotExist"
                        or "NotFound"
                    };
                if (final || attempt == MaximumAttempts) Interlocked.Increment(ref failures);
                else Post(function, destination, record, attempt + 1, TimeSpan.FromSeconds(attempt));
            }
        });

    private Task SendAsync(FunctionDefinition function, string destination, InvocationRecord record)
    {
        var caller = EnvironmentFactory.CallerOf(function);
        return Arn.ServiceOf(destination) switch
        {
            "sqs" => cloud.Sqs.SendAsync(caller, destination, record.ToJson().ToJsonString(), null, CancellationToken.None),
            "sns" => cloud.Sns.PublishAsync(caller, destination, record.ToJson().ToJsonString(), CancellationToken.None),
            "lambda" => cloud.Lambda.InvokeEventAsync(caller, destination, record.ToJson().ToJsonString(), CancellationToken.None),
            _ => cloud.EventBridge.PutEventAsync(caller, Entry(destination, record), CancellationToken.None),
        };
    }

    private static JsonObject Entry(string busArn, InvocationRecord record) => new()
    {
        ["Source"] = "lambda",
        ["DetailType"] = $"Lambda Function Invocation Result - {(record.IsSuccess ? "Success" : "Failure")}",
        ["Detail"] = record.ToJson().ToJsonString(),
        ["EventBusName"] = busArn,
        ["Resources"] = new JsonArray(busArn, record.FunctionArn),
    };
}
