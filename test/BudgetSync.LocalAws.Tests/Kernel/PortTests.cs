using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Kernel;

public sealed class PortTests : IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;

    private readonly LocalCloud cloud = new(new LocalCloudOptions
    {
        // Kestrel looks once a second, so that nothing shorter can be waited for.
        Port = new PortLimits { HeaderTime = TimeSpan.FromSeconds(1), BodyGrace = TimeSpan.FromSeconds(1.1), BodyBytesPerSecond = 1024 },
    });

    private readonly HttpClient client = new();

    public async Task InitializeAsync() => client.BaseAddress = await cloud.ListenAsync(0, CancellationToken.None);

    public async Task DisposeAsync()
    {
        client.Dispose();
        await cloud.DisposeAsync();
    }

    [Fact]
    public void It_listens_on_loopback_only()
    {
        var port = client.BaseAddress!.Port;

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == port).ToList();

        Assert.NotEmpty(listeners);
        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address), listener.ToString()));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:4566", true)]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("[::1]:4566", true)]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:4566", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("dynamodb.us-east-1.amazonaws.com", false)]
    public async Task It_is_reached_by_the_names_of_this_machine_only(string host, bool taken)
    {
        using var request = Call();
        request.Headers.Host = host;

        using var response = await client.SendAsync(request);

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://localhost:4566", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", false)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    public async Task A_page_in_a_browser_is_not_answered(string header, string value, bool taken)
    {
        using var request = Call();
        request.Headers.Add(header, value);

        using var response = await client.SendAsync(request);

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_refused_request_does_nothing()
    {
        using var request = Call("AmazonSQS.CreateQueue", """{"QueueName":"q"}""");
        request.Headers.Add("Origin", "https://evil.example");

        using var response = await client.SendAsync(request);

        Assert.Empty(cloud.Calls.Calls);
    }

    [Theory]
    [InlineData("DynamoDB_20120810.ListTables", (16 * Megabyte) + 1)]
    [InlineData("AmazonSQS.ListQueues", (4 * Megabyte) + 1)]
    [InlineData("AWSEvents.ListRules", 100 * Megabyte)]
    public async Task A_body_larger_than_any_of_its_service_is_refused_unread(string target, long bytes)
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, $"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {target}\r\nContent-Length: {bytes}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", await ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_body_of_a_service_is_read()
    {
        using var request = Call(content: new string(' ', (16 * Megabyte) - 2) + "{}");

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Headers_that_do_not_come_are_not_waited_for()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, "POST / HTTP/1.1\r\nHost: localhost\r\n");

        // Nothing more is sent: the answer, or the end of the connection, comes by itself or this test never ends.
        Assert.DoesNotContain("200 OK", await ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\nContent-Length: 1000\r\n\r\n{");

        Assert.DoesNotContain("200 OK", await ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Call(string target = "DynamoDB_20120810.ListTables", string content = "{}")
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            "/")
        { Content = new StringContent(content, new MediaTypeHeaderValue("application/x-amz-json-1.0")) };
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none");
        return request;
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
