using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <content>What is sent, as whom, and what the dead-letter queue gets.</content>
internal sealed partial class DeliveryRun
{
    /// <summary>Who puts the event on the other bus: the target's role, or without one the rule's account itself.</summary>
    private Caller Sender(Rule rule, RuleTarget target)
    {
        if (target.RoleArn is not { } roleArn) return Caller.Root(rule.AccountId);
        var service = Caller.Service("events.amazonaws.com", rule.AccountId, rule.Arn);
        if (cloud.Iam.FindRole(roleArn) is not { } role
            || role.AccountId != rule.AccountId
            || !cloud.Iam.MayAssume(
                service,
                role,
                System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<string>>.Empty))
            throw AccessDenied.Of("events", $"events.amazonaws.com cannot assume {roleArn} for the rule {rule.Name} of account {rule.AccountId}");
        return new Caller(role.AccountId, role.Arn, $"arn:aws:sts::{role.AccountId}:assumed-role/{role.Definition.Name}/events");
    }

    /// <summary>Only what JSON must escape is escaped; LocalStack's test_events_inputs.snapshot.json, recorded of AWS, has a text as <c>"baz"</c>.</summary>
    private static readonly System.Text.Json.JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Payload(RuleTarget target, JsonObject occurrence)
    {
        if (target.Input is { } constant) return constant;
        if (target.InputPath is null or "$") return occurrence.ToJsonString();
        return InputPath.Parse(target.InputPath).Of(occurrence)?.ToJsonString(Readable) ?? "null";
    }

    /// <summary>As seen in dead-letter queues for an endpoint that did not answer, and a service whose connection broke.</summary>
    private const string ClientError = "SDK_CLIENT_ERROR";

    private static JsonObject Attribute(string value) => new() { ["DataType"] = "String", ["StringValue"] = value };

    private async Task DeadLetterAsync(Rule rule, RuleTarget target, JsonObject occurrence, string code, string message, string? exhausted, int retries)
    {
        if (target.DeadLetterArn is not { } queue) return;
        var attributes = new JsonObject
        {
            ["RULE_ARN"] = Attribute(rule.Arn),
            ["TARGET_ARN"] = Attribute(target.Arn),
            ["ERROR_CODE"] = Attribute(code),
            ["ERROR_MESSAGE"] = Attribute(message),
            ["RETRY_ATTEMPTS"] = Attribute(retries.ToString(CultureInfo.InvariantCulture)),
        };
        if (exhausted is not null) attributes["EXHAUSTED_RETRY_CONDITION"] = Attribute(exhausted);
        try
        {
            await cloud.Sqs.SendAsync(
                Caller.Service("events.amazonaws.com", rule.AccountId, rule.Arn),
                queue,
                Payload(target, occurrence),
                attributes,
                CancellationToken.None);
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            // There is no queue left to tell: AWS counts the event in InvocationsFailedToBeSentToDlq, and it is gone.
            cloud.EventBridge.CountLost();
        }
    }
}
