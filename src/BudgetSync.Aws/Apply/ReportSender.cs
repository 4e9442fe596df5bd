using System.Text;
using System.Text.Json;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Apply;

/// <summary>
/// Sends a report as Lambda's destination would, where there is none: as the same event on the account's own bus, without the request. A request of
/// CloudFormation holds a presigned URL, and a destination would send it along.
/// Source of the shape: Lambda developer guide, "Capturing records of Lambda asynchronous invocations".
/// </summary>
/// <param name="events">Made when it is needed: a client costs start-up time, and no apply but a stack's own needs this one.</param>
/// <param name="functionArn">By which the rule that forwards reports knows the event.</param>
public sealed class ReportSender(Func<IAmazonEventBridge> events, string functionArn, AwsCaller caller, JsonLog log, TimeProvider time)
{
    private const string Source = "lambda";
    private const string DetailType = "Lambda Function Invocation Result - Success";

    /// <summary>Sends. A report that does not leave is only logged: the next apply reports again, and a stack must not fail for it.</summary>
    /// <param name="requestType">Of the custom resource: <c>Create</c>, <c>Update</c> or <c>Delete</c>.</param>
    public async Task SendAsync(string requestType, Report report, CancellationToken cancellation)
    {
        if (await PutAsync(requestType, ReportJson.Format(report), report.Revision, cancellation) && requestType == "Delete")
            await Pause.ForAsync(Limits.LastReportHeadStart, time, cancellation);
    }

    /// <summary>Sends what a look found, where its answer goes to whoever asked for it.</summary>
    public Task SendAsync(Report report, CancellationToken cancellation) => PutAsync(null, ReportJson.Format(report), report.Revision, cancellation);

    /// <summary>Sends what is to be said of models. A report that does not leave is only logged: the next one says the same.</summary>
    /// <returns>Whether it has left.</returns>
    public Task<bool> SendAsync(AiReport report, CancellationToken cancellation) => PutAsync(null, AiReportJson.Format(report), null, cancellation);

    private async Task<bool> PutAsync(string? requestType, string report, string? revision, CancellationToken cancellation)
    {
        var request = new PutEventsRequest
        {
            Entries = [new PutEventsRequestEntry { Source = Source, DetailType = DetailType, Resources = [functionArn], Detail = Detail(requestType, report) }],
        };
        try
        {
            var answer = await caller.CallAsync("events", "PutEvents", token => events().PutEventsAsync(request, token), cancellation);
            if (answer.FailedEntryCount is not > 0) return true;
            log.Error(LogEvent.ReportNotSent, null, revision, Redaction.Clean($"The default bus refused the report: {answer.Entries?[0].ErrorMessage}"));
        }
        catch (AwsFaultException refused)
        {
            log.Error(LogEvent.ReportNotSent, null, revision, refused.Fault.Reason);
        }

        return false;
    }

    private string Detail(string? requestType, string report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteString("timestamp", time.GetUtcNow());
            json.WriteStartObject("requestContext");
            json.WriteString("functionArn", functionArn);
            json.WriteString("condition", "Success");
            json.WriteEndObject();
            json.WriteStartObject("requestPayload");
            if (requestType is not null) json.WriteString("RequestType", requestType);
            json.WriteEndObject();
            json.WritePropertyName("responsePayload");
            json.WriteRawValue(report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
