namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>Settings for tests and local runs.</summary>
public class LambdaBootstrapOptions
{
    /// <summary>Host, port and optional path of the Runtime API, in place of <c>AWS_LAMBDA_RUNTIME_API</c>. Example: <c>127.0.0.1:4566/function</c>.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
