using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>AWS JSON 1.0 and 1.1 (smithy.io, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol"): a JSON object each way, errors by <c>__type</c>.</summary>
internal static class JsonProtocol
{
    /// <summary>A byte at a time instead of a bit: a scan's megabyte is summed on every page.</summary>
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value => CrcOf((uint)value))];

    /// <exception cref="AwsException">SerializationException: no JSON object, or text in it that is not well-formed Unicode.</exception>
    public static JsonObject ReadBody(byte[] body)
    {
        if (body.Length == 0) return [];
        try
        {
            return JsonText.Parse(body) as JsonObject ?? throw new AwsException("SerializationException", "The request body is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new AwsException("SerializationException", $"The request body is not JSON: {exception.Message}");
        }
    }

    public static WireResponse Success(AwsService service, JsonObject output, string requestId) => Respond(service, 200, output, requestId);

    /// <param name="service">Null where it is not known which the request was for.</param>
    public static WireResponse Error(AwsService? service, AwsException error, string requestId)
    {
        var body = error.Members is null ? [] : (JsonObject)error.Members.DeepClone();
        body["__type"] = service?.ErrorType(error.Code) ?? error.Code;
        // Services differ in the member's case; SDKs take either, and the official ones read both.
        body["message"] = error.Message;
        body["Message"] = error.Message;
        return Respond(
            service,
            error.Status,
            body,
            requestId,
            [KeyValuePair.Create("x-amzn-ErrorType", error.Code), .. service?.ErrorHeaders(error) ?? []]);
    }

    private static WireResponse Respond(
        AwsService? service,
        int status,
        JsonObject body,
        string requestId,
        params IEnumerable<KeyValuePair<string, string>> more)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amzn-RequestId"] = requestId };
        foreach (var (name, value) in more) headers[name] = value;
        var protocol = service?.Protocol ?? WireProtocol.Json11;
        // DynamoDB's clients check this sum of every answer. No other service sends it: that of SQS reads no body where none is to come, and refuses the sum.
        if (service?.SigningName == "dynamodb")
            headers["x-amz-crc32"] = Crc32(bytes).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new WireResponse(status, protocol == WireProtocol.Json10 ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1", bytes, headers);
    }

    internal static uint Crc32(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes) crc = (crc >> 8) ^ CrcTable[(crc ^ value) & 0xFF];
        return ~crc;
    }

    private static uint CrcOf(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
        return value;
    }
}
