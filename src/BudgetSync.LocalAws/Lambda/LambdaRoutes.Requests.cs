using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using BudgetSync.LocalAws.Kernel;
using Microsoft.AspNetCore.WebUtilities;

namespace BudgetSync.LocalAws.Lambda;

/// <content>What a request asks for: its path, its members, its payload.</content>
internal sealed partial class LambdaRoutes
{
    private static bool IsAlong(string template, string[] path)
    {
        var parts = template[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == path.Length && parts.Zip(path).All(pair => pair.First is FunctionName || pair.First == pair.Second);
    }

    /// <summary>What the path and the body give, with all that the query string and the headers of Lambda give: their members are named for them.</summary>
    private static JsonObject Members(WireRequest request, params ReadOnlySpan<(string Name, string Value)> given)
    {
        var members = new JsonObject();
        foreach (var (name, value) in given) members[name] = value;
        foreach (var parameter in QueryHelpers.ParseQuery(request.Query)) Add(parameter.Key, parameter.Value.ToString());
        foreach (var (header, name) in Headers)
        {
            if (request.Header(header) is { } value) Add(name, value);
        }

        return members;

        void Add(string name, string value)
        {
            if (!members.TryAdd(name, value)) throw new AwsException("ValidationException", $"{name} is given twice.");
        }
    }

    private static string Payload(WireRequest request)
    {
        if (request.Body.Length == 0) return "{}";
        if (!Utf8.IsValid(request.Body)) throw new AwsException("InvalidRequestContentException", "Could not parse request body into json: it is not UTF-8.");
        try
        {
            // Any JSON value will do, a bare number too; only its form is looked at.
            using var document = JsonDocument.Parse(request.Body);
        }
        catch (JsonException broken)
        {
            throw new AwsException("InvalidRequestContentException", $"Could not parse request body into json: {broken.Message}");
        }

        return Encoding.UTF8.GetString(request.Body);
    }
}
