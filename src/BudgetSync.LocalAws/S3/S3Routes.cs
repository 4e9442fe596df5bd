using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BudgetSync.LocalAws.Kernel;
using Microsoft.AspNetCore.WebUtilities;

namespace BudgetSync.LocalAws.S3;

/// <summary>
/// S3's REST protocol: bucket and key are the path, or the bucket stands before S3's own host name (UG "Virtual hosting of buckets"; such a name leads to no
/// loopback port, only to a handler in this process). Members are headers and the query string, errors are XML.
/// </summary>
internal sealed partial class S3Routes(LocalCloud cloud, S3Service service)
{
    private const string Place = "/{Bucket}/{Key}";

    /// <summary>Every operation that has a path.</summary>
    public static readonly IReadOnlyList<(string Method, string Path, string Operation)> Paths = [("PUT", Place, "PutObject"), ("GET", Place, "GetObject")];

    /// <summary>Of the signature and of the SDK: nothing of an operation.</summary>
    private static readonly HashSet<string> Signing = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-amz-date", "x-amz-security-token", "x-amz-user-agent", "x-amz-te", "x-amz-target",
    };

    private static readonly Dictionary<string, string> Members = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "ContentType",
        ["Content-MD5"] = "ContentMD5",
        ["Content-Encoding"] = "ContentEncoding",
        ["Cache-Control"] = "CacheControl",
        ["Content-Disposition"] = "ContentDisposition",
        ["Content-Language"] = "ContentLanguage",
        ["Expires"] = "Expires",
        ["Range"] = "Range",
        ["If-Match"] = "IfMatch",
        ["If-None-Match"] = "IfNoneMatch",
        ["If-Modified-Since"] = "IfModifiedSince",
        ["x-amz-sdk-checksum-algorithm"] = "ChecksumAlgorithm",
        ["x-amz-checksum-crc32"] = "ChecksumCRC32",
        ["x-amz-checksum-mode"] = "ChecksumMode",
        ["x-amz-content-sha256"] = S3Shapes.Hash,
        ["versionId"] = "VersionId",
    };

    private static readonly Dictionary<string, string> Answers = new()
    {
        ["ETag"] = "ETag",
        ["ServerSideEncryption"] = "x-amz-server-side-encryption",
        ["VersionId"] = "x-amz-version-id",
        ["ChecksumCRC32"] = "x-amz-checksum-crc32",
        ["LastModified"] = "Last-Modified",
    };

    public async Task<WireResponse?> HandleAsync(WireRequest request, CancellationToken cancellation)
    {
        if (Signature.Of(request)?.Service != service.SigningName || request.Header("X-Amz-Target") is not null) return null;
        var requestId = cloud.Gateway.NewRequestId();
        try
        {
            var (operation, input) = Read(request);
            var call = cloud.Gateway.Identify(request, service, operation, input, requestId);
            return Answer(await cloud.Gateway.InvokeAsync(service, call, cancellation), requestId);
        }
        catch (AwsException error)
        {
            return Refusal(error, request.PathOnly, requestId);
        }
        catch (BrokenConnectionException broken)
        {
            return WireResponse.NoAnswer(crashed: broken is CallerCrashedException);
        }
    }

    private static (string Operation, JsonObject Input) Read(WireRequest request)
    {
        var path = request.PathOnly.TrimStart('/');
        if (Hosted().Match(request.Header("Host") ?? "") is { Success: true } host) path = $"{host.Groups["bucket"].Value}/{path}";
        var parts = path.Split('/', 2);
        var (_, _, operation) = Paths.FirstOrDefault(known => known.Method == request.Method && parts is [{ Length: > 0 }, { Length: > 0 }]);
        if (operation is null)
        {
            throw new AwsException(
                "UnknownOperationException", $"LocalAws does not know {request.Method} {request.Path} of S3; BEHAVIOUR.md lists what it knows.", 404);
        }

        var input = new JsonObject { ["Bucket"] = Uri.UnescapeDataString(parts[0]), ["Key"] = Uri.UnescapeDataString(parts[1]) };
        // SDKs say the operation once more in the query string.
        foreach (var (name, value) in QueryHelpers.ParseQuery(request.Query).Where(parameter => parameter.Key != "x-id")) Add(name, value.ToString());
        foreach (var (name, value) in request.Headers.Where(header => IsMember(header.Key) && !(header.Key == "Content-Type" && request.Method == "GET")))
            Add(name, value);
        if (request.Body.Length > 0) Add("Body", Convert.ToBase64String(request.Body));
        return (operation, input);

        void Add(string name, string value)
        {
            if (!input.TryAdd(Members.GetValueOrDefault(name, name), value)) throw S3Errors.Invalid($"{name} is given twice.");
        }
    }

    private static bool IsMember(string header) =>
        Members.ContainsKey(header) || (header.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !Signing.Contains(header));

    private static WireResponse Answer(JsonObject output, string requestId)
    {
        var headers = HeadersOf(requestId);
        foreach (var (member, header) in Answers)
        {
            if (output.Text(member) is { } value) headers[header] = value;
        }

        return new WireResponse(200, output.Text("ContentType") ?? "", Convert.FromBase64String(output.Text("Body") ?? ""), headers);
    }

    private static WireResponse Refusal(AwsException error, string resource, string requestId)
    {
        var body = new XElement(
            "Error",
            new XElement("Code", CodeOf(error.Code)),
            new XElement("Message", QueryProtocol.Printable(error.Message)),
            new XElement("Resource", QueryProtocol.Printable(resource)),
            new XElement("RequestId", requestId));
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body.ToString(SaveOptions.DisableFormatting);
        return new WireResponse(error.Status, "application/xml", Encoding.UTF8.GetBytes(text), HeadersOf(requestId));
    }

    /// <summary>S3 has names of its own for what is wrong with credentials (API reference, "Error responses").</summary>
    private static string CodeOf(string code) => code switch
    {
        "UnrecognizedClientException" => "InvalidAccessKeyId",
        "ExpiredTokenException" => "ExpiredToken",
        "MissingAuthenticationTokenException" => "AccessDenied",
        _ => code,
    };

    [GeneratedRegex(@"^(?<bucket>.+)\.s3\.[a-z0-9-]+\.amazonaws\.com(\.cn)?(:[0-9]+)?\z")]
    private static partial Regex Hosted();

    private static Dictionary<string, string> HeadersOf(string requestId) =>
        new(StringComparer.OrdinalIgnoreCase) { ["x-amz-request-id"] = requestId };
}
