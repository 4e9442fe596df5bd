using System.Net;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The Lambda Runtime API of <c>AWS_LAMBDA_RUNTIME_API</c>: <c>http://VALUE/2018-06-01/runtime/…</c>, by plain concatenation, so a value
/// with a path behind host and port works too.
/// Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
/// </summary>
public class RuntimeApiClient
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly HttpClient http;
    private readonly string runtime;
    private readonly TimeProvider time;

    public RuntimeApiClient(HttpClient httpClient)
        : this(httpClient, endpoint: null, TimeProvider.System)
    {
    }

    internal RuntimeApiClient(HttpClient httpClient, string endpoint, TimeProvider time)
    {
        endpoint ??= Environment.GetEnvironmentVariable(FunctionEnvironment.RuntimeApi);
        if (string.IsNullOrEmpty(endpoint))
        {
            throw new InvalidOperationException(
                "AWS_LAMBDA_RUNTIME_API is not set: this process is started by Lambda, or by a local Runtime API that sets it to its host and port.");
        }
        http = httpClient;
        runtime = $"http://{endpoint}/2018-06-01/runtime";
        this.time = time;
    }

    /// <summary>Waits for the next invocation, however long that takes: Lambda freezes the process meanwhile.</summary>
    public async Task<InvocationRequest> GetNextInvocationAsync(CancellationToken cancellationToken = default)
    {
        using var answer = await http.GetAsync(new Uri($"{runtime}/invocation/next"), cancellationToken);
        await Expect(answer, HttpStatusCode.OK, cancellationToken);
        return new InvocationRequest
        {
            LambdaContext = new LambdaContext(answer.Headers, time),
            InputStream = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(cancellationToken)),
        };
    }

    public Task SendResponseAsync(string awsRequestId, Stream outputStream, CancellationToken cancellationToken = default)
    {
        // Without this wrapper the HTTP client would dispose a stream that is the handler's.
        var content = new StreamContent(outputStream is null ? Stream.Null : new LeftOpen(outputStream));
        content.Headers.ContentType = Json;
        return Post($"{runtime}/invocation/{awsRequestId}/response", content, errorType: null, cancellationToken);
    }

    public Task ReportInvocationErrorAsync(string awsRequestId, Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(awsRequestId);
        ArgumentNullException.ThrowIfNull(exception);
        return PostError($"{runtime}/invocation/{awsRequestId}/error", exception, exception.GetType().Name, cancellationToken);
    }

    public Task ReportInitializationErrorAsync(Exception exception, string errorType = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return PostError($"{runtime}/init/error", exception, errorType, cancellationToken);
    }

    private Task PostError(string url, Exception exception, string errorType, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(ErrorReport.Write(exception));
        content.Headers.ContentType = ErrorJson;
        return Post(url, content, errorType, cancellationToken);
    }

    private async Task Post(string url, HttpContent content, string errorType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url)) { Content = content };
        if (errorType is not null)
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        using var answer = await http.SendAsync(request, cancellationToken);
        await Expect(answer, HttpStatusCode.Accepted, cancellationToken);
    }

    private static async Task Expect(HttpResponseMessage answer, HttpStatusCode status, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == status || answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent)
            return;
        var message = answer.StatusCode == HttpStatusCode.InternalServerError
            ? "The Lambda Runtime API is in a state it cannot recover from; this process must end."
            : $"The Lambda Runtime API refused {answer.RequestMessage?.RequestUri?.AbsolutePath}.";
        throw new RuntimeApiClientException(
            message,
            (int)answer.StatusCode,
            await answer.Content.ReadAsStringAsync(cancellationToken),
            answer.Headers.ToDictionary(header => header.Key, header => header.Value),
            innerException: null);
    }

    private sealed class LeftOpen(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => inner.Flush();
    }
}
