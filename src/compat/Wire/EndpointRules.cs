using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace BudgetSync.Compat.Wire;

/// <summary>
/// Where a call goes: a configured URL as it stands, else the partition's global endpoint, else <c>https://PREFIX.REGION.SUFFIX</c>.
/// FIPS and dual-stack hosts follow no one pattern across services and partitions, so they are refused rather than guessed.
/// </summary>
internal sealed class EndpointRules(ServiceModel service) : IEndpointProvider
{
    public const string Region = "Region";
    public const string Url = "Endpoint";
    public const string Fips = "UseFIPS";
    public const string DualStack = "UseDualStack";

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters[Fips] is true || parameters[DualStack] is true)
        {
            throw new AmazonClientException(
                $"{service.ServiceId}: UseFIPSEndpoint and UseDualstackEndpoint are not supported by this stand-in; "
                + "unset them, or build with -p:OfficialAwsPackages=true.");
        }
        if (parameters[Url] is string { Length: > 0 } url)
            return new Endpoint(url);
        if (parameters[Region] is not string { Length: > 0 } region)
            throw new AmazonClientException($"{service.ServiceId}: no region; set AWS_REGION, the client's RegionEndpoint or its ServiceURL.");

        var partition = Fn.Partition(region);
        foreach (var global in service.GlobalEndpoints)
        {
            if (global.Partition == partition.name)
                return Signed(global.Url, global.SigningRegion);
        }
        if (service.IsGlobal)
            return Signed($"https://{service.EndpointPrefix}.{partition.dnsSuffix}", partition.implicitGlobalRegion);
        return new Endpoint($"https://{service.EndpointPrefix}.{region}.{partition.dnsSuffix}");
    }

    private Endpoint Signed(string url, string signingRegion)
    {
        var scheme = new PropertyBag
        {
            ["name"] = "sigv4",
            ["signingName"] = service.SigningName,
            ["signingRegion"] = signingRegion,
        };
        return new Endpoint(url) { Attributes = new PropertyBag { ["authSchemes"] = new List<object> { scheme } } };
    }
}
