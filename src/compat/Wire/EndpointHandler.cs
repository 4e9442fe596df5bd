using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace BudgetSync.Compat.Wire;

/// <summary>Gives <see cref="EndpointRules"/> what the client's configuration says.</summary>
internal sealed class EndpointHandler : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        return new Parameters
        {
            [EndpointRules.Url] = config.ServiceURL,
            [EndpointRules.Region] = RegionOf(config),
            [EndpointRules.Fips] = config.UseFIPSEndpoint,
            [EndpointRules.DualStack] = config.UseDualstackEndpoint,
        };
    }

    // With only a URL set, the region to sign for is the explicit one, else the one the host name tells (us-east-1 where it tells none).
    private static string? RegionOf(IClientConfig config)
    {
        if (config.RegionEndpoint is { } region)
            return region.SystemName;
        if (string.IsNullOrEmpty(config.ServiceURL))
            return null;
        return string.IsNullOrEmpty(config.AuthenticationRegion)
            ? RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(config.ServiceURL)).SystemName
            : config.AuthenticationRegion;
    }

    private sealed class Parameters : EndpointParameters;
}
