using System.Net.Http.Headers;
using System.Text.Json;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;

namespace BudgetSync.Aws.Hosting;

/// <summary>
/// What CloudFormation is told of a custom resource, by a PUT to the URL of its request. CloudFormation waits up to an hour for it, so there always is one.
/// </summary>
/// <param name="account">Whose function answers, for its log; null where it does not know.</param>
public sealed class CustomResourceAnswer(HttpClient http, AwsCaller caller, string? account, JsonLog log)
{
    /// <param name="reason">As <see cref="Redaction.Clean"/> leaves it.</param>
    /// <param name="values">What the template may read of the resource (Fn::GetAtt).</param>
    /// <exception cref="AwsFaultException">The answer could not be sent.</exception>
    public async Task SendAsync(
        CustomResourceRequest request, bool succeeded, string reason, IReadOnlyDictionary<string, string> values, CancellationToken cancellation)
    {
        var body = Body(request, succeeded, reason, values);
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
        log.Info(LogEvent.CustomResourceAnswered, account, null, $"{request.Type}: CloudFormation was told {(succeeded ? "SUCCESS" : "FAILED")}.");
    }

    private static byte[] Body(CustomResourceRequest request, bool succeeded, string reason, IReadOnlyDictionary<string, string> values)
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
            json.WriteStartObject("Data");
            foreach (var (name, value) in values) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
