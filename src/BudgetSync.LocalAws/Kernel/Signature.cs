using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>What a request's signature says of it: whose key, for which region and service. Signatures themselves are not verified.</summary>
/// <param name="Service">The signing name, for example <c>dynamodb</c>.</param>
internal sealed partial record Signature(string AccessKeyId, string Region, string Service)
{
    /// <summary>Null where the request is not signed.</summary>
    public static Signature? Of(WireRequest request)
    {
        var match = Scope().Match(request.Header("Authorization") ?? "");
        return match.Success ? new Signature(match.Groups["key"].Value, match.Groups["region"].Value, match.Groups["service"].Value) : null;
    }

    [GeneratedRegex("Credential=(?<key>[^/]+)/[0-9]{8}/(?<region>[^/]+)/(?<service>[^/]+)/aws4_request")]
    private static partial Regex Scope();
}
