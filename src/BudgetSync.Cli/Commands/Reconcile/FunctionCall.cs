using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Reconcile;

/// <summary>Invokes a function of the hub for a person, and says in words what went wrong.</summary>
internal static class FunctionCall
{
    /// <summary>A function may run for 15 minutes (Lambda quotas), and the answer comes only then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(16);

    /// <returns>The function's answer.</returns>
    /// <exception cref="CommandException">Lambda refused the call, or the function failed.</exception>
    public static async Task<byte[]> InvokeAsync(DeployedStack stack, string function, byte[] payload, CancellationToken cancellation)
    {
        var region = stack.Clients.Region;
        using var client = new HttpClient { Timeout = Patience };
        using var message = FunctionRequest.Of(stack.Clients, await stack.Clients.Signing.GetCredentialsAsync(), function, payload);
        try
        {
            using var answer = await client.SendAsync(message, cancellation);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            if (answer.IsSuccessStatusCode && !answer.Headers.Contains("X-Amz-Function-Error")) return body;
            var advice = answer.StatusCode != HttpStatusCode.NotFound ? ""
                : $"; {stack.WrongAccount ?? "deploy the management stack again, or name the function with --function"}.";
            throw new CommandException(
                $"{function} in {stack.Account} ({region.SystemName}) "
                    + $"{(answer.IsSuccessStatusCode ? "failed" : $"cannot be invoked: {(int)answer.StatusCode}")}: "
                    + Redaction.Clean(Said(body)) + advice);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(CallFailure.Silent(stack.Clients.FunctionsEndpoint.ToString(), Patience));
        }
    }

    /// <summary>Has a function take up now what is written already; where it cannot be called, that is said, and nothing is lost.</summary>
    /// <param name="otherwise">Who takes it up then: <c>the next round of BudgetSync-Respond takes it up</c>.</param>
    public static async Task TakeUpAsync(
        DeployedStack stack, string function, JsonObject request, string otherwise, ConsoleContext terminal, CancellationToken cancellation)
    {
        try
        {
            stack.Progress.Now($"waiting for {function}");
            await InvokeAsync(stack, function, Encoding.UTF8.GetBytes(request.ToJsonString()), cancellation);
        }
        catch (CommandException refused)
        {
            await terminal.Error.WriteLineAsync($"It is written down, and {otherwise}; now {refused.Message}");
        }
        finally
        {
            stack.Progress.Now("");
        }
    }

    /// <summary>
    /// The sentence in what Lambda refuses a call with (<c>{"Type":"User","Message":"no"}</c>); else all of it. Source: Lambda API reference, "Invoke".
    /// </summary>
    private static string Said(byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body) is JsonObject answer && (answer["Message"] ?? answer["message"] ?? answer["errorMessage"]) is JsonValue sentence)
                return sentence.ToString();
        }
        catch (JsonException)
        {
            // A proxy's page, for example: it is told as it is.
        }

        return Encoding.UTF8.GetString(body);
    }
}
