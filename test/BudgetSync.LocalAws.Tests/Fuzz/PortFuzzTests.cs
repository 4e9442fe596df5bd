using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>What is no HTTP, or HTTP of an unusual kind: only a socket can send it. The server answers it or closes the connection, and lives on.</summary>
public sealed class PortFuzzTests : IAsyncLifetime
{
    private const int Requests = 300;
    private const int LongestLine = 200;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "B@D", ""];

    private static readonly string[] Paths =
    [
        "/", "*", "", "//", "/%", "/%00", "/%ff", "/..%2f..", "/2015-03-31/functions", "/2015-03-31/functions/", "/2015-03-31/functions/%/invocations",
        "/2015-03-31/functions/%ED%A0%80/invocations", "/2015-03-31/functions/a%2Fb/invocations", "/2015-03-31/functions/function/invocations?Qualifier=%",
        "/2015-03-31/functions/function/invocations?&&==&a=1&a=2", "/2015-03-31/functions//invocations", "/2015-03-31/functions/function/invocations/",
        "/_runtime", "/_runtime/", "/_runtime//2018-06-01/runtime/invocation/next", "/_runtime/%/2018-06-01/runtime/invocation/next",
        "/_runtime/a/2018-06-01/runtime/invocation/next", "/_runtime/a/2018-06-01/runtime/init/error", "http://localhost/", "localhost:1",
        "/\u00e9", "/\\..\\..", "/?" + new string('a', 3000),
    ];

    private static readonly string[] Headers =
    [
        "Host: localhost", "Host: localhost:99999", "Host: [", "Host:", "Content-Length: 0", "Content-Length: -1", "Content-Length: 99999999999999999999",
        "Content-Length: 5", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip", "Content-Encoding: gzip", "Content-Encoding: br",
        "X-Amz-Target: DynamoDB_20120810.ListTables", "X-Amz-Target: .", "X-Amz-Target:", "X-Amz-Target: AmazonSSM.GetParameter",
        "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/x-amz-json-1.0", "Content-Type: ;;;", "Authorization: AWS4-HMAC-SHA256",
        "Authorization: AWS4-HMAC-SHA256 Credential=999999999999/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
        "Authorization: AWS4-HMAC-SHA256 Credential=999999999999/20260101/us-east-1/sts/aws4_request", "X-Amz-Security-Token: \u00ff", "Expect: 100-continue",
        "Connection: close", "No-Colon", ": empty name", "A B: c", "X-Amz-Invocation-Type: Event", "X-Amz-Invocation-Type: ", "Range: bytes=0-1",
        "Upgrade: h2c", "X-Long: " + new string('a', 9000),
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "{", "[]", "Action=GetCallerIdentity&Version=2011-06-15", "Action=", "Action=%", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "FFFFFFFFFFFFFFFFF\r\n",
        "\u0000\u0001", "{\"TableName\":\"\\ud800\"}",
    ];

    private readonly LocalCloud cloud = new();
    private Uri address = new("http://localhost");

    public async Task InitializeAsync() => address = await cloud.ListenAsync(0, CancellationToken.None);

    public async Task DisposeAsync() => await cloud.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_comes_to_the_port_is_answered_or_cut_off_without_an_error_of_the_server(int seed)
    {
        var random = new Random(seed);
        for (var number = 0; number < Requests; number++)
        {
            var request = Next(random);
            var status = await StatusAsync(request);
            // 501 and 505 are HTTP's own words for a coding and a version that a server does not know.
            Assert.True(status is null or < 500 or 501 or 505, $"seed {seed}, request {number} is answered {status}:\n{Encoding.Latin1.GetString(request)}");
        }

        Assert.Equal(HttpStatusCode.OK, await CallAsync());
    }

    private static byte[] Next(Random random)
    {
        if (random.Next(10) == 0)
        {
            var bytes = new byte[random.Next(1, LongestLine)];
            random.NextBytes(bytes);
            return bytes;
        }

        var version = random.Next(20) switch { 0 => "HTTP/1.0", 1 => "HTTP/9.9", 2 => "", 3 => "HTTP/2.0", _ => "HTTP/1.1" };
        var headers = Enumerable.Range(0, random.Next(6)).Select(_ => Pick(random, Headers));
        if (random.Next(4) > 0) headers = headers.Prepend("Host: localhost");
        var body = Pick(random, Bodies);
        if (random.Next(3) > 0) headers = headers.Append($"Content-Length: {Encoding.Latin1.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}");
        return Encoding.Latin1.GetBytes($"{Pick(random, Methods)} {Pick(random, Paths)} {version}\r\n{string.Join("\r\n", headers)}\r\n\r\n{body}");
    }

    private static string Pick(Random random, string[] of) => of[random.Next(of.Length)];

    /// <summary>The status of the first answer; null where the connection ended without one.</summary>
    private async Task<int?> StatusAsync(byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request);
            // Nothing more comes: a server that waits for the rest of a request is told so.
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var line = await reader.ReadLineAsync();
            return line?.Split(' ') is [_, var code, ..] && int.TryParse(code, CultureInfo.InvariantCulture, out var status) ? status : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<HttpStatusCode> CallAsync()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=999999999999/20260101/us-east-1/dynamodb/aws4_request");
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
