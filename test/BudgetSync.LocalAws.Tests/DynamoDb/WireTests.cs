using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>DynamoDB's bytes: the names of its errors, and bodies that come compressed.</summary>
public sealed class WireTests
{
    private const string Describe = """{"TableName":"Budgets"}""";

    [Theory]
    [InlineData("DescribeTable", """{"TableName":"a b"}""", "com.amazon.coral.validate#ValidationException")]
    [InlineData("DescribeTable", """{"TableName":7}""", "com.amazon.coral.service#SerializationException")]
    [InlineData("DescribeTable", """{"TableName":"Other"}""", "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException")]
    [InlineData("NoSuchOperation", "{}", "com.amazon.coral.service#UnknownOperationException")]
    public async Task An_error_names_its_type_with_AWSs_namespace(string operation, string body, string type) =>
        Assert.Equal(type, (await SendAsync(operation, Encoding.UTF8.GetBytes(body), null))["__type"]!.GetValue<string>());

    [Fact]
    public async Task A_body_may_come_as_gzip() =>
        Assert.Equal("Budgets", (await SendAsync("DescribeTable", Gzip(Encoding.UTF8.GetBytes(Describe)), "gzip"))["Table"]!["TableName"]!.GetValue<string>());

    [Fact]
    public async Task A_body_that_is_no_gzip_grows_too_large_or_comes_otherwise_compressed_is_refused()
    {
        Assert.Equal("SerializationException", await CodeAsync(Encoding.UTF8.GetBytes(Describe), "gzip"));
        Assert.Equal("SerializationException", await CodeAsync(Gzip(new byte[(16 * 1024 * 1024) + 1]), "gzip"));
        Assert.Equal("SerializationException", await CodeAsync(Encoding.UTF8.GetBytes(Describe), "br"));
    }

    private static async Task<string> CodeAsync(byte[] body, string? encoding) =>
        (await SendAsync("DescribeTable", body, encoding))["__type"]!.GetValue<string>().Split('#')[^1];

    private static async Task<JsonObject> SendAsync(string operation, byte[] body, string? encoding)
    {
        await using var budgets = await Budgets.OpenAsync();
        using var client = new HttpClient(budgets.Cloud.CreateHandler()) { BaseAddress = new Uri("http://aws.localhost") };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        if (encoding is not null) request.Content.Headers.ContentEncoding.Add(encoding);
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={Budgets.Account}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(plain);
        return packed.ToArray();
    }
}
