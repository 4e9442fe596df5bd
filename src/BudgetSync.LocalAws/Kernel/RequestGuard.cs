using Microsoft.AspNetCore.Http;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// Who may use the port, and how much of it. Every program on this machine may act in every account here, a page in a user's browser included: so what comes
/// from a browser is refused, and what names another host, which is how a page reaches a loopback port by its own name (DNS rebinding).
/// </summary>
internal static class RequestGuard
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>A Lambda payload (6 MB) with enough above it that the API itself can say what is wrong with a larger one.</summary>
    private const long LambdaBytes = AwsLimits.Lambda.PayloadBytes + Megabyte;

    /// <summary>The largest of the others is a batch of SQS, 1 MB, which JSON can write with three bytes for one.</summary>
    private const long OtherBytes = (3 * AwsLimits.Sqs.BatchBytes) + Megabyte;

    /// <summary>S3 takes 5 GB in one request (UG "Uploading objects"); an object stays in memory here, and most are of some megabytes.</summary>
    private const long ObjectBytes = 16 * Megabyte;

    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Why a request is refused with 403; null where it is not.</summary>
    public static string? Refusal(HttpRequest request)
    {
        if (!Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return $"LocalAws is reached as {string.Join(", ", Hosts)} only, and not as \"{request.Host.Host}\".";
        if (request.Headers.Origin.Count > 0) return $"LocalAws does not answer pages in a browser (Origin: {request.Headers.Origin}).";
        // A browser says "none" where a person typed the address; everything else is a page.
        return request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site and not "none"
            ? $"LocalAws does not answer pages in a browser (Sec-Fetch-Site: {site})."
            : null;
    }

    /// <summary>How large a request's body may be, by what the request is for.</summary>
    public static long MaximumBytes(HttpRequest request)
    {
        if (request.Headers["X-Amz-Target"].ToString().StartsWith("DynamoDB", StringComparison.Ordinal)) return AwsLimits.DynamoDb.RequestBytes;
        if (request.Headers.Authorization.ToString().Contains("/s3/aws4_request", StringComparison.Ordinal)) return ObjectBytes;
        var isLambda = request.Path.StartsWithSegments("/2015-03-31/functions") || request.Path.StartsWithSegments("/_runtime");
        return isLambda ? LambdaBytes : OtherBytes;
    }
}
