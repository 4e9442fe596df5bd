using System.Globalization;
using System.Text.Json;

namespace BudgetSync.Compat.Wire;

/// <summary>Values of the AWS JSON protocols, read and written without reflection. A reader stands on the value's first token.</summary>
public static class JsonValues
{
    /// <summary>Moves to the object's next property name; false at its end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves from a property name to its value; false where it is null, which the protocols take as absent.</summary>
    public static bool HasValue(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.Null;

    public static List<T> ReadList<T>(ref Utf8JsonReader reader, JsonValue<T> item)
    {
        var list = new List<T>();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            // A list of AWS Query whose members have a name of their own: an object that has it once for each.
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                reader.Read();
                list.Add(reader.TokenType == JsonTokenType.Null ? default! : item(ref reader));
            }

            return list;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(reader.TokenType == JsonTokenType.Null ? default! : item(ref reader));
        return list;
    }

    public static Dictionary<string, T> ReadMap<T>(ref Utf8JsonReader reader, JsonValue<T> value)
    {
        var map = new Dictionary<string, T>();
        while (NextProperty(ref reader))
        {
            var key = reader.GetString()!;
            if (HasValue(ref reader))
                map[key] = value(ref reader);
        }
        return map;
    }

    /// <summary>Epoch seconds, whole or with a fraction, or ISO 8601 text; always in UTC.</summary>
    public static DateTime ReadTime(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? DateTime.UnixEpoch.AddTicks((long)(reader.GetDecimal() * TimeSpan.TicksPerSecond))
        : DateTime.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    /// <summary>A number that travels as text, as amounts of money do.</summary>
    public static decimal ReadDecimal(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? reader.GetDecimal()
        : decimal.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Whole epoch seconds; a time of unspecified kind is taken as local, as official clients take it.</summary>
    public static void WriteTime(Utf8JsonWriter writer, DateTime value) =>
        writer.WriteNumberValue((long)Math.Round((value.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds));

    public static void WriteDecimal(Utf8JsonWriter writer, decimal value) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
