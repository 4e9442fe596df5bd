using System.Globalization;
using System.Text.Json;
using BudgetSync.Aws.Apply;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Collect;

/// <summary>
/// What an event on the management bus turned out to be. Source: Lambda developer guide, "Capturing records of Lambda asynchronous invocations".
/// </summary>
public abstract record DestinationEvent
{
    private DestinationEvent()
    {
    }

    /// <param name="Deployed">The report is of a stack that was just created or updated: the spoke may have been unreachable until now.</param>
    public sealed record Reported(AccountId Account, Report Report, bool Deployed) : DestinationEvent;

    /// <summary>A spoke's Meter told of its models.</summary>
    public sealed record Metered(AccountId Account, AiReport Report) : DestinationEvent;

    /// <summary>Apply threw, timed out, was killed, or never ran: there is no report, only what Lambda says.</summary>
    /// <param name="Look">It was to look only, and had nothing to change.</param>
    public sealed record Crashed(AccountId Account, string Reason, DateTimeOffset At, bool Look = false) : DestinationEvent;

    /// <summary>Nothing of ours, or nothing that can be read.</summary>
    public sealed record Ignored(string Why) : DestinationEvent;

    /// <summary>Never throws: what arrives on the bus may be anything.</summary>
    public static DestinationEvent Parse(JsonElement @event)
    {
        if (Text(@event, "source") != "lambda"
            || Text(@event, "detail-type") is not { } kind
            || !kind.StartsWith("Lambda Function Invocation Result", StringComparison.Ordinal))
            return new Ignored(
                $"An event of source \"{Text(@event, "source")}\" and detail-type \"{Text(@event, "detail-type")}\" is no invocation result: ignored.");
        if (!AccountId.TryParse(Text(@event, "account"), out var account))
            return new Ignored("An invocation result without a 12-digit account: ignored.");
        var detail = Member(@event, "detail");
        var payload = detail is { } present ? Member(present, "responsePayload") : null;
        var response = detail is { } details ? Member(details, "responseContext") : null;
        var error = response is { } context ? Text(context, "functionError") : null;
        if (IsOfMeter(detail) && error is not null)
            return new Ignored($"The Meter function of account {account} failed ({error}); Lambda runs it again, and keeps what it could not do.");
        if (error is null && kind.EndsWith("Success", StringComparison.Ordinal) && payload is { } body)
        {
            if (AiReportJson.Is(body))
            {
                return AiReportJson.Read(body) is { } models
                    ? new Metered(account, models)
                    : new Ignored($"Account {account} reported something of its models that is no report.");
            }

            return ReportJson.Read(body) switch
            {
                ParsedReport.Read(var report) => new Reported(account, report, IsDeployment(detail)),
                ParsedReport.Malformed(var reason) => new Ignored($"Account {account} reported something that is no report: {reason}."),
                _ => throw new InvalidOperationException("A report is read or malformed."),
            };
        }

        return new Crashed(account, WhatFailed(detail, payload, error), Time(@event), IsLook(detail));
    }

    private static bool IsOfMeter(JsonElement? detail) =>
        detail is { } present
        && Member(present, "requestContext") is { } context
        && Text(context, "functionArn")?.Contains($":function:{MeterFunction}", StringComparison.Ordinal) is true;

    /// <summary>The function of a spoke that meters models.</summary>
    public const string MeterFunction = "BudgetSync-Meter";

    /// <summary>Whether the invocation was the schedule's or an alert's, to look (LookRequest of Apply reads the same).</summary>
    private static bool IsLook(JsonElement? detail) =>
        detail is { } present && Member(present, "requestPayload") is { } request && LookRequest.TryParse(request) is not null;

    /// <summary>Whether the invocation was CloudFormation's, for a stack that comes or changes. One that goes must be left in peace.</summary>
    private static bool IsDeployment(JsonElement? detail) =>
        detail is { } present && Member(present, "requestPayload") is { } request && Text(request, "RequestType") is "Create" or "Update";

    private static string WhatFailed(JsonElement? detail, JsonElement? payload, string? error)
    {
        var request = detail is { } present ? Member(present, "requestContext") : null;
        var condition = request is { } context ? Text(context, "condition") : null;
        var thrown = payload is { } body ? $"{Text(body, "errorType")}: {Text(body, "errorMessage")}" : "no answer at all";
        return $"the Apply function failed ({condition ?? "no condition given"}, {error ?? "no function error"}): {thrown}";
    }

    private static DateTimeOffset Time(JsonElement @event) =>
        DateTimeOffset.TryParse(Text(@event, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.UnixEpoch;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
