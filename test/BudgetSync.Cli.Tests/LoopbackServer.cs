using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BudgetSync.Cli.Tests;

/// <summary>A server on the loopback that answers every request as a test wants it, or never.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, string?> answer;
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task accepting;

    /// <param name="answer">From the request (its head and body) to the whole HTTP answer; null never answers.</param>
    public LoopbackServer(Func<string, string?> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Done once the first request has come.</summary>
    public Task Asked => asked.Task;

    public Dictionary<string, string> Environment => new()
    {
        ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "999999999999",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
    };

    public static string Response(int status, string contentType, string body) =>
        $"HTTP/1.1 {status} Said\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            var buffer = new byte[64 * 1024];
            var request = new StringBuilder();
            while (!IsWhole(request.ToString()))
            {
                var read = await stream.ReadAsync(buffer, stop.Token);
                if (read == 0) return;
                request.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }

            asked.TrySetResult();
            if (answer(request.ToString()) is not { } text) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
            else await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The tool went away, or the test is over.
        }
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var length = request[..end].Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();
        return Encoding.UTF8.GetByteCount(request[(end + 4)..]) >= length;
    }
}
