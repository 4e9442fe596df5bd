using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Spokes;

/// <summary>
/// Asks a spoke's functions themselves, by the role that only the hub may assume: what Lambda answers to an invocation comes from the function and from nobody
/// else, which cannot be said of an event.
/// </summary>
public sealed class SpokeQuestion(SpokeSessions sessions, AwsClients clients, AwsCaller caller)
{
    private const string ApplyFunction = "BudgetSync-Apply";

    private const string MeterFunction = "BudgetSync-Meter";

    private const string WayOut = "deploy its stack with respond=true where it is older";

    /// <summary>A look, which also carries out what the parameter asks for, and sends the event that every look sends.</summary>
    private static readonly byte[] Look = Encoding.UTF8.GetBytes("""{"look":true,"because":"hub"}""");

    /// <param name="models">Whether its Meter is asked too.</param>
    /// <returns>What they say, and what AWS says is not there where nobody can be asked.</returns>
    public async Task<(SpokeWord Word, SpokeAbsence Absence)> AskAsync(AccountId account, bool models, CancellationToken cancellation)
    {
        try
        {
            if (await InvokeAsync(account, ApplyFunction, ReadReport, cancellation) is not { } report)
                return (new SpokeWord.Silent($"{ApplyFunction} answered with something that is no report"), SpokeAbsence.None);
            return (new SpokeWord.Said(report, models ? await MeteredAsync(account, cancellation) : null), SpokeAbsence.None);
        }
        catch (AwsFaultException refused)
        {
            sessions.Drop(account);
            if (refused.Fault.Kind != FaultKind.Blocked) return (new SpokeWord.Silent(refused.Fault.Reason), SpokeAbsence.None);
            // Only the role's absence is that of the whole stack: an older one has the role, and its functions may not be asked.
            var absence = refused.Fault.Service == "sts" ? SpokeAbsence.OfRole : SpokeAbsence.OfFunction;
            return (new SpokeWord.Silent($"{refused.Fault.Reason}; {WayOut}"), absence);
        }
    }

    /// <summary>Null also where Meter cannot be asked: what Apply has said counts all the same.</summary>
    private async Task<AiReport?> MeteredAsync(AccountId account, CancellationToken cancellation)
    {
        try
        {
            return await InvokeAsync(account, MeterFunction, AiReportJson.Read, cancellation);
        }
        catch (AwsFaultException)
        {
            return null;
        }
    }

    private async Task<T?> InvokeAsync<T>(AccountId account, string function, Func<JsonElement, T?> read, CancellationToken cancellation)
        where T : class
    {
        var keys = await sessions.CredentialsAsync(account, cancellation);
        var body = await caller.CallAsync("lambda", "Invoke", token => SendAsync(keys, function, token), cancellation);
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            // Empty, nested too deeply, or none: the function is the account's, and may have been replaced.
            return null;
        }
    }

    private async Task<byte[]> SendAsync(ImmutableCredentials keys, string function, CancellationToken cancellation)
    {
        using var message = FunctionRequest.Of(clients, keys, function, Look);
        using var answer = await AnswerAsync(message, function, cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        var failure = answer.Headers.TryGetValues("X-Amz-Function-Error", out var errors) ? string.Join(", ", errors) : null;
        if (answer.IsSuccessStatusCode && failure is null) return body;
        var code = answer.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First().Split(':')[0] : null;
        var said = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, Limits.FaultTextBytes)));
        throw failure is not null
            // It ran to an error, which moments do not heal: it is asked again with the next round.
            ? new AmazonServiceException($"{function} failed ({failure}): {said}") { ErrorCode = "FunctionError", StatusCode = answer.StatusCode }
            : new AmazonServiceException(said) { ErrorCode = code, StatusCode = answer.StatusCode };
    }

    /// <summary>A function that hangs is asked once: each try more would be a look more, and the time of the round.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage message, string function, CancellationToken cancellation)
    {
        try
        {
            return await clients.PatientHttp.SendAsync(message, cancellation);
        }
        catch (TaskCanceledException late) when (late.InnerException is TimeoutException)
        {
            var said = $"{function} did not answer within {Limits.AnswerTimeout.TotalSeconds} seconds";
            throw new AmazonServiceException(said, late) { ErrorCode = "FunctionError" };
        }
    }

    private static Report? ReadReport(JsonElement body) => ReportJson.Read(body) is ParsedReport.Read(var report) ? report : null;
}
