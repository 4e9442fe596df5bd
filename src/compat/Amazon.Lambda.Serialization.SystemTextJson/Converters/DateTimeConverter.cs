using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>Times as AWS events have them: ISO 8601 text, epoch seconds, or (past the year 5000 in seconds) epoch milliseconds.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    // Seconds from year 1 to year 5000, the bound the official converter uses: a greater number counts milliseconds (Kinesis).
    private const long LargestSeconds = 157_753_180_800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var time))
            return time;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var whole))
            return whole > LargestSeconds ? DateTime.UnixEpoch.AddMilliseconds(whole) : DateTime.UnixEpoch.AddSeconds(whole);
        if (reader.TokenType == JsonTokenType.Number)
            return DateTime.UnixEpoch.AddSeconds(reader.GetDouble());
        throw new JsonSerializerException($"{reader.TokenType} is not a time; times are ISO 8601 text or epoch seconds.");
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
