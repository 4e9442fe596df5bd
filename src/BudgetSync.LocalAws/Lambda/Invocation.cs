using System.Globalization;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>One invocation: an environment is taken, its code runs at most until the function's timeout, the environment is given back or killed.</summary>
internal sealed class Invocation(LocalCloud cloud, EnvironmentPool pool, Function function, EnvironmentFactory environments)
{
    public async Task<FunctionResult> RunAsync(byte[] payload, string requestId)
    {
        WarmEnvironment host;
        try
        {
            host = await pool.TakeAsync(function, () => environments.Create(function));
        }
        catch (AwsException refused)
        {
            return FunctionResult.Died("Runtime.InitError", refused.Message);
        }
#pragma warning disable CA1031 // What initialization throws is the function's error, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            function.Log.Add($"INIT_REPORT Status: error Error Type: {exception.GetType().Name} {exception.Message}");
            return FunctionResult.Thrown(exception) with { Reusable = false };
        }

        var result = await TimedAsync(host, payload, requestId);
        await pool.ReturnAsync(host, result.Reusable);
        return result;
    }

    private async Task<FunctionResult> TimedAsync(WarmEnvironment host, byte[] payload, string requestId)
    {
        var timeout = host.Definition.Timeout;
        using var ended = new CancellationTokenSource();
        var context = new InvocationContext(requestId, host.Definition.Arn, cloud.Time.GetUtcNow() + timeout)
        {
            TraceId = $"Root=1-{requestId}",
            Killed = host.Environment.Killed,
        };
        var run = host.Host.InvokeAsync(payload, context);
        if (await Task.WhenAny(run, Task.Delay(timeout, cloud.Time, ended.Token)) == run)
        {
#pragma warning disable CA1849 // CancelAsync would hop to the thread pool, and a stepped cloud never leaves its driver's thread.
            ended.Cancel();
#pragma warning restore CA1849
            var result = await run;
            if (result.Error is not null) function.Log.Add($"{requestId} {result.Error} {System.Text.Encoding.UTF8.GetString(result.Payload)}");
            return result.Payload.Length <= AwsLimits.Lambda.PayloadBytes
                ? result
                : FunctionResult.Died(
                    "Function.ResponseSizeTooLarge",
                    $"Response payload size ({result.Payload.Length} bytes) exceeded maximum "
                        + $"allowed payload size ({AwsLimits.Lambda.PayloadBytes} bytes).");
        }

        host.Environment.Kill();
        var message = string.Create(CultureInfo.InvariantCulture, $"RequestId: {requestId} Error: Task timed out after {timeout.TotalSeconds:F2} seconds");
        function.Log.Add(message);
        return FunctionResult.Died("Sandbox.Timedout", message);
    }
}
