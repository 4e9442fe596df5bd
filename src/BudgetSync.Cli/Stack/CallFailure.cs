using System.Net.Sockets;
using System.Text.Json;
using System.Xml;
using Amazon.Runtime;
using BudgetSync.Aws;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;

namespace BudgetSync.Cli.Stack;

/// <summary>A call that failed, as one line for the person who waits: what, where, what to do.</summary>
internal static class CallFailure
{
    private const string NotAws = "what answered is not AWS (a proxy, a sign-in page?); look at HTTPS_PROXY, --endpoint-url and AWS_ENDPOINT_URL";

    /// <summary>What to do where there are no credentials at all.</summary>
    public const string NoCredentials = "There are no AWS credentials here: sign in ('aws sso login', then --profile NAME or AWS_PROFILE), or set "
        + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; against a running 'budgetsync local', add --local.";

    /// <summary>How the SDK begins where its chain of places has come to its end; an older SDK names the last of them.</summary>
    private static readonly string[] Unresolved = ["Failed to resolve AWS credentials", "Unable to get IAM security credentials"];

    /// <summary>What AWS answered, with what to do about it.</summary>
    /// <param name="tables">The names of the tables that are asked, for the one that is missing.</param>
    public static string Of(AwsFault fault, string place, AccountId account, params string[] tables)
    {
        var said = $"{place}, account {account}: {fault.Reason}".TrimEnd('.');
        return Advice(fault, tables) is { } advice ? $"{said}. {advice}." : $"{said}.";
    }

    /// <summary>What kept a call from an answer; null where the exception is none of the call's.</summary>
    /// <param name="place">For example <c>AWS in us-east-1</c>.</param>
    public static string? Of(Exception exception, string place) => exception switch
    {
        AmazonServiceException { ErrorCode.Length: > 0 } error when error is not AmazonUnmarshallingException && FaultTable.Read(error, "", "") is { } fault =>
            $"{place} answers {fault.Code}: {Line(error.Message)}. {OfCredentials(fault.Code) ?? "Look at the credentials, the region and the endpoint"}.",
        AmazonServiceException error when error is AmazonUnmarshallingException || Inner<HttpRequestException>(error) is null =>
            $"{place}: {(error.StatusCode == 0 ? "the answer cannot be read" : $"HTTP {(int)error.StatusCode}")}: {NotAws}.",
        JsonException or XmlException => $"{place}: the answer cannot be read: {NotAws}.",
        TaskCanceledException or TimeoutException => Silent(place, Limits.CallTimeout),
        _ when Inner<TimeoutException>(exception) is not null => Silent(place, Limits.CallTimeout),
        _ when Inner<SocketException>(exception) is { } socket => $"{place}: {Line(socket.Message)}. {OfSocket(socket)}.",
        HttpRequestException or IOException => $"{place} does not answer: {Line(exception.Message)}. Look at the network, HTTPS_PROXY and --endpoint-url.",
        _ when HasNoCredentials(exception) => $"{place}: {NoCredentials}",
        AmazonClientException =>
            $"{place}: {Line(exception.Message)}. Give credentials: --profile, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        _ => null,
    };

    /// <summary>
    /// No place has credentials. The SDK's own words name each place it looked into, with what it met there, which says less than what to do.
    /// </summary>
    public static bool HasNoCredentials(Exception exception) => Inner<AmazonClientException>(exception) is { } error
        && Unresolved.Any(words => error.Message.Contains(words, StringComparison.Ordinal));

    /// <summary>No answer came for that long.</summary>
    public static string Silent(string place, TimeSpan waited) =>
        $"{place}: no answer within {waited.TotalSeconds:0} s. Look at the network, HTTPS_PROXY and --endpoint-url.";

    /// <summary>The connection itself was refused.</summary>
    public static bool IsRefused(Exception exception) => Inner<SocketException>(exception) is { SocketErrorCode: SocketError.ConnectionRefused };

    private static string? Advice(AwsFault fault, string[] tables) => fault switch
    {
        { IsMissingTable: true } =>
            $"There is no table {string.Join(" or ", tables)} here; where the management stack is elsewhere, give "
                + "--region or another account's credentials, and where its tables have other names, --budgets-table and --status-table",
        { Code: "NoErrorCode" } => $"It may be that {NotAws}",
        { Code: nameof(TaskCanceledException) or nameof(TimeoutException) } => "Look at the network, HTTPS_PROXY and --endpoint-url",
        _ => OfCredentials(fault.Code),
    };

    private static string? OfCredentials(string code) => code switch
    {
        "ExpiredToken" or "RequestExpired" or "TokenRefreshRequired" =>
            "The credentials have ended: sign in again ('aws sso login'), or put new ones into AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN",
        "UnrecognizedClient" or "InvalidClientTokenId" or "SignatureDoesNotMatch" or "InvalidSignature" or "IncompleteSignature" or "AuthFailure"
            or "MissingAuthenticationToken" =>
            "The credentials are not known there: give others (--profile, AWS_PROFILE, AWS_ACCESS_KEY_ID …), and look at the region",
        "AccessDenied" or "UnauthorizedOperation" => "The credentials may not do that: use others (--profile), or let them be given this permission",
        _ => null,
    };

    private static string OfSocket(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "Nothing listens there: give the right --endpoint-url, or start what should",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "There is no such host: look at the region, --endpoint-url and the network",
        _ => "Look at the network, HTTPS_PROXY and --endpoint-url",
    };

    private static T? Inner<T>(Exception exception)
        where T : Exception
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is T found) return found;
        }

        return null;
    }

    /// <summary>.NET ends what it says of a proxy with a quotation mark that it never opened.</summary>
    private static string Line(string text)
    {
        var line = Redaction.Clean(text);
        return line.EndsWith(".\"", StringComparison.Ordinal) ? line[..^2] : line.TrimEnd('.', ' ');
    }
}
