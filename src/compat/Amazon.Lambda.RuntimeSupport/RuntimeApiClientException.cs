namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API answered what it should not. After status 500 the process must end, and it does.</summary>
public class RuntimeApiClientException : Exception
{
    public RuntimeApiClientException(
        string message, int statusCode, string response, Dictionary<string, IEnumerable<string>> headers, Exception innerException)
        : base($"{message} Status {statusCode}: {response[..Math.Min(response.Length, 512)]}", innerException)
    {
        StatusCode = statusCode;
        Response = response;
        Headers = headers;
    }

    public int StatusCode { get; private set; }

    public string Response { get; private set; }

    public Dictionary<string, IEnumerable<string>> Headers { get; private set; }
}
