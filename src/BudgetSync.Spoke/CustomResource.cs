using System.Net.Http.Headers;
using System.Text.Json;
using BudgetSync.Aws;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core;
using BudgetSync.Core.Reports;

namespace BudgetSync.Spoke;

/// <summary>
/// The stack's own custom resources: one runs the first apply when the stack comes or changes, the other removes our budgets when it goes. CloudFormation
/// waits up to an hour for an answer, so there always is one, also when the work failed.
/// </summary>
internal sealed class CustomResource(
    Applier applier,
    Func<RestrictionSettings, RestrictionExecutor> executor,
    ReportSender reports,
    HttpClient http,
    AwsCaller caller,
    AccountId account,
    JsonLog log)
{
    /// <exception cref="AwsFaultException">The work failed, which CloudFormation has been told, or the answer could not be sent.</exception>
    /// <returns>Null where the request asks for nothing: a removal that comes, a first apply that goes.</returns>
    public async Task<Report?> AnswerAsync(CustomResourceRequest request, CancellationToken cancellation)
    {
        if (request.IsOfRestrictions)
        {
            await LiftAsync(request, cancellation);
            return null;
        }

        if (request.IsRemoval != (request.Type == "Delete"))
        {
            await SendAsync(request, true, "There is nothing to do.", cancellation);
            return null;
        }

        Report report;
        try
        {
            report = request.Type == "Delete"
                ? await applier.RemoveAsync(cancellation)
                : await applier.ApplyAsync(Trigger.CustomResource, cancellation);
        }
        catch (Exception failure)
        {
            // What minutes may heal is no fault of the deployment either: Lambda runs us again, and FAILED would roll back a stack that is about to work.
            var heals = request.Type != "Delete" && failure is AwsFaultException;
            await SendAsync(request, heals, Redaction.Clean(failure.Message, Limits.CustomResourceReason), cancellation);
            throw;
        }

        // Before the answer: what CloudFormation deletes next is the report's way out.
        await reports.SendAsync(request.Type, report, cancellation);
        // A rejected or waiting row is no fault of the deployment: the report says it where people look for it. Budgets that a deletion left behind are.
        var succeeded = request.Type != "Delete" || report.Outcome is ReportOutcome.Applied or ReportOutcome.Pending;
        await SendAsync(
            request,
            succeeded,
            Redaction.Clean($"{report.Outcome}. {string.Join("; ", report.Reasons)}", Limits.CustomResourceReason),
            cancellation);
        return report;
    }

    /// <summary>
    /// Frees whom the policies bind that the stack is about to lose, and gives back what it stopped in regions that it leaves. What they are is said by the
    /// request: when the feature is switched off, this function's
    /// own settings name none any more.
    /// </summary>
    private async Task LiftAsync(CustomResourceRequest request, CancellationToken cancellation)
    {
        try
        {
            if (!request.LostPolicies.IsEmpty || !request.LostRegions.IsEmpty)
            {
                var lost = new RestrictionSettings(request.LostPolicies, []) { StopRegions = request.LostRegions };
                await executor(lost).CarryOutAsync([], caller.Now, cancellation);
            }
        }
        catch (AwsFaultException stuck)
        {
            await SendAsync(request, false, Redaction.Clean(stuck.Message, Limits.CustomResourceReason), cancellation);
            throw;
        }

        await SendAsync(request, true, "No role or user is bound any more by a policy that goes, and what was stopped is started.", cancellation);
    }

    private async Task SendAsync(CustomResourceRequest request, bool succeeded, string reason, CancellationToken cancellation)
    {
        var body = Body(request, account, succeeded, reason);
        await caller.CallAsync(
            "cloudformation",
            "CustomResourceResponse",
            async token =>
            {
                // The URL is presigned for a PUT without a content type; one would break its signature.
                using var message = new HttpRequestMessage(HttpMethod.Put, request.ResponseUrl) { Content = new ByteArrayContent(body) };
                message.Content.Headers.ContentType = (MediaTypeHeaderValue?)null;
                using var answer = await http.SendAsync(message, token);
                answer.EnsureSuccessStatusCode();
                return true;
            },
            cancellation);
        log.Info(LogEvent.CustomResourceAnswered, account.Value, null, $"{request.Type}: CloudFormation was told {(succeeded ? "SUCCESS" : "FAILED")}.");
    }

    private static byte[] Body(CustomResourceRequest request, AccountId account, bool succeeded, string reason)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Status", succeeded ? "SUCCESS" : "FAILED");
            json.WriteString("Reason", reason);
            // The id stays what it was: another one would make CloudFormation delete the old resource, and our budgets with it.
            json.WriteString("PhysicalResourceId", request.PhysicalResourceId ?? $"BudgetSync-{request.LogicalResourceId}");
            json.WriteString("StackId", request.StackId);
            json.WriteString("RequestId", request.RequestId);
            json.WriteString("LogicalResourceId", request.LogicalResourceId);
            // The template's schedule of looks reads it.
            json.WriteStartObject("Data");
            json.WriteString("LookSchedule", LookSchedule.Of(account, request.LookEvery));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
