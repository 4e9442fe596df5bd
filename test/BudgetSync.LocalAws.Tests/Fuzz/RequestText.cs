using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>A request as it goes over the wire, in the protocol of its service.</summary>
internal static class RequestText
{
    public const string FormType = "application/x-www-form-urlencoded";

    public static WireRequest Of(FuzzedOperation operation, JsonObject input, string account) => operation.Of.Protocol switch
    {
        WireProtocol.Query or WireProtocol.Ec2Query => Of(operation, Form(operation, input), account),
        WireProtocol.RestJson when operation.Of is BedrockService => RestJson(operation, input, account),
        WireProtocol.RestJson => Rest(operation, input, account),
        WireProtocol.RestXml => RestXml(operation, input, account),
        _ => Of(operation, input.ToJsonString(), account),
    };

    /// <summary>A request with this body, well-formed or not.</summary>
    public static WireRequest Of(FuzzedOperation operation, string body, string account) => Of(operation, Encoding.UTF8.GetBytes(body), account);

    /// <inheritdoc cref="Of(FuzzedOperation, string, string)"/>
    public static WireRequest Of(FuzzedOperation operation, byte[] body, string account)
    {
        var (method, path) = operation.Place();
        var headers = Signed(operation, account);
        if (operation.Of.Protocol is WireProtocol.Query or WireProtocol.Ec2Query)
        {
            headers["Content-Type"] = FormType;
        }
        else if (operation.Of.Protocol is not (WireProtocol.RestJson or WireProtocol.RestXml))
        {
            headers["Content-Type"] = "application/x-amz-json-1.1";
            headers["X-Amz-Target"] = $"{operation.Of.TargetPrefix}.{operation.Operation.Name}";
        }

        path = path.Replace("{FunctionName}", "function", StringComparison.Ordinal)
            .Replace("{Bucket}", "pages-bucket", StringComparison.Ordinal)
            .Replace("{Key}", "page", StringComparison.Ordinal)
            .Replace("{inferenceProfileIdentifier}", "ab12cd34ef56", StringComparison.Ordinal);
        return new WireRequest(method, path, headers, body);
    }

    /// <summary>Names and values of a form, as AWS Query writes lists and maps, and EC2 lists; what is a map the shape says.</summary>
    private static string Form(FuzzedOperation operation, JsonObject input)
    {
        var pairs = new List<(string Name, string Value)> { ("Action", operation.Operation.Name), ("Version", operation.Of.QueryVersion) };
        var member = operation.Of.Protocol == WireProtocol.Ec2Query ? "" : ".member";
        foreach (var (name, value) in input) Add(pairs, name, value, MemberOf(operation.Operation.Input, name), member);
        return string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));
    }

    private static Shape? MemberOf(Shape? shape, string name) => (shape as Shape.Structure)?.Known.GetValueOrDefault(name)?.Shape.Value;

    private static void Add(List<(string Name, string Value)> pairs, string name, JsonNode? value, Shape? shape, string member)
    {
        switch (value)
        {
            case JsonArray items:
                var list = shape as Shape.List;
                var named = list?.ItemName is { } own ? $".{own}" : member;
                for (var i = 0; i < items.Count; i++) Add(pairs, $"{name}{named}.{i + 1}", items[i], list?.Item, member);
                break;
            case JsonObject members when shape is Shape.Structure:
                foreach (var (inner, part) in members) Add(pairs, $"{name}.{inner}", part, MemberOf(shape, inner), member);
                break;
            case JsonObject entries:
                foreach (var ((key, entry), i) in entries.Select((entry, i) => (entry, i + 1)))
                {
                    pairs.Add(($"{name}.entry.{i}.key", key));
                    Add(pairs, $"{name}.entry.{i}.value", entry, (shape as Shape.Map)?.Value, member);
                }

                break;
            default:
                pairs.Add((name, value?.ToString() ?? ""));
                break;
        }
    }

    private static WireRequest Rest(FuzzedOperation operation, JsonObject input, string account)
    {
        var (method, path) = operation.Place();
        var headers = Signed(operation, account);
        var query = new List<string>();
        foreach (var (name, value) in input)
        {
            var text = value?.ToString() ?? "";
            if (name == "FunctionName") path = path.Replace("{FunctionName}", Uri.EscapeDataString(text), StringComparison.Ordinal);
            else if (name is "InvocationType" or "LogType") headers[$"X-Amz-{name.Replace("Type", "-Type", StringComparison.Ordinal)}"] = text;
            else if (name != "Payload") query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(text)}");
        }

        if (query.Count > 0) path += $"?{string.Join('&', query)}";
        return new WireRequest(method, path, headers, Encoding.UTF8.GetBytes(input["Payload"]?.ToString() ?? ""));
    }

    /// <summary>One member in the path where the path has a place for it, and the rest in the body.</summary>
    private static WireRequest RestJson(FuzzedOperation operation, JsonObject input, string account)
    {
        const string named = "inferenceProfileIdentifier";
        var (method, path) = operation.Place();
        var body = (JsonObject)input.DeepClone();
        if (path.Contains(named, StringComparison.Ordinal))
        {
            path = path.Replace($"{{{named}}}", Uri.EscapeDataString(body[named]?.ToString() ?? ""), StringComparison.Ordinal);
            body.Remove(named);
        }

        return new WireRequest(method, path, Signed(operation, account), body.Count == 0 ? [] : Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    /// <summary>Bucket and key in the path, the body as it is, and the rest in headers or, where they have no header, in the query string.</summary>
    private static WireRequest RestXml(FuzzedOperation operation, JsonObject input, string account)
    {
        var (method, path) = operation.Place();
        var headers = Signed(operation, account);
        var query = new List<string>();
        foreach (var (name, value) in input)
        {
            var text = value?.ToString() ?? "";
            if (name is "Bucket" or "Key") path = path.Replace($"{{{name}}}", Uri.EscapeDataString(text), StringComparison.Ordinal);
            else if (name is "X-Amz-Content-Sha256" or "ContentType") headers[name == "ContentType" ? "Content-Type" : name] = text;
            else if (name != "Body") query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(text)}");
        }

        if (query.Count > 0) path += $"?{string.Join('&', query)}";
        return new WireRequest(method, path, headers, Encoding.UTF8.GetBytes(input["Body"]?.ToString() ?? ""));
    }

    private static Dictionary<string, string> Signed(FuzzedOperation operation, string account) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Authorization"] =
            $"AWS4-HMAC-SHA256 Credential={account}/20260101/us-east-1/{operation.Of.SigningName}/aws4_request, SignedHeaders=host, Signature=none",
    };
}
