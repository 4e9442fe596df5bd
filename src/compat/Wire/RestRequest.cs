using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace BudgetSync.Compat.Wire;

/// <summary>A request of restJson1: the members that the path names stand in it, and the others, where the method has a body, in that.</summary>
internal static class RestRequest
{
    public static DefaultRequest Of(AmazonWebServiceRequest input, ServiceModel service, string method, string path, ReadOnlySpan<byte> json)
    {
        var members = JsonNode.Parse(json)!.AsObject();
        // Values of the path are escaped by the pipeline, once to be sent and once more to be signed.
        var request = new DefaultRequest(input, service.RequestNamespace) { HttpMethod = method, ResourcePath = path };
        foreach (var place in path.Split('/').Where(part => part.StartsWith('{')))
        {
            var name = place.Trim('{', '}');
            if (members[name] is not JsonValue value) throw new AmazonClientException($"{input.GetType().Name}: {name} is not set; the path needs it.");
            request.AddPathResource(place, value.ToString());
            members.Remove(name);
        }

        request.Headers[HeaderKeys.XAmzApiVersion] = service.ApiVersion;
        if (method is "GET" or "DELETE") return request;
        request.Content = System.Text.Encoding.UTF8.GetBytes(members.ToJsonString());
        request.Headers["Content-Type"] = "application/json";
        return request;
    }
}
