using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>A table somewhere, reached over the wire, on which cases run one after another.</summary>
internal sealed partial class ConformanceTable : IDisposable
{
    private const string Name = "Cases";

    private readonly HttpClient client;

    private ConformanceTable(HttpMessageHandler handler, Uri address) => client = new HttpClient(handler) { BaseAddress = address };

    public static async Task<ConformanceTable> CreateAsync(HttpMessageHandler handler, Uri address)
    {
        var table = new ConformanceTable(handler, address);
        await table.CallAsync("DeleteTable", []);
        var created = await table.CallAsync("CreateTable", new JsonObject
        {
            ["AttributeDefinitions"] = new JsonArray(new JsonObject { ["AttributeName"] = "AccountId", ["AttributeType"] = "S" }),
            ["KeySchema"] = new JsonArray(new JsonObject { ["AttributeName"] = "AccountId", ["KeyType"] = "HASH" }),
            ["BillingMode"] = "PAY_PER_REQUEST",
        });
        Assert.IsType<JsonObject>(created);
        return table;
    }

    /// <summary>The answer's body with sets in order, or <c>Code: message</c>, or the reasons of a transaction that was cancelled.</summary>
    public async Task<string> RunAsync(ConformanceCase one)
    {
        // Some cases leave a row of another key behind; a scan must not see it.
        foreach (var row in ((await CallAsync("Scan", []))["Items"])!.AsArray())
            await CallAsync("DeleteItem", new JsonObject { ["Key"] = new JsonObject { ["AccountId"] = row!["AccountId"]!.DeepClone() } });
        if (one.Item is not null)
        {
            var item = (JsonObject)one.Item.DeepClone();
            item["AccountId"] = new JsonObject { ["S"] = "a" };
            Assert.IsType<JsonObject>(await CallAsync("PutItem", new JsonObject { ["Item"] = item }));
        }

        return Canonical(await CallAsync(one.Operation, (JsonObject)one.Request.DeepClone()));
    }

    /// <summary>
    /// Members sorted, sets sorted, <c>1.0</c> as <c>1</c>: equal answers are equal texts. DynamoDB Local lists type names in an order that changes with each
    /// start.
    /// </summary>
    public static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject { Count: 1 } value when value.First() is { Key: "SS" or "NS" or "BS", Value: JsonArray set } typed =>
            $"{{{typed.Key}:[{string.Join(",", set.Select(element => element!.ToString()).Order(StringComparer.Ordinal))}]}}",
        JsonObject value =>
            $"{{{string.Join(",", value.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Canonical(member.Value)}"))}}}",
        JsonArray list => $"[{string.Join(",", list.Select(Canonical))}]",
        JsonValue number when number.GetValueKind() == System.Text.Json.JsonValueKind.Number =>
            number.GetValue<double>().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => TypeNames().Replace(node.ToString(), names => string.Join(',', names.Value.Split(',').Order(StringComparer.Ordinal))),
    };

    public void Dispose() => client.Dispose();

    private async Task<JsonNode> CallAsync(string operation, JsonObject request)
    {
        // A transaction names its tables in its actions.
        if (operation != "TransactWriteItems") request["TableName"] = Name;
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(request.ToJsonString(new() { MaxDepth = 128 })) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        message.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await client.SendAsync(message);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(), null, new() { MaxDepth = 128 })!.AsObject();
        if (response.IsSuccessStatusCode) return body;
        var code = body["__type"]!.ToString().Split('#')[^1];
        return body["CancellationReasons"] is { } reasons ? new JsonObject { [code] = reasons.DeepClone() } : $"{code}: {body["message"] ?? body["Message"]}";
    }

    [GeneratedRegex(@"(?<=\{)[A-Z]+(,[A-Z]+)+(?=\})")]
    private static partial Regex TypeNames();
}
