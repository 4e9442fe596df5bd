using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// AWS Query (smithy.io, "AWS query protocol"): a form in, XML out. Lists are <c>Name.member.N</c> in and <c>&lt;member&gt;</c> out;
/// maps are not needed here.
/// </summary>
internal static class QueryProtocol
{
    /// <summary>The form as nested JSON: <c>Tags.member.1.Key=a</c> becomes <c>{"Tags":[{"Key":"a"}]}</c>; every leaf is a string.</summary>
    public static JsonObject ReadForm(WireRequest request)
    {
        var root = new JsonObject();
        if (request.Header("Content-Type") is not { } type || !type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return root;
        foreach (var pair in Encoding.UTF8.GetString(request.Body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            Put(root, name.Split('.'), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }

        return root;
    }

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
            new XElement("Error", new XElement("Type", error.Status < 500 ? "Sender" : "Receiver"), new XElement("Code", error.Code), new XElement("Message", error.Message)),
            new XElement("RequestId", requestId));
        return Respond(error.Status, response, requestId);
    }

    private static void Put(JsonObject target, string[] path, string value)
    {
        // Query forms arrive with list members in order, so appending by index is enough.
        JsonNode node = target;
        for (var i = 0; i < path.Length; i++)
        {
            var last = i == path.Length - 1;
            if (node is JsonArray array)
            {
                var index = int.Parse(path[i], CultureInfo.InvariantCulture) - 1;
                while (array.Count <= index) array.Add(null);
                if (last) array[index] = value;
                else node = array[index] ??= new JsonObject();
                continue;
            }

            var members = (JsonObject)node;
            var isList = !last && path[i + 1] == "member";
            if (last) members[path[i]] = value;
            else node = members[path[i]] ??= isList ? new JsonArray() : new JsonObject();
            if (isList) i++;
        }
    }

    private static void Write(XElement parent, XNamespace ns, string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
                return;
            case JsonArray items:
                var list = new XElement(ns + name);
                foreach (var item in items) Write(list, ns, "member", item);
                parent.Add(list);
                return;
            case JsonObject members:
                var element = new XElement(ns + name);
                foreach (var (key, member) in members) Write(element, ns, key, member);
                parent.Add(element);
                return;
            default:
                parent.Add(new XElement(ns + name, value.ToString()));
                return;
        }
    }

    private static WireResponse Respond(int status, XElement body, string requestId) =>
        new(status, "text/xml", Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amzn-RequestId"] = requestId });

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
