using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// AWS Query (smithy.io, "AWS query protocol"): a form in (<see cref="QueryForm"/>), XML out. Lists are <c>&lt;member&gt;</c> out;
/// maps are <c>&lt;entry&gt;</c>, which <see cref="Map"/> writes.
/// </summary>
internal static class QueryProtocol
{
    private const string Entry = "entry";
    private const char NamedItem = '*';

    public static WireResponse Success(AwsService service, string operation, JsonObject output, string requestId)
    {
        XNamespace ns = service.XmlNamespace;
        var result = new XElement(ns + $"{operation}Result");
        foreach (var (name, value) in output) Write(result, ns, name, value);
        var response = new XElement(ns + $"{operation}Response", result, new XElement(ns + "ResponseMetadata", new XElement(ns + "RequestId", requestId)));
        return Respond(200, response, requestId);
    }

    public static WireResponse Error(AwsException error, string requestId)
    {
        var response = new XElement(
            "ErrorResponse",
            new XElement(
                "Error",
                new XElement("Type", error.Status < 500 ? "Sender" : "Receiver"),
                new XElement("Code", Code(error.Code)),
                new XElement("Message", Printable(error.Message))),
            new XElement("RequestId", requestId));
        return Respond(error.Status, response, requestId);
    }

    /// <summary>A list in an answer whose members the model gives a name in place of <c>member</c>.</summary>
    public static JsonObject List(string item, IEnumerable<JsonObject> items) => new() { [$"{NamedItem}{item}"] = new JsonArray([.. items]) };

    /// <summary>A map in an answer.</summary>
    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> entries) => new()
    {
        [Entry] = new JsonArray([.. entries.Select(entry => new JsonObject { ["key"] = entry.Key, ["value"] = entry.Value })]),
    };

    /// <summary>The Query services have names of their own for what is wrong with credentials (STS API reference, "Common Errors").</summary>
    internal static string Code(string code) => code switch
    {
        "MissingAuthenticationTokenException" => "MissingAuthenticationToken",
        "UnrecognizedClientException" => "InvalidClientTokenId",
        "ExpiredTokenException" => "ExpiredToken",
        "UnknownOperationException" => "InvalidAction",
        _ => code,
    };

    /// <param name="item">The name of a list's members.</param>
    internal static void Write(XElement parent, XNamespace ns, string name, JsonNode? value, string item = "member")
    {
        switch (value)
        {
            case null:
                return;
            case JsonArray entries when name == Entry:
                foreach (var entry in entries) Write(parent, ns, name, entry, item);
                return;
            case JsonArray named when name.StartsWith(NamedItem):
                foreach (var entry in named) Write(parent, ns, name[1..], entry, item);
                return;
            case JsonArray items:
                var list = new XElement(ns + name);
                foreach (var one in items) Write(list, ns, item, one, item);
                parent.Add(list);
                return;
            case JsonObject members:
                var element = new XElement(ns + name);
                foreach (var (key, member) in members) Write(element, ns, key, member, item);
                parent.Add(element);
                return;
            default:
                parent.Add(new XElement(ns + name, Printable(value.ToString())));
                return;
        }
    }

    internal static WireResponse Respond(int status, XElement body, string requestId) => new(
        status,
        "text/xml",
        Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)),
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amzn-RequestId"] = requestId });

    /// <summary>XML 1.0 has no way to write most control characters: a message that quotes one would be no answer at all.</summary>
    internal static string Printable(string text)
    {
        if (text.All(XmlConvert.IsXmlChar)) return text;
        var printable = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) printable.Append(text[i]).Append(text[++i]);
            else printable.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }

        return printable.ToString();
    }
}
