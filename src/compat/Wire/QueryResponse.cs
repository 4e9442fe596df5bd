using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace BudgetSync.Compat.Wire;

/// <summary>
/// Reads one operation's answers of AWS Query: the XML below <c>…Result</c> as JSON of texts. An empty element is an absent member, as it is to the official
/// clients, whose lists stay null then.
/// </summary>
internal sealed class QueryResponse<TResponse>(JsonValue<TResponse> read, Func<ErrorDetails, AmazonServiceException> error) : XmlResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var root = XElement.Load(input.Stream);
        var result = root.Elements().FirstOrDefault(element => element.Name.LocalName.EndsWith("Result", StringComparison.Ordinal));
        if (result is null || !result.HasElements) return new TResponse();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) WriteStructure(json, result);
        var reader = new Utf8JsonReader(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        reader.Read();
        return read(ref reader);
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var root = XElement.Load(input.Stream);
        var type = Text("Type") == "Sender" ? ErrorType.Sender : Text("Type") == "Receiver" ? ErrorType.Receiver : ErrorType.Unknown;
        return error(new ErrorDetails(Text("Message") ?? "", innerException, type, Text("Code"), Text("RequestId") ?? "", statusCode, "{}"u8.ToArray()));

        string? Text(string name) => root.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    private static void WriteStructure(Utf8JsonWriter json, XElement element)
    {
        json.WriteStartObject();
        foreach (var member in element.Elements())
        {
            json.WritePropertyName(member.Name.LocalName);
            Write(json, member);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, XElement element)
    {
        if (!element.HasElements)
        {
            if (element.Value.Length == 0) json.WriteNullValue();
            else json.WriteStringValue(element.Value);
        }
        else if (element.Elements().All(item => item.Name.LocalName == "member"))
        {
            json.WriteStartArray();
            foreach (var item in element.Elements()) Write(json, item);
            json.WriteEndArray();
        }
        else if (element.Elements().All(IsEntry))
        {
            // A map (smithy.io, "AWS query protocol"): <entry><key>…</key><value>…</value></entry>.
            json.WriteStartObject();
            foreach (var entry in element.Elements())
            {
                json.WritePropertyName(Part(entry, "key")?.Value ?? "");
                if (Part(entry, "value") is { } value) Write(json, value);
                else json.WriteNullValue();
            }

            json.WriteEndObject();
        }
        else
        {
            WriteStructure(json, element);
        }
    }

    private static bool IsEntry(XElement element) => element.Name.LocalName == "entry" && Part(element, "key") is not null;

    private static XElement? Part(XElement entry, string name) => entry.Elements().FirstOrDefault(part => part.Name.LocalName == name);
}
