using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// A line per message on standard output, at once (the console writer does not buffer): <c>TIME REQUEST LEVEL MESSAGE</c>, tab-separated, or
/// a JSON object where the function's log format is JSON. Lines below the function's log level are left out.
/// </summary>
internal sealed class ConsoleLogger(TextWriter output, TimeProvider time, string requestId, string traceId) : ILambdaLogger
{
    private static readonly LogLevel Threshold = Parse(Environment.GetEnvironmentVariable(FunctionEnvironment.LogLevel)) ?? LogLevel.Information;

    private static readonly bool AsJson =
        string.Equals(Environment.GetEnvironmentVariable(FunctionEnvironment.LogFormat), "JSON", StringComparison.OrdinalIgnoreCase);

    public void Log(string message) => output.Write(message);

    public void LogLine(string message) => Write(LogLevel.Information, null, message);

    public void Log(string level, string message) => Write(Parse(level) ?? LogLevel.Information, null, message);

    public void Log(string level, string message, params object[] args) => Write(Parse(level) ?? LogLevel.Information, null, Fill(message, args));

    public void Log(string level, Exception exception, string message, params object[] args) =>
        Write(Parse(level) ?? LogLevel.Information, exception, Fill(message, args));

    private void Write(LogLevel level, Exception exception, string message)
    {
        if (level >= Threshold)
            output.WriteLine(AsJson ? Json(level, exception, message) : Text(level, exception, message));
    }

    private string Text(LogLevel level, Exception exception, string message)
    {
        var label = level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            LogLevel.Critical => "crit",
            _ => "info",
        };
        var text = string.IsNullOrEmpty(message) ? exception?.ToString() : exception is null ? message : $"{message}\n{exception}";
        return $"{Timestamp()}\t{requestId}\t{label}\t{text}";
    }

    private string Json(LogLevel level, Exception exception, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", Timestamp());
            writer.WriteString("level", level.ToString());
            writer.WriteString("requestId", requestId);
            if (traceId is not null)
                writer.WriteString("traceId", traceId);
            writer.WriteString("message", message);
            if (exception is not null)
            {
                writer.WriteString("errorType", exception.GetType().FullName);
                writer.WriteString("errorMessage", exception.Message);
                writer.WriteString("stackTrace", exception.StackTrace);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private string Timestamp() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    // Lambda's own names for two levels (warn, fatal) beside .NET's.
    private static LogLevel? Parse(string level) => level?.ToUpperInvariant() switch
    {
        "WARN" => LogLevel.Warning,
        "FATAL" => LogLevel.Critical,
        _ => Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed) ? parsed : null,
    };

    private static string Fill(string template, object[] args)
    {
        if (args is not { Length: > 0 } || template is null)
            return template;
        var text = new StringBuilder();
        var (next, at) = (0, 0);
        while (next < args.Length && template.IndexOf('{', at) is >= 0 and var open && template.IndexOf('}', open) is >= 0 and var close)
        {
            text.Append(template, at, open - at).Append(CultureInfo.InvariantCulture, $"{args[next++]}");
            at = close + 1;
        }
        return text.Append(template, at, template.Length - at).ToString();
    }
}
