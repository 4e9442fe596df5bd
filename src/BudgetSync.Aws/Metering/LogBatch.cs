using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;

namespace BudgetSync.Aws.Metering;

/// <summary>One event of a log, as CloudWatch Logs delivers it.</summary>
/// <param name="Id">Of the event, the same in every delivery.</param>
public sealed record DeliveredEvent(string Id, string Message);

/// <summary>
/// What a subscription of a log group brings: <c>{"awslogs":{"data":"base64 of gzip"}}</c> (CloudWatch Logs user guide, "Subscription filters with AWS
/// Lambda").
/// </summary>
/// <param name="IsControl">CloudWatch Logs only asks whether somebody is there.</param>
public sealed record LogBatch(string Group, bool IsControl, ImmutableArray<DeliveredEvent> Events)
{
    /// <summary>Null where the event is no such batch.</summary>
    /// <exception cref="ArgumentException">It is one, and cannot be read.</exception>
    public static LogBatch? TryRead(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("awslogs", out var logs)) return null;
        if (logs.ValueKind != JsonValueKind.Object || !logs.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.String
            || !data.TryGetBytesFromBase64(out var packed))
            throw new ArgumentException("awslogs.data is no base64.", nameof(root));
        try
        {
            using var document = JsonDocument.Parse(Unpack(packed), new JsonDocumentOptions { MaxDepth = 128 });
            return Read(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArgumentException($"awslogs.data cannot be read: {broken.Message}", nameof(root), broken);
        }
    }

    private static LogBatch Read(JsonElement batch) => new(
        batch.GetProperty("logGroup").GetString() ?? "",
        batch.GetProperty("messageType").GetString() == "CONTROL_MESSAGE",
        [
            .. batch.GetProperty("logEvents").EnumerateArray().Select(one =>
                new DeliveredEvent(one.GetProperty("id").GetString() ?? "", one.GetProperty("message").GetString() ?? "")),
        ]);

    private static ReadOnlyMemory<byte> Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = gzip.Read(buffer)) > 0;)
        {
            if (unpacked.Length + read > Limits.LogBatchBytes) throw new InvalidDataException($"it has more than {Limits.LogBatchBytes} bytes unpacked");
            unpacked.Write(buffer, 0, read);
        }

        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }
}
