using System.Buffers;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// An exception as the Runtime API takes it: <c>errorType</c>, <c>errorMessage</c>, <c>stackTrace</c>, and its inner ones as <c>cause</c> and
/// <c>causes</c>.
/// </summary>
internal static class ErrorReport
{
    // The size official clients keep to, well under the 6 MB of a response.
    private const int MaximumBytes = 256 * 1024;

    // Deeper chains than this say nothing new.
    private const int MaximumDepth = 16;

    public static byte[] Write(Exception exception)
    {
        var whole = Bytes(exception, withStackTrace: true);
        if (whole.Length <= MaximumBytes)
            return whole;
        var short_ = Bytes(exception, withStackTrace: false);
        return short_.Length <= MaximumBytes ? short_ : TooLarge(exception);
    }

    private static byte[] Bytes(Exception exception, bool withStackTrace)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, exception, withStackTrace, depth: 0);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Exception exception, bool withStackTrace, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", exception.GetType().Name);
        writer.WriteString("errorMessage", exception.Message);
        if (withStackTrace && exception.StackTrace is { } trace)
        {
            writer.WriteStartArray("stackTrace");
            foreach (var line in trace.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                writer.WriteStringValue(line);
            writer.WriteEndArray();
        }
        if (exception.InnerException is { } inner && depth < MaximumDepth)
        {
            writer.WritePropertyName("cause");
            Write(writer, inner, withStackTrace, depth + 1);
        }
        if (exception is AggregateException several && depth < MaximumDepth)
        {
            writer.WriteStartArray("causes");
            foreach (var one in several.InnerExceptions)
                Write(writer, one, withStackTrace, depth + 1);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static byte[] TooLarge(Exception exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("errorType", exception.GetType().Name);
            writer.WriteString("errorMessage", "Exception exceeded maximum payload size of 256KB.");
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
