using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An invocation's context, from the headers of the Runtime API's answer and the function's environment.</summary>
internal sealed class LambdaContext : ILambdaContext
{
    private readonly TimeProvider time;
    private readonly DateTimeOffset deadline;

    public LambdaContext(HttpResponseHeaders headers, TimeProvider time)
    {
        this.time = time;
        AwsRequestId = Header(headers, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new InvalidOperationException("The Lambda Runtime API gave an invocation without Lambda-Runtime-Aws-Request-Id.");
        InvokedFunctionArn = Header(headers, "Lambda-Runtime-Invoked-Function-Arn");
        TraceId = Header(headers, "Lambda-Runtime-Trace-Id");
        TenantId = Header(headers, "Lambda-Runtime-Aws-Tenant-Id");
        deadline = long.TryParse(Header(headers, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
        ClientContext = MobileClient.Parse(Header(headers, "Lambda-Runtime-Client-Context"));
        Identity = CognitoIdentity.Parse(Header(headers, "Lambda-Runtime-Cognito-Identity"));
        Logger = new ConsoleLogger(Console.Out, time, AwsRequestId, TraceId);
    }

    public string AwsRequestId { get; }

    public IClientContext ClientContext { get; }

    public string FunctionName => Environment.GetEnvironmentVariable(FunctionEnvironment.FunctionName);

    public string FunctionVersion => Environment.GetEnvironmentVariable(FunctionEnvironment.FunctionVersion);

    public ICognitoIdentity Identity { get; }

    public string InvokedFunctionArn { get; }

    public ILambdaLogger Logger { get; }

    public string LogGroupName => Environment.GetEnvironmentVariable(FunctionEnvironment.LogGroupName);

    public string LogStreamName => Environment.GetEnvironmentVariable(FunctionEnvironment.LogStreamName);

    public int MemoryLimitInMB =>
        int.TryParse(Environment.GetEnvironmentVariable(FunctionEnvironment.MemorySize), CultureInfo.InvariantCulture, out var size) ? size : 0;

    public TimeSpan RemainingTime => deadline - time.GetUtcNow();

    public string TenantId { get; }

    public string TraceId { get; }

    public ILambdaSerializer Serializer { get; internal set; }

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
