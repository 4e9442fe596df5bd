using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BudgetSync.Compat.Wire;

/// <summary>
/// A request as the form that AWS Query wants (smithy.io, "AWS query protocol"): members by their path, lists as <c>List.member.1</c>, or as
/// <c>List.Tag.1</c> where the model names the members so, which the JSON says with <c>{"List":{"#Tag":[…]}}</c>.
/// </summary>
internal static class QueryForm
{
    public static byte[] Of(string operation, string version, ReadOnlySpan<byte> json)
    {
        var form = new StringBuilder().Append("Action=").Append(operation).Append("&Version=").Append(version);
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        Append(form, "", document.RootElement);
        return Encoding.UTF8.GetBytes(form.ToString());
    }

    private static void Append(StringBuilder form, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (member.Name.StartsWith('#')) AppendItems(form, $"{path}.{member.Name[1..]}", member.Value);
                    else Append(form, path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value);
                }

                break;
            case JsonValueKind.Array:
                AppendItems(form, $"{path}.member", value);
                break;
            case JsonValueKind.String:
                form.Append('&').Append(path).Append('=').Append(Uri.EscapeDataString(value.GetString()!));
                break;
            default:
                form.Append('&').Append(path).Append('=').Append(value.GetRawText());
                break;
        }
    }

    private static void AppendItems(StringBuilder form, string path, JsonElement items)
    {
        var number = 0;
        foreach (var item in items.EnumerateArray()) Append(form, string.Create(CultureInfo.InvariantCulture, $"{path}.{++number}"), item);
    }
}
