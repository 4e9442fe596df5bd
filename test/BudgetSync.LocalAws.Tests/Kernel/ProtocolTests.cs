using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace BudgetSync.LocalAws.Tests.Kernel;

public sealed class ProtocolTests : IAsyncDisposable
{
    private const string Account = "999999999999";

    private readonly LocalCloud cloud = new();
    private readonly HttpClient client;

    public ProtocolTests() => client = new HttpClient(cloud.CreateHandler()) { BaseAddress = new Uri("http://localhost") };

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await cloud.DisposeAsync();
    }

    [Theory]
    [InlineData("elasticache", "Action=DescribeCacheClusters&Version=2015-02-02", "InvalidAction")]
    [InlineData(null, "Action=DescribeInstances&Version=2016-11-15", "MissingAuthenticationToken")]
    [InlineData("sts", "Action=GetFederationToken&Version=2011-06-15", "InvalidAction")]
    [InlineData("sts", "Version=2011-06-15", "MissingAction")]
    [InlineData("sts", "Action=AssumeRole&Tags.member.x.Key=a", "MalformedQueryString")]
    [InlineData("sts", "Action=AssumeRole&RoleArn=a&RoleArn.x=b", "MalformedQueryString")]
    [InlineData("sts", "Action=AssumeRole&RoleArn=a&RoleArn=b", "MalformedQueryString")]
    public async Task A_form_is_answered_in_XML_whatever_is_wrong_with_it(string? service, string form, string code)
    {
        using var request = Post(Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded", service);
        using var response = await client.SendAsync(request);

        Assert.False(response.IsSuccessStatusCode);
        Assert.Equal("text/xml", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, XElement.Parse(await response.Content.ReadAsStringAsync()).Descendants("Code").Single().Value);
    }

    [Theory]
    [InlineData("Action=GetCallerIdentity&Version=1999-01-01", "Could not find operation GetCallerIdentity for version 1999-01-01")]
    [InlineData("Action=GetCallerIdentity", "Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED")]
    public async Task An_operation_is_one_of_its_services_version(string form, string message)
    {
        using var request = Post(Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded", "sts");
        using var response = await client.SendAsync(request);

        var error = XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(("InvalidAction", message), (error.Descendants("Code").Single().Value, error.Descendants("Message").Single().Value));
    }

    [Theory]
    [InlineData("AKIAUNKNOWN", "InvalidClientTokenId", "UnrecognizedClientException")]
    public async Task Query_services_have_names_of_their_own_for_what_is_wrong_with_credentials(string key, string inQuery, string inJson)
    {
        using var api = new Api(cloud.CreateHandler(), key);

        Assert.Equal(inQuery, (await Api.RefusedAsync(() => api.QueryAsync("sts", "GetCallerIdentity"))).Code);
        Assert.Equal(inJson, (await Api.RefusedAsync(() => api.JsonAsync("DynamoDB_20120810.ListTables", []))).Code);
    }

    [Theory]
    [InlineData("""{"TableName":"\ud800"}""")]
    [InlineData("""{"\udc00":"x"}""")]
    [InlineData("""{"TableName":["\ud800x"]}""")]
    [InlineData("""{"TableName":"a","TableName":"b"}""")]
    [InlineData("""{"TableName":""")]
    [InlineData("[]")]
    public Task A_body_that_is_no_well_formed_JSON_object_is_a_SerializationException(string body) => RefusedAsync(Encoding.UTF8.GetBytes(body));

    [Fact]
    public Task A_body_that_is_no_UTF_8_is_a_SerializationException() => RefusedAsync([.. """{"TableName":" """u8, 0xff, .. "\"}"u8]);

    [Fact]
    public Task A_body_that_is_nested_too_deeply_is_a_SerializationException() =>
        RefusedAsync(Encoding.UTF8.GetBytes($$"""{"TableName":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""));

    [Theory]
    [InlineData("session", true)]
    [InlineData("séance", false)]
    [InlineData("٣٣٣", false)]
    public async Task Patterns_of_the_service_models_know_ASCII_letters_and_digits_only(string sessionName, bool taken)
    {
        using var api = new Api(cloud, Account);

        var error = await Api.RefusedAsync(() => api.QueryAsync(
            "sts", "AssumeRole", ("RoleArn", $"arn:aws:iam::{Account}:role/Nobody"), ("RoleSessionName", sessionName)));

        Assert.Equal(taken ? "AccessDenied" : "ValidationError", error.Code);
    }

    [Fact]
    public async Task What_is_outside_the_service_model_is_told_in_AWSs_words_and_all_at_once()
    {
        using var api = new Api(cloud, Account);

        var error = await Api.RefusedAsync(() => api.JsonAsync("AWSEvents.PutRule", JsonNode.Parse("""{"State":"ON"}""")!.AsObject()));

        Assert.Equal("ValidationException", error.Code);
        Assert.Equal(
            "2 validation errors detected: Value 'ON' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]; "
                + "Value null at 'name' failed to satisfy constraint: Member must not be null",
            error.Text);
    }

    private async Task RefusedAsync(byte[] body)
    {
        using var request = Post(body, "application/x-amz-json-1.0", "dynamodb");
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.DescribeTable");
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.EndsWith("SerializationException", JsonNode.Parse(await response.Content.ReadAsStringAsync())!["__type"]!.ToString(), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Post(byte[] body, string type, string? service)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (service is not null)
        {
            request.Headers.TryAddWithoutValidation(
                "Authorization",
                $"AWS4-HMAC-SHA256 Credential={Account}/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=none");
        }

        return request;
    }
}
