using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>
/// Records of Bedrock's model invocation log in a file: a record a line, as Bedrock leaves them in a bucket, packed with gzip or not; or what
/// <c>aws logs filter-log-events</c> prints; or a list of records.
/// </summary>
/// <param name="name">What messages call the file.</param>
internal sealed class InvocationLogFile(string name, Action<InvocationRecord> found)
{
    /// <summary>Far more than a record has, which is cut at 100 KB (Bedrock user guide, "Model invocation logging").</summary>
    private const int LongestLine = 16 * 1024 * 1024;

    /// <summary>What is no file of lines is read at once.</summary>
    private const int LongestDocument = 256 * 1024 * 1024;

    private const int ToldProblems = 20;

    /// <summary>What callers wrote may stand in a record, nested as they like (<see cref="InvocationRecordReader"/>).</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 10_000 };

    private readonly List<string> problems = [];

    /// <summary>Records that could not be read.</summary>
    public long Unread { get; private set; }

    /// <summary>Why, of the first of them.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <exception cref="CommandException">The file cannot be read, or is none of these.</exception>
    public async Task ReadAsync(Stream file, CancellationToken cancellation)
    {
        var packed = PipeReader.Create(file);
        var start = (await packed.ReadAtLeastAsync(2, cancellation)).Buffer;
        var isGzip = start.Length >= 2 && start.FirstSpan is [0x1F, 0x8B, ..];
        packed.AdvanceTo(start.Start);
        await using var raw = packed.AsStream();
        await using Stream plain = isGzip ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        try
        {
            await ReadLinesAsync(PipeReader.Create(plain, new StreamPipeReaderOptions(bufferSize: 64 * 1024)), cancellation);
        }
        catch (InvalidDataException)
        {
            throw new CommandException($"{name}: is no whole gzip file; was it cut on its way?");
        }
    }

    private async Task ReadLinesAsync(PipeReader reader, CancellationToken cancellation)
    {
        for (var line = 1; ;)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (TryCut(ref buffer, read.IsCompleted, out var text))
            {
                if (IsBlank(text))
                {
                    line++;
                    continue;
                }

                if (TryParse(text) is { } document)
                {
                    using (document) TakeText(document.RootElement, $"line {line}");
                }
                else if (line == 1)
                {
                    await ReadDocumentAsync(reader, text.ToArray(), buffer, read.IsCompleted, cancellation);
                    return;
                }
                else
                {
                    Refuse($"line {line}", "is no JSON");
                }

                line++;
            }

            if (buffer.Length > LongestLine)
                throw new CommandException($"{name}: line {line} is longer than {Number.Of(LongestLine)} bytes; is it the right file?");
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return;
        }
    }

    /// <summary>JSON over several lines.</summary>
    private async Task ReadDocumentAsync(PipeReader reader, byte[] first, ReadOnlySequence<byte> rest, bool completed, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        all.Write(first);
        all.WriteByte((byte)'\n');
        while (true)
        {
            foreach (var part in rest) all.Write(part.Span);
            if (all.Length > LongestDocument)
                throw new CommandException(
                    $"{name}: is one piece of JSON of more than {Number.Of(LongestDocument)} bytes; write a record a line (jq -c '.[]')");
            reader.AdvanceTo(rest.End);
            if (completed) break;
            var read = await reader.ReadAsync(cancellation);
            (rest, completed) = (read.Buffer, read.IsCompleted);
        }

        try
        {
            using var document = JsonDocument.Parse(all.GetBuffer().AsMemory(0, (int)all.Length), Options);
            TakeText(document.RootElement, "");
        }
        catch (JsonException exception)
        {
            throw new CommandException(Printable.Line($"{name}: is no JSON, neither whole nor a line at a time: {exception.Message}"));
        }
    }

    private void TakeText(JsonElement element, string place)
    {
        try
        {
            Take(element, place);
        }
        catch (InvalidOperationException)
        {
            // Names are read to compare them, and one such as "\ud800" is no text.
            Refuse(place, "holds half a character (a lone surrogate)");
        }
    }

    private void Take(JsonElement element, string place)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var number = 0;
            foreach (var item in element.EnumerateArray()) Take(item, $"{place} record {++number}".Trim());
            return;
        }

        if (Events(element) is { } events)
        {
            var number = 0;
            foreach (var item in events.EnumerateArray()) TakeEvent(item, $"{place} event {++number}".Trim());
            return;
        }

        if (InvocationRecordReader.Read(element, out var why) is { } one) found(one);
        else Refuse(place, why);
    }

    private void TakeEvent(JsonElement item, string place)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.String)
            Refuse(place, "has no message");
        else if (InvocationRecordReader.Read(message.GetString() ?? "", out var why) is { } record) found(record);
        else Refuse(place, why);
    }

    /// <summary>Of filter-log-events, or of a subscription.</summary>
    private static JsonElement? Events(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && (element.TryGetProperty("events", out var events) || element.TryGetProperty("logEvents", out events))
        && events.ValueKind == JsonValueKind.Array
            ? events
            : null;

    private void Refuse(string place, string problem)
    {
        Unread++;
        if (problems.Count < ToldProblems) problems.Add(place.Length == 0 ? $"{name}: {problem}" : $"{name}: {place}: {problem}");
    }

    private static bool TryCut(ref ReadOnlySequence<byte> buffer, bool completed, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!completed || buffer.IsEmpty) return false;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.IndexOfAnyExcept(" \t\r"u8) >= 0) return false;
        }

        return true;
    }

    private static JsonDocument? TryParse(ReadOnlySequence<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
