namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The environment variables Lambda sets. Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html</summary>
internal static class FunctionEnvironment
{
    public const string RuntimeApi = "AWS_LAMBDA_RUNTIME_API";
    public const string FunctionName = "AWS_LAMBDA_FUNCTION_NAME";
    public const string FunctionVersion = "AWS_LAMBDA_FUNCTION_VERSION";
    public const string MemorySize = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";
    public const string LogGroupName = "AWS_LAMBDA_LOG_GROUP_NAME";
    public const string LogStreamName = "AWS_LAMBDA_LOG_STREAM_NAME";
    public const string LogLevel = "AWS_LAMBDA_LOG_LEVEL";
    public const string LogFormat = "AWS_LAMBDA_LOG_FORMAT";

    /// <summary>X-Ray's: set by the runtime for each invocation, read by tracing libraries and the SDK.</summary>
    public const string TraceId = "_X_AMZN_TRACE_ID";
}
