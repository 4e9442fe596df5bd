using System.Text.Json;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Logging;

/// <summary>
/// The log: one JSON object a line, always with event id, account and revision where there are any, never with an e-mail address.
/// Lines are written raw: Lambda's JSON log format would wrap what Console.WriteLine writes, and metrics in it would be lost.
/// </summary>
/// <param name="output">Where lines go; null writes none (functions hosted in-process by the hundred).</param>
public sealed class JsonLog(Stream? output, TimeProvider time)
{
    private readonly Lock gate = new();

    /// <summary>A log that writes nowhere.</summary>
    public static JsonLog Silent { get; } = new(null, TimeProvider.System);

    /// <summary>Writes one event.</summary>
    /// <param name="account">The account it is about, or a row's key; null where it is about none.</param>
    /// <param name="message">A sentence; texts from outside have been through <see cref="Redaction"/>.</param>
    public void Write(LogEvent kind, string level, string? account, string? revision, string message, long? count = null, double? milliseconds = null)
    {
        if (output is null) return;
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow());
            json.WriteString("level", level);
            json.WriteNumber("eventId", (int)kind);
            json.WriteString("event", kind.ToString());
            if (account is not null) json.WriteString("account", account);
            if (revision is not null) json.WriteString("revision", revision);
            if (count is { } number) json.WriteNumber("count", number);
            if (milliseconds is { } duration) json.WriteNumber("milliseconds", Math.Round(duration, 3));
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        WriteRaw(buffer);
    }

    public void Info(LogEvent kind, string? account, string? revision, string message) => Write(kind, "Information", account, revision, message);

    public void Warn(LogEvent kind, string? account, string? revision, string message) => Write(kind, "Warning", account, revision, message);

    public void Error(LogEvent kind, string? account, string? revision, string message) => Write(kind, "Error", account, revision, message);

    /// <summary>An AWS error that the table does not know: retried as our best guess, and loud, so that a row gets written for it.</summary>
    public void UnknownFault(AwsFault fault) =>
        Error(LogEvent.UnknownFault, null, null, $"{fault.Reason} This error is not in the fault table; it is being retried as a guess. Add a row for it.");

    /// <summary>Writes a line that is JSON already, as embedded metrics are.</summary>
    public void Raw(ReadOnlySpan<byte> line)
    {
        if (output is null) return;
        using var buffer = new MemoryStream(line.Length + 1);
        buffer.Write(line);
        WriteRaw(buffer);
    }

    private void WriteRaw(MemoryStream line)
    {
        line.WriteByte((byte)'\n');
        lock (gate)
        {
            // A single write per line: lines of parallel accounts must not mix.
            output!.Write(line.GetBuffer(), 0, (int)line.Length); // Not null: both callers return first where it is.
            output.Flush();
        }
    }
}
