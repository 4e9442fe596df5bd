using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>What a destination is told about an asynchronous invocation.</summary>
/// <param name="Condition">Success, RetriesExhausted, EventAgeExceeded or ZeroReservedConcurrency.</param>
/// <param name="Result">Null where the code never ran.</param>
internal sealed record InvocationRecord(
    string RequestId,
    string FunctionArn,
    string Condition,
    int InvokeCount,
    byte[] Request,
    FunctionResult? Result,
    DateTimeOffset At)
{
    public bool IsSuccess => Condition == "Success";

    public JsonObject ToJson()
    {
        var record = new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = RequestId,
                ["functionArn"] = FunctionArn,
                ["condition"] = Condition,
                ["approximateInvokeCount"] = InvokeCount,
            },
            ["requestPayload"] = Read(Request),
        };
        if (Result is null) return record;
        var response = new JsonObject { ["statusCode"] = 200, ["executedVersion"] = "$LATEST" };
        if (Result.Error is not null) response["functionError"] = Result.Error;
        record["responseContext"] = response;
        record["responsePayload"] = Read(Result.Payload);
        return record;
    }

    private static JsonNode? Read(byte[] payload)
    {
        try
        {
            return payload.Length == 0 ? null : JsonNode.Parse(payload);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(payload);
        }
    }
}
